"""A made-up law of three articles, for the small rule set of :mod:`tests.hulp.regelsets`."""

from typing import Final

from tests.hulp.regelsets import BRONNEN, REGELS, VELDEN

WETTEN = "proefwet: {titel: Proefwet, bwb: BWBR0000001, artikelen: ['1', '2', '3']}\n"
WET = """\
'1':
- gelezen: [2025-07-01]
  vanaf: 2026-01-01
  tot: 2026-06-30
  leden: 3
  letters: {'2': 2}
  rijen:
    '1': {tekst: Wie past., wordt: regel, wijst_naar: [proef/past]}
    '2': {tekst: De grens is, wordt: cijfer, wijst_naar: [grens]}
    '2a': {tekst: van het inkomen., wordt: veld, wijst_naar: [inkomen]}
    '2b': {tekst: Zonder open deur., wordt: uitgangspunt, wijst_naar: [open], raakt: [proef]}
    '3': {tekst: De minister meldt het., wordt: geen_effect, reden: Een taak van de minister.}
- gelezen: [2026-07-01, 2026-09-01]
  vanaf: 2026-07-01
  leden: 1
  rijen:
    '1': {tekst: Wie past., wordt: verwijzing, wijst_naar: [proef]}
'2':
- gelezen: [2026-01-01]
  vanaf: 2026-01-01
  leden: 2
  letters: {'1': 1}
  rijen:
    '1': {tekst: In deze wet is, wordt: geen_effect, reden: Alleen woorden.}
    '1:deur': {tekst: Een deur., wordt: niet_getoetst, reden: Niet gevraagd., raakt: [proef], kans: soms, als: open, zin: Deur?}
    '1-a': {tekst: Later erbij gezet., wordt: geen_effect, reden: vervallen}
'3':
- gelezen: []
  onleesbaar: In geen kopie te vinden.
  vanaf: 2026-01-01
  leden: 0
  rijen:
    '0': {tekst: Wie te veel heeft., wordt: regel, wijst_naar: [proef/te-hoog]}
"""  # noqa: E501 - a row is a line
BRON = BRONNEN.replace("https://voorbeeld.nl", "https://wetten.overheid.nl/BWBR0000001/2026-01-01#Artikel1").replace(
    "vindplaats: artikel 1", "vindplaats: artikel 1, artikelen: [proefwet/1/2b, proefwet/2]"
)
VELD = VELDEN.replace(
    "label: Open, waarom: Het telt.",
    "label: Open, waarom: Het telt., uitgangspunten: [{id: dicht, waarde: nee, tekst: D.}]",
)
# a field counts as used by a decision when a rule of it looks at it
REGEL = REGELS.replace("inkomen > grens", "inkomen > grens en (open of niet open)")
GEHEEL: Final = {"wetten": WETTEN, "wet": WET, "bronnen": BRON, "velden": VELD, "regels": REGEL}
