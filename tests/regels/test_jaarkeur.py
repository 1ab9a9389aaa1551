"""The figures of a new year, held against the law: what is known gives no stop, and a mistake is found."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from regels.bron import pakketbestanden
from regels.jaarwissel.jaarkeur import STOP, Keurbevinding, keur

PAKKET = pakketbestanden()


def found(files: Mapping[str, bytes], jaar: int, soort: str = STOP) -> list[Keurbevinding]:
    return [one for one in keur(files, jaar) if one.soort == soort]


def planted(was: str, becomes: str, jaar: int = 2026) -> list[Keurbevinding]:
    """The stops after a value in the file of ``jaar`` was typed otherwise."""
    name = f"landelijk/{jaar}.yaml"
    text = PAKKET[name].decode()
    assert text.count(was) == 1
    return found({**PAKKET, name: text.replace(was, becomes).encode()}, jaar)


@pytest.mark.parametrize("jaar", range(2022, 2027))
def test_the_figures_of_the_years_that_are_known_give_no_stop(jaar: int) -> None:
    assert found(PAKKET, jaar) == []


@pytest.mark.parametrize(
    ("was", "becomes", "figures"),
    [
        # a digit swapped
        ("eenpersoons: 51537", "eenpersoons: 51357", {"daeb_grens"}),
        ("waarde: 498.20", "waarde: 489.20", {"kwaliteitskortingsgrens", "aftoppingsgrens", "maximale_huurgrens"}),
        # one of two factors
        ("{laag: 713.02, hoog: 764.14}", "{laag: 713.02, hoog: 768.14}", {"aftoppingsgrens"}),
        ("meerpersoons: 93531", "meerpersoons: 95331", {"iah_grens_hoog"}),
        ("waarde: 1.0805", "waarde: 1.0850", {"daeb_index_t2"}),
        ("partners: 76958", "partners: 76985", {"vermogensgrens"}),
        ("meerpersoons: 39925", "meerpersoons: 39952", {"passend_inkomensgrens"}),
    ],
)
def test_a_planted_mistake_is_found(was: str, becomes: str, figures: set[str]) -> None:
    assert {one.cijfer for one in planted(was, becomes)} == figures


def test_a_stop_says_what_the_law_gives_and_from_which_source() -> None:
    [stop] = planted("eenpersoons: 51537", "eenpersoons: 51357")
    assert (stop.bestand, stop.groep, stop.cijfer, stop.cel) == (
        "landelijk/2026.yaml", "toewijzing", "daeb_grens", "eenpersoons",
    )  # fmt: skip
    [expected] = stop.verwacht
    assert expected.waarde == Decimal(51537)
    assert expected.bron == ("btiv-16",)
    assert "€ 51.357" in stop.zegt.replace("\N{NO-BREAK SPACE}", " ")
