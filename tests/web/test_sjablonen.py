"""What no template may hold: an amount, a style, a script."""

import re

import pytest

from web.paginas import STATIC

TEMPLATES = sorted((STATIC.parent / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_no_number(path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\d", re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_computes_with_an_amount(path) -> None:
    expressions = re.findall(r"\{[%{](.*?)[%}]\}", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for expression in expressions:
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", expression)
        assert not re.search(r"\d|<|>", bare), expression


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_inline_style_or_script(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|<script|\sstyle=|\son[a-z]+=|javascript:", text, re.IGNORECASE)


def test_the_stylesheet_loads_nothing_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import|//", (STATIC / "huurtoets.css").read_text(encoding="utf-8"))
