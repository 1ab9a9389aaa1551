"""A made-up (verzonnen) year, in the files that ``regels nieuw jaar`` makes. Only for tests: it was never announced."""

import re
from collections.abc import Mapping

from regels.nieuw import nieuw_jaar

BRON = "\nverzonnen: {titel: Verzonnen, url: 'https://voorbeeld.nl', datum: 2027-01-01, vindplaats: regel 1}\n"
WAS = re.compile(r"^(?P<head> *[\w-]+:).*?  # in \d{4}: (?P<was>.*)$", re.MULTILINE)
# what a 2027 could be that holds to the formulas of the law, reckoned by hand: rents up 3% and 3,5%, index 1,0319
CIJFERS_2027: Mapping[str, str] = {
    "toewijzing/daeb_grens": "{eenpersoons: 53182, meerpersoons: 58726}",
    "toewijzing/daeb_huurgrens": "960.92",
    "toewijzing/daeb_index_t1": "1.0319",
    "toewijzing/daeb_index_t2": "1.0707",
    "toewijzing/passend_inkomensgrens": "{eenpersoons: 30300, meerpersoons: 41125}",
    "toewijzing/passend_inkomensgrens_aow": "{eenpersoons: 29625, meerpersoons: 39775}",
    "huurgrenzen/kwaliteitskortingsgrens": "515.64",
    "huurgrenzen/aftoppingsgrens": "{laag: 737.98, hoog: 790.89}",
    "huurtoeslag/maximale_huurgrens": "{gewoon: 960.92, jongeren: 515.64}",
    "huurtoeslag/normhuur_minimum": "261.33",
    "huurtoeslag/aanpassing_basishuur": "-47.57",
    "huurtoeslag/inkomensijkpunt": "{eenpersoons: 24150, meerpersoons: 32425}",
    "huurtoeslag/vermogensgrens": "{alleen: 39518, partners: 79036, bewoner: 39518}",
    "huurtoeslag/vrijstelling_kind": "6386",
    "huurtoeslag/aanvragen_voor": "2029-01-01",
    "huurtoeslag/zorg_inkomensgrens": "62342",
    "huurtoeslag/zorg_voordeelgrens": "5682",
    "huurverhoging/maximum_percentage": "3.8",
    "huurverhoging/maximum_percentage_kamer": "3.8",
    "iah_grenzen/iah_grens_midden": "{eenpersoons: 61742, meerpersoons: 71448}",
    "iah_grenzen/iah_grens_hoog": "{eenpersoons: 72787, meerpersoons: 97048}",
    "iah_grenzen_2028/iah_vrijstelling_jongere": "29736",
    "zorgtoeslag/standaardpremie": "2190",
    "zorgtoeslag/normpremie_drempel": "{alleen: 1.925, partners: 4.302}",
    "zorgtoeslag/normpremie_afbouw": "13.76",
    "zorgtoeslag/drempelinkomen": "30926",
    "zorgtoeslag/vermogensgrens_zorgtoeslag": "{alleen: 149953, partners: 189618}",
    "kindgebonden_budget/kgb_kind": "{eerste: 2650, tweede: 2650, volgende: 2650}",
    "kindgebonden_budget/kgb_verhoging": "{twaalf: 744, zestien: 990}",
    "kindgebonden_budget/kgb_alleenstaande": "3450",
    "kindgebonden_budget/kgb_partner_drempel": "9659",
    "bijstand_2027_01/bijstandsnorm": (
        "{alleen: 1445.78, paar: 2065.40, alleen_met_aow: 1615.10, paar_met_aow: 2214.00}"
    ),
    "bijstand_2027_07/bijstandsnorm": (
        "{alleen: 1463.00, paar: 2090.00, alleen_met_aow: 1634.00, paar_met_aow: 2240.00}"
    ),
    "middenhuur/middenhuur_grens": "1264.91",
    "vrije_sector/maximum_percentage_vrij": "4.2",
    "vrije_sector/maximum_percentage_midden": "5.4",
    "kinderbijslag_2027_01/kinderbijslag_bedrag": "{jongste: 302.40, middelste: 367.20, oudste: 432.00}",
    "kinderbijslag_2027_07/kinderbijslag_bedrag": "{jongste: 306.60, middelste: 372.30, oudste: 438.00}",
    "kinderopvangtoeslag/kinderopvang_hoogste_inkomen": "58000",
    "kinderopvangtoeslag/kinderopvang_uurprijs": "{dagopvang: 11.55, school: 10.26, gastouder: 8.73}",
    "bijstand_vermogen/bijstand_vermogensgrens": "{alleen: 8200, gezin: 16400}",
    "bijstand_vermogen/bijzondere_bijstand_drempel": "181",
    "studietoeslag_2027_01/studietoeslag_bedrag": (
        "{jonger: 117.60, achttien: 196.00, negentien: 235.20, twintig: 313.60, eenentwintig: 392.00}"
    ),
}


def verzonnen_jaar(bestanden: Mapping[str, str], jaar: int, cijfers: Mapping[str, str] | None = None) -> dict[str, str]:
    """Each file of the figures of ``jaar``: whole, no draft, with a source that is made up.

    A figure has what ``cijfers`` says of ``groep/cijfer``, and else the value of before.
    """
    return {name: ingevuld(text, cijfers or {}) for name, text in nieuw_jaar(bestanden, jaar).items()}


def ingevuld(text: str, cijfers: Mapping[str, str]) -> str:
    """A file of a new year, filled in."""
    filled = re.sub(r"\bbron:$", "bron: verzonnen", text, flags=re.MULTILINE)
    filled = re.sub(r"\bzekerheid:$", "zekerheid: onbevestigd", filled, flags=re.MULTILINE)
    # of the second half of 2026 no amount is known, and the loader asks why a figure has such a gap
    filled = filled.replace("  studietoeslag_bedrag:\n", "  studietoeslag_bedrag:\n    opmerking: Verzonnen.\n")
    return "".join(_group(part, cijfers) for part in re.split(r"(?m)^(?=[a-z])", filled))


def _group(text: str, cijfers: Mapping[str, str]) -> str:
    group = text.split(":", 1)[0]
    parts = re.split(r"(?m)^(?=  \w+:$)", text)
    values = (cijfers.get(f"{group}/{part.split(':', 1)[0].strip()}", r"\g<was>") for part in parts)
    filled = (WAS.sub(rf"\g<head> {value}", part) for part, value in zip(parts, values, strict=True))
    return "".join(filled).replace("  status: concept\n", "")
