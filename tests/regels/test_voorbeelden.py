"""The households of ``tests/voorbeelden``, worked out by hand from the sources, through the core."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hulp import MAP, Voorbeeld, voorbeelden
from tests.hulp.geladen import PAKKET, read, toets

WANTED = 12


def exact(value: object) -> object:
    """``value`` as it is compared: money to the last digit, never as a float."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value)).normalize()
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_the_worked_example_comes_out_to_the_cent(case: Voorbeeld) -> None:
    answer = toets(read(case.vraag))
    for besluit, expected in case.verwacht.items():
        found = answer.conclusie(besluit)
        assert found.uitkomst == expected["uitkomst"], (besluit, found.tekst)
        wanted = {name: exact(value) for name, value in expected.get("waarden", {}).items()}
        assert {name: exact(found.waarden.get(name)) for name in wanted} == wanted, besluit
        if "ontbreekt" in expected:
            assert [item.veld for item in found.ontbreekt] == expected["ontbreekt"], besluit


def test_there_are_at_least_the_twelve_households_that_were_asked() -> None:
    assert len(voorbeelden()) >= WANTED


# decisions with worked cases of their own elsewhere: each name must occur in that test
OWN_TESTS = (
    "test_regelingen.py", "test_participatiewet.py", "test_minima.py", "test_jaarschijf.py", "test_tijdlijn.py",
    "test_grenzen.py", "test_gepubliceerd.py",
)  # fmt: skip


def test_every_decision_occurs_in_an_example_or_in_its_own_test() -> None:
    here = Path(__file__).parent
    text = "".join((here / name).read_text(encoding="utf-8") for name in OWN_TESTS if (here / name).exists())
    shown = {name for case in voorbeelden() for name in case.verwacht}
    assert {"daeb-doelgroep", "primaire-doelgroep", "passende-huur", "huurtoeslag", "huurverhoging-wettelijk"} <= shown
    assert {name for name in set(PAKKET.besluiten) - shown if f'"{name}"' not in text} == set()


@pytest.mark.parametrize("path", sorted(MAP.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_shows_its_calculation_and_source(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "\nbron: " in text
