"""The catalogue: every text is used, every text that is used exists, and none says an amount."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from jinja2 import Environment
from jinja2.nodes import Call, Const, Name

from regels.bestanden import Faults, Item, Place
from regels.teksten import TekstFout, check_text, plaatsen
from service.invoer import meldingen
from tests.hulp.beleidsets import van_het_product
from web.raamwerk import teksten
from web.raamwerk.teksten import TEKSTEN, groep, tekst

ALLE = {**TEKSTEN.alle, **meldingen.MELDINGEN.alle}
WEB = Path(teksten.__file__).parents[2]
# what reads what people type has texts of its own
INVOER = sorted(Path(meldingen.__file__).parent.glob("*.py"))
# the texts themselves, and the script that builds the style, say nothing on a page
PYTHON = sorted(path for path in WEB.rglob("*.py") if path.parent.name not in ("teksten", "stijl"))
TEMPLATES = sorted(WEB.rglob("*.html"))

# texts that show how to write something: no amount of any rule
EXAMPLES = {
    "meldingen.bedrag.vorm": "1234,56 1.234,56",
    "meldingen.bedrag.onder_nul": "0",
    "meldingen.datum.vorm": "31-12-1958",
    "meldingen.datum.jaar_kort": "31-12-1958",
    "meldingen.datum.geen_maand": "1 12",
}
# names of standards and levels
NAMES = ("B1", "PDF/UA-1")


class Use(NamedTuple):
    """A place where a text is asked for: ``values`` are the names given; None for a group."""

    where: str
    key: str
    values: frozenset[str] | None


def in_python(path: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tekst", "groep"):
            where = f"{path.name}:{node.lineno}"
            key = node.args[0]
            assert isinstance(key, ast.Constant), f"{where}: schrijf de sleutel voluit, dan is hij te controleren"
            given = frozenset(keyword.arg or "**" for keyword in node.keywords)
            yield Use(where, str(key.value), given if node.func.id == "tekst" else None)


def in_template(path: Path) -> Iterator[Use]:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    for node in tree.find_all(Call):
        if isinstance(node.node, Name) and node.node.name in ("t", "groep"):
            where = f"{path.name}:{node.lineno}"
            key = node.args[0]
            assert isinstance(key, Const), f"{where}: schrijf de sleutel voluit, dan is hij te controleren"
            given = frozenset(keyword.key for keyword in node.kwargs)
            yield Use(where, key.value, given if node.node.name == "t" else None)


USES = [
    *(use for path in (*PYTHON, *INVOER, INVOER[0].parents[1] / "portefeuille/waarden.py") for use in in_python(path)),
    *(use for path in TEMPLATES for use in in_template(path)),
]


def test_every_text_that_is_used_exists_with_its_places() -> None:
    wrong = []
    for use in USES:
        if use.values is None:
            found = any(key.startswith(f"{use.key}.") for key in ALLE)
        else:
            found = use.key in ALLE and plaatsen(ALLE[use.key]) == use.values
        if not found:
            wrong.append(use)
    assert wrong == []


def test_every_text_is_used() -> None:
    single = {use.key for use in USES if use.values is not None}
    groups = tuple(f"{use.key}." for use in USES if use.values is None)
    assert [key for key in ALLE if key not in single and not key.startswith(groups)] == []


def test_every_field_of_the_question_says_why_it_is_asked() -> None:
    declared = yaml.safe_load(dict(van_het_product())["velden.yaml"])
    assert sorted(groep("velden.waarom")) == sorted(
        name for group, fields in declared.items() if group != "ontvangt" for name in fields
    )


def test_a_text_says_no_number() -> None:
    wrong = []
    for key, text in ALLE.items():
        for name in NAMES:
            text = text.replace(name, "")
        if re.findall(r"[\d.,-]*\d", text) != EXAMPLES.get(key, "").split():
            wrong.append((key, text))
    assert wrong == []


def test_every_example_is_still_there() -> None:
    assert EXAMPLES.keys() <= ALLE.keys()


def _sentences(path: Path) -> Iterator[str]:
    """Every text in the code that reads as Dutch: two words after each other.

    Documentation and the texts of exceptions are for those who run the product, not for its users.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {
        id(inside)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for inside in ast.walk(node)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in apart else None
        if isinstance(text, str) and re.search(r"[A-Za-zÀ-ÿ]{2,}[,:;]? [a-zà-ÿ]{2,}", text):
            yield f"{path.name}:{node.lineno}: {text}"


# units of the rule files, which are written with a space, and what a header of HTTP says to a program
IN_CODE = {"euro per maand", "euro per jaar", 'Cookie realm="Huurtoets", form-action="/aanmelden"'}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.stem)
def test_the_code_says_no_sentence_itself(path: Path) -> None:
    assert [found for found in _sentences(path) if found.split(": ", 1)[1] not in IN_CODE] == []


SCRIPTS = [*sorted((WEB / "static").glob("*.js")), *sorted(WEB.rglob("*.typ"))]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_no_sentence_itself(path: Path) -> None:
    code = re.sub(r"(?m)(?<!:)//.*$", "", path.read_text(encoding="utf-8"))
    # what looks for elements is no text
    code = re.sub(r'(?:closest|matches|querySelector(?:All)?)\??\.?\((?:"[^"\n]*"|`[^`\n]*`)', "", code)
    quoted = re.findall(r'"([^"\n]*)"|`([^`\n]*)`', code)
    assert [text for pair in quoted for text in pair if re.search(r"[A-Za-zÀ-ÿ]{2,}[,:;.]? [a-zà-ÿ]{2,}", text)] == []


def test_the_style_has_only_words_of_the_catalogue() -> None:
    shown = [
        word
        for path in sorted((WEB / "stijl").glob("*.css"))
        for declared in re.findall(r"content:([^;}]*)", path.read_text(encoding="utf-8"))
        for word in re.findall(r'"\s*([^"]*[A-Za-z][^"]*?)\s*"', declared)
    ]
    assert set(shown) <= {tekst("papieren.pagina"), tekst("papieren.van")}


def test_a_text_is_given_with_its_values() -> None:
    assert tekst("algemeen.formulier.persoon", nummer=2) == "Persoon 2"
    assert groep("algemeen.uitkomsten")["nee"] == "Nee"


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("algemeen.formulier.persoon", {}),
        ("algemeen.formulier.persoon", {"nummer": 1, "naam": "x"}),
        ("algemeen.veld.ja", {"nummer": 1}),
        ("algemeen.veld", {}),
        ("algemeen.bestaat_niet", {}),
    ],
)
def test_a_wrong_key_or_other_values_are_an_error(key: str, values: dict[str, object]) -> None:
    with pytest.raises(TekstFout, match=key):
        tekst(key, **values)


def test_a_value_never_reaches_the_text_of_an_error() -> None:
    with pytest.raises(TekstFout) as caught:
        tekst("algemeen.veld.ja", inkomen="geheim")
    assert "geheim" not in str(caught.value)


def test_a_group_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(TekstFout, match="uitkomst"):
        groep("algemeen.uitkomst")


@pytest.mark.parametrize(
    "text", ["{Naam}", "{naam", "naam}", "{}", "{naam!r}", "{naam:>9}", "{naam.veld}", "{naam[0]}"]
)
def test_a_place_is_a_name_between_braces_and_nothing_else(text: str) -> None:
    faults = Faults()
    check_text(Item(Place("proef.yaml", 1), text), faults)
    assert len(faults.found) == 1
