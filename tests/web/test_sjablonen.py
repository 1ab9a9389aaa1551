"""What no template may hold: an amount, a sentence, a style, a script."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.nodes import Const

from web.uitkomst.paginas import STATIC

TEMPLATES = sorted(STATIC.parent.rglob("*.html"))
# attributes that are read out or shown
SAID = {"alt", "aria-label", "aria-description", "aria-valuetext", "content", "placeholder", "summary", "title"}
EXCEPTIONS = {"width=device-width, initial-scale=1", "noindex"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SAID]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def without_jinja(path: Path) -> str:
    """The template with nothing where Jinja puts something."""
    tokens = Environment().lex(path.read_text(encoding="utf-8"))
    return "".join(value for _, kind, value in tokens if kind == "data")


def words(path: Path) -> Iterator[str]:
    """Every text that the template itself would show or have read out."""
    reader = _Words()
    reader.feed(without_jinja(path))
    reader.close()
    for text in reader.found:
        # a macro that gives the attributes of an element has no element around it
        bare = re.sub(r'[a-z-]+="[^"]*"', "", text).strip()
        if bare not in EXCEPTIONS:
            yield bare


def texts_in_expressions(path: Path) -> Iterator[str]:
    """Every text between quotes inside Jinja."""
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    yield from (node.value for node in tree.find_all(Const) if isinstance(node.value, str))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_no_word_and_no_number_itself(path: Path) -> None:
    assert [text for text in words(path) if re.search(r"\w", text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_a_sentence_between_quotes(path: Path) -> None:
    sentence = re.compile(r"[^\W\d_]{2,}[,:;]? [^\W\d_]{2,}|^[A-ZÀ-Þ][^\W\d_]")
    assert [text for text in texts_in_expressions(path) if sentence.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_computes_with_an_amount(path: Path) -> None:
    expressions = re.findall(r"\{[%{](.*?)[%}]\}", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for expression in expressions:
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", expression)
        assert not re.search(r"\d|<|>", bare), expression


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    text = without_jinja(path)
    assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=|javascript:|\shx-on", text, re.IGNORECASE)


def test_the_stylesheet_loads_nothing_from_elsewhere() -> None:
    built = (STATIC / "bouw" / "huurtoets.css").read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import", built) == []


def test_the_library_is_pruned_to_what_the_pages_name() -> None:
    built = (STATIC / "bouw" / "huurtoets.css").read_text(encoding="utf-8")
    named = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    classes = set(re.findall(r"\.(utrecht-[a-z0-9_-]+)", re.sub(r":not\([^)]*\)", "", built)))
    assert "utrecht-button" in classes
    assert [name for name in sorted(classes) if name not in named] == []
