"""A small rule set with schemes that bring money, to add up: every way in which one can come out."""

from pathlib import Path

from regels import Regelset
from tests.hulp.regelsets import VELDEN, laad

# what a question of any rule set has, beside the fields of the small one
SOM_VELDEN = VELDEN.replace(
    "  inkomen:",
    "  huurronde: {soort: jaartal, label: Ronde, waarom: Het telt., min: 2000, max: 2100}\n  inkomen:",
) + (
    "  servicekosten_totaal: {soort: bedrag, json: servicekosten, eenheid: euro per maand, label: Kosten, "
    "waarom: Het telt., min: 0, max: 1000}\n"
    "ontvangt: {label: '{regeling} {per}', waarom: Leeg is onbekend., min: 0, max: 1000}\n"
)
SOM_CIJFERS = """\
bedragen:
  geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}
  grens: {label: Grens, waarde: 1000, eenheid: euro per jaar, bron: wet, zekerheid: officieel}
  toeslag: {label: Toeslag, waarde: 90, eenheid: euro per maand, bron: wet, zekerheid: secundair}
  toeslag_jaar: {label: Toeslag in het jaar, waarde: 1085, eenheid: euro per jaar, bron: wet, zekerheid: officieel}
  gift: {label: Gift, waarde: 300, eenheid: euro, bron: wet, zekerheid: officieel}
  fonds: {label: Fonds, waarde: 55, eenheid: euro per maand, bron: wet, zekerheid: afgeleid}
  norm: {label: Norm, waarde: 700, eenheid: euro per maand, bron: wet, zekerheid: officieel}
  hulp: {label: Hulp, waarde: 1200, eenheid: euro per jaar, bron: wet, zekerheid: onbevestigd}
oud:
  geldig: {vanaf: 2020-01-01, tot_en_met: 2020-12-31}
  vroeger: {label: Vroeger, waarde: 10, eenheid: euro per jaar, bron: wet, zekerheid: officieel}
"""
SOM_REGELS = """\
onderwerp: regelingen
datum: peildatum
besluiten:
  toeslag:
    vraag: Is er toeslag?
    bron: wet
    som: {maand: perMaand, jaar: perJaar, mogelijk: volgensFormule}
    waarden: {volgensFormule: toeslag}
    vervolg:
      - {tekst: Vraag de toeslag aan., huurder: Vraag aan., voor: dag, bij: [ja, voorleggen]}
    regels:
      - naam: in
        als: inkomen <= grens en open
        dan: ja
        zegt: Ja.
        omdat: Ja.
        waarden: {perMaand: toeslag, perJaar: toeslag_jaar}
      - {naam: vraag, als: inkomen <= grens en niet open, dan: voorleggen, zegt: Misschien., omdat: Ja.}
      - {naam: uit, als: inkomen > grens, dan: nee, zegt: Nee., omdat: Nee., waarden: {perMaand: toeslag - toeslag}}
  gift:
    vraag: Is er een gift?
    bron: wet
    som: {jaar: bedrag}
    vervolg:
      - {tekst: Bel eerst., huurder: Bel eerst.}
      - {tekst: Vraag de gift aan., huurder: Vraag aan., voor: 2026-08-01, bij: ja}
    regels:
      - {naam: in, als: inkomen <= grens, dan: ja, zegt: Ja., omdat: Ja., waarden: {bedrag: gift}}
      - {naam: uit, als: inkomen > grens, dan: nee, zegt: Nee., omdat: Nee.}
  fonds:
    vraag: Is er een fonds?
    bron: wet
    som: {maand: perMaand}
    regels:
      - {naam: in, als: dicht, dan: voorleggen, zegt: Misschien., omdat: Ja., waarden: {perMaand: fonds}}
      - {naam: uit, als: niet dicht, dan: nee, zegt: Nee., omdat: Nee.}
  norm:
    vraag: Vult de norm aan?
    bron: wet
    som: {maand: aanvulling, een_van: inkomen}
    regels:
      - {naam: in, als: kleur = rood, dan: ja, zegt: Ja., omdat: Ja., waarden: {aanvulling: norm}}
      - {naam: uit, als: kleur = blauw, dan: nee, zegt: Nee., omdat: Nee.}
  hulp:
    vraag: Is er hulp?
    bron: wet
    som: {jaar: perJaar, een_van: inkomen}
    regels:
      - {naam: in, als: dicht, dan: voorleggen, zegt: Misschien., omdat: Ja., waarden: {perJaar: hulp}}
      - {naam: uit, als: niet dicht, dan: nee, zegt: Nee., omdat: Nee.}
  vroeger:
    vraag: Was er iets?
    bron: wet
    som: {jaar: perJaar}
    regels:
      - {naam: in, als: inkomen <= vroeger, dan: ja, zegt: Ja., omdat: Ja., waarden: {perJaar: vroeger}}
      - {naam: uit, als: inkomen > vroeger, dan: nee, zegt: Nee., omdat: Nee.}
  anders:
    vraag: Past het?
    bron: wet
    waarden: {perMaand: toeslag}
    regels:
      - {naam: in, als: inkomen <= grens, dan: ja, zegt: Ja., omdat: Ja.}
      - {naam: uit, als: inkomen > grens, dan: nee, zegt: Nee., omdat: Nee.}
"""
SOM_TEKSTEN = "".join(
    f"{id}: {{titel: {id.capitalize()}, vakterm: {id.capitalize()}, toelichting: Een regeling.}}\n"
    for id in ("toeslag", "gift", "fonds", "norm", "hulp", "vroeger", "anders")
)


def sommen(folder: Path, regels: str = SOM_REGELS) -> Regelset:
    """The rule set of this file, with other ``regels``."""
    return laad(folder, velden=SOM_VELDEN, cijfers=SOM_CIJFERS, regels=regels, teksten=SOM_TEKSTEN)
