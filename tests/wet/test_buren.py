"""The kinds of household that once got a firm wrong answer, each with random neighbours, against the law."""

import json
import random
from copy import deepcopy
from typing import Any, Final

import pytest

from tests.hulp.geladen import read, toets
from tests.wet.test_tegen_de_wet import ASKED, differences

BUREN: Final = 60
TENANT: Final = {"rol": "huurder", "geboortedatum": "1975-04-12", "inkomen": 24000}


def _vraag(*others: dict[str, Any], tenant: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    dwelling = {"kaleHuur": 690.0, "zelfstandig": True, "servicekosten": 0} | more.pop("woning", {})
    base = {"peildatum": "2026-04-15", "soort": "woningzoekende", "verhuurder": "woonconcept", "vermogen": 1000}
    return base | more | {"personen": [TENANT | (tenant or {}), *others], "woning": dwelling}


def _zittend(**more: Any) -> dict[str, Any]:
    dwelling = {"wwsMaximum": 1400.0} | more.pop("woning", {})
    return _vraag(soort="huurder", woning=dwelling, **{"inkomenscategorie": "hoog"} | more)


KINDEREN: Final = {"rol": "kind", "geboortedatum": "2009-09-09"}
SOORTEN: Final[dict[str, dict[str, Any]]] = {
    "income of a child under age": _vraag(KINDEREN | {"inkomen": 14000}),
    "a grown child, maintenance unknown": _vraag(KINDEREN | {"geboortedatum": "2002-02-02", "inkomen": 27000}),
    "income of a grown child that is maintained": _vraag(
        KINDEREN | {"geboortedatum": "2002-02-02", "inkomen": 27000, "onderhouden": True}
    ),
    "the income of last year, chosen": _vraag(tenant={"inkomenT1": 49000}, toetsinkomen="t-1"),
    "the income of last year only": _vraag(tenant={"inkomen": None, "inkomenT1": 28000}),
    "the income of two years ago only": _vraag(tenant={"inkomen": None, "inkomenT2": 38000}),
    "three years on different sides": _vraag(tenant={"inkomen": 53000, "inkomenT1": 41000, "inkomenT2": 47500}),
    "a loss beside an income": _vraag({"rol": "partner", "geboortedatum": "1976-01-01", "inkomen": -6000}),
    "a student above the limit": _vraag(tenant={"geboortedatum": "2002-05-05", "inkomen": 53000}, student=True),
    "an asylum permit": _vraag(tenant={"inkomen": 60000}, asielvergunning=True),
    "an indication for care": _vraag(tenant={"inkomen": 60000}, zorgindicatie=True),
    "a room": _vraag(woning={"zelfstandig": False, "aangewezenComplex": False, "kaleHuur": 730.0}),
    "a private landlord": _vraag(verhuurder="particulier", woning={"kaleHuur": 810.0}),
    "a sitting tenant": _zittend(inkomenscategorie="laag", woning={"kaleHuur": 750.0, "wwsMaximum": 900.0}),
    "pension age and assets": _vraag(
        tenant={"geboortedatum": "1949-03-03"}, vermogen=146011, woning={"kaleHuur": 800.0}
    ),
    "assets of a child under age": _vraag(
        {"rol": "partner", "geboortedatum": "1977-07-07", "inkomen": 0}, KINDEREN | {"vermogen": 46000}, vermogen=31000
    ),
    "assets of a co-resident for a part of the year": _vraag(
        {"rol": "medebewoner", "geboortedatum": "1979-07-07", "inkomen": 0, "vermogen": 39000, "heelHetJaar": False}
    ),
    "not everybody registered": _vraag(
        {"rol": "partner", "geboortedatum": "1977-07-07", "inkomen": 9000}, ingeschreven=False
    ),
    "a start rent above the limit": _zittend(
        woning={"kaleHuur": 1000.0, "contractVanaf": "2016-03-01", "huurBijAanvang": 800.0}
    ),
    "a room is never free": _zittend(
        woning={"zelfstandig": False, "kaleHuur": 950.0, "contractVanaf": "2023-02-01", "huurBijAanvang": 890.0}
    ),
    "a contract from before July 1994": _zittend(
        woning={"kaleHuur": 800.0, "contractVanaf": "1992-05-01", "huurBijAanvang": 420.0}
    ),
    "an increase after an improvement": _zittend(
        woning={"laatsteVerhoging": "2026-02-01", "redenLaatsteVerhoging": "woningverbetering"}
    ),
    "the one-off lowering of 2024": _zittend(
        peildatum="2024-05-10", woning={"kaleHuur": 640.0, "contractVanaf": "2018-01-01"}, inkomenHalfjaar=12420
    ),
    "the one-off lowering of 2023": _zittend(
        peildatum="2023-04-10", woning={"kaleHuur": 640.0, "contractVanaf": "2018-01-01"},
        tenant={"inkomen": 31000, "inkomenT1": 30000, "inkomenT2": 23250},
    ),
}  # fmt: skip


def _buur(question: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The same household but for an amount, a day or who else lives there."""
    found = deepcopy(question)
    person = rng.choice(found["personen"])
    known = [name for name in ("inkomen", "inkomenT1", "inkomenT2") if person.get(name) is not None]
    turn = rng.randrange(5)
    if turn == 0 and known:
        person[rng.choice(known)] += rng.choice((-9000, -500, -1, 1, 500, 9000))
    elif turn == 1:
        found["woning"]["kaleHuur"] = round(
            found["woning"]["kaleHuur"] + rng.choice((-120, -9.5, -0.01, 0.01, 9.5, 60)), 2
        )
    elif turn == 2:
        found["vermogen"] = max(0, found["vermogen"] + rng.choice((-15_000, -1, 1, 15_000, 40_000)))
    elif turn == 3:
        found["personen"].append(
            {"rol": "medebewoner", "geboortedatum": "1990-10-10", "inkomen": rng.choice((0, 9000))}
        )
    else:
        found["peildatum"] = f"{found['peildatum'][:5]}{rng.choice(('01-01', '03-31', '06-30', '07-01', '10-15'))}"
        if found["peildatum"] > f"{found['peildatum'][:4]}-07-01" and "wwsMaximum" in found["woning"]:
            found["woning"]["huurVoorRonde"] = found["woning"]["kaleHuur"]
    return found


@pytest.mark.parametrize("soort", SOORTEN)
def test_the_neighbours_of_a_kind_get_what_the_law_permits(soort: str) -> None:
    rng = random.Random(soort)
    question = SOORTEN[soort]
    for _ in range(BUREN):
        answer = toets(read(question), besluiten=ASKED)
        found = differences(question, answer)
        assert not found, f"{found}\n{json.dumps(question)}"
        # a walk of a few steps, and back to the household itself
        question = _buur(question, rng) if rng.random() < 0.75 else SOORTEN[soort]
