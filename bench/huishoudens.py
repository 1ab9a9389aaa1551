"""The households that are measured: different sizes, landlords and ways through the rules."""

from typing import Any

Household = dict[str, Any]

# Everything is filled in, so that no assumption and no unknown is met: these can be compared with plain Python.
_FIXED: Household = {
    "peildatum": "2026-03-01",
    "huurronde": 2026,
    "toetsinkomen": "verwacht",
    "ingeschreven": True,
    "rechtmatigVerblijf": True,
    "zelfdeHuishoudenInJuli": True,
    "zorggroep": False,
    "inkomenUitWerk": False,
    "aanvullendeUitkering": False,
    "alleenAow": False,
    "eerdereIah": "geen",
    "nettoMaandinkomen": 1900,
    "inclusiefVakantiegeld": False,
    "drieJaarLaagInkomen": False,
    "inkomenstoeslagGehad": False,
    "student": False,
    "asielvergunning": False,
    "zorgindicatie": False,
    "inInstelling": False,
    "volledigeAow": True,
    "huurachterstand": False,
    "meerdereProblemen": False,
    "spoed": False,
    "kernbinding": False,
    "zoekprofiel": False,
}
_DWELLING: Household = {
    "servicekosten": 20,
    "zelfstandig": True,
    "labelDatum": "2019-05-01",
    "labelMethode": "energie-index",
    "labelKloptNiet": False,
    "gereguleerd": True,
    "huurverhogingsbeding": False,
    "gebrekenVastgesteld": False,
    "laatsteVerhoging": "2025-07-01",
    "contractVanaf": "2012-04-01",
    "aangezegdOp": "2026-04-20",
    "aangepast": False,
    "aangewezenComplex": False,
    "energiekosten": 140,
    "huurBijAanvang": 300,
    "woonwagen": False,
    "verworvenRecht": False,
    "kern": "vollenhove",
    "renovatieNaMutatie": False,
}


_PERSON: Household = {
    "ingeschreven": True,
    "opgenomen": False,
    "handicap": False,
    "studeertVoltijds": False,
}
_RESIDENT: Household = {"heelHetJaar": True, "inwonendOmZorg": False}
_CHILD: Household = {"onderhouden": True, "soortKind": "eigen", "kinderbijslagOfPleegvergoeding": True}


def _person(rol: str, born: str, income: int, **more: object) -> Household:
    incomes = {"inkomen": income, "inkomenT1": income, "inkomenT2": income}
    who = _PERSON | (_RESIDENT if rol != "huurder" else {}) | (_CHILD if rol == "kind" else {})
    return {"rol": rol, "geboortedatum": born} | incomes | who | more


def _complete(
    landlord: str, category: str, persons: list[Household], assets: int, rent: float, limit: float, label: str
) -> Household:
    dwelling = {"kaleHuur": rent, "huurVoorRonde": rent, "wwsMaximum": limit, "energielabel": label}
    dwelling |= {"voorgesteldeHuur": round(rent * 1.03, 2)}
    question = {"soort": "huurder", "verhuurder": landlord, "inkomenscategorie": category, "vermogen": assets}
    return _FIXED | question | {"personen": persons, "woning": _DWELLING | dwelling}


COMPLETE: dict[str, Household] = {
    "older couple, label E": _complete(
        "wetland-wonen",
        "laag",
        [_person("huurder", "1958-02-03", 24500), _person("partner", "1961-09-30", 0)],
        8000,
        655.12,
        812.40,
        "E",
    ),
    "family of four, label F": _complete(
        "woonconcept",
        "midden",
        [
            _person("huurder", "1984-06-12", 41000),
            _person("partner", "1986-01-30", 32500),
            _person("kind", "2012-08-08", 0, vermogen=0),
            _person("kind", "2007-02-14", 7200, vermogen=500),
        ],
        21000,
        764.15,
        790.00,
        "F",
    ),
    "single, low rent": _complete(
        "andere-corporatie", "laag", [_person("huurder", "1995-11-23", 19800)], 1200, 349.99, 600.00, "B"
    ),
    "household of six, high income": _complete(
        "wetland-wonen",
        "hoog",
        [
            _person("huurder", "1975-03-03", 72000),
            _person("partner", "1976-12-01", 28000),
            *(_person("kind", f"{year}-05-05", 0, vermogen=0) for year in (2010, 2013, 2016)),
            _person("medebewoner", "1949-10-10", 17000, vermogen=3000),
        ],
        40000,
        812.00,
        912.00,
        "C",
    ),
}

# As questions come in: with gaps and with assumptions.
PARTIAL: dict[str, Household] = {
    "couple, income unknown": {
        "peildatum": "2026-03-01",
        "soort": "huurder",
        "verhuurder": "woonconcept",
        "personen": [{"rol": "huurder", "leeftijd": 44}, {"rol": "partner", "leeftijd": 41, "inkomen": 12000}],
        "woning": {"kaleHuur": 702.50, "zelfstandig": True, "energielabel": "G"},
    },
    "home seeker of twenty": {
        "peildatum": "2026-09-15",
        "soort": "woningzoekende",
        "verhuurder": "wetland-wonen",
        "personen": [{"rol": "huurder", "geboortedatum": "2006-04-02", "inkomen": 18250}],
        "vermogen": 900,
        "woning": {"kaleHuur": 498.21, "zelfstandig": True},
    },
    "nothing but a date": {"peildatum": "2026-07-01"},
}

ALL: dict[str, Household] = COMPLETE | PARTIAL
