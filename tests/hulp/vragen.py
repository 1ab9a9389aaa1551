"""One ordinary household to change in one place, and the conclusion that follows."""

from copy import deepcopy
from typing import Any

from regels.uitslag import Conclusie, Uitslag
from tests.hulp.geladen import read, toets

GEWOON: dict[str, Any] = {
    "peildatum": "2026-03-01",
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen": [{"rol": "huurder", "leeftijd": 40, "inkomen": 20000}],
    "vermogen": 1000,
    "inkomenscategorie": "laag",
    "woning": {"kaleHuur": 600, "zelfstandig": True, "wwsMaximum": 900, "energielabel": "C"},
}


def vraag(woning: dict[str, Any] | None = None, **anders: Any) -> dict[str, Any]:
    """The ordinary household with other facts; a fact that is None is left out."""
    question = deepcopy(GEWOON) | anders
    question["woning"] = {**question["woning"], **(woning or {})}
    return question


def personen(*who: tuple[str, int, int]) -> list[dict[str, Any]]:
    """Residents as (role, age on 1 January, income)."""
    return [{"rol": rol, "leeftijd": leeftijd, "inkomen": inkomen} for rol, leeftijd, inkomen in who]


def antwoord(woning: dict[str, Any] | None = None, **anders: Any) -> Uitslag:
    """The whole answer to :func:`vraag`."""
    return toets(read(vraag(woning, **anders)))


def conclusie(id: str, woning: dict[str, Any] | None = None, **anders: Any) -> Conclusie:
    """One conclusion of the answer to :func:`vraag`."""
    return antwoord(woning, **anders).conclusie(id)
