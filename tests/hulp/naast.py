"""A second rule set beside the one of the product: another limit, a field of its own and a decision about it."""

import shutil
from pathlib import Path

from regels.bron import uit_map
from regels.regelset import Regelset

SETS = Path(__file__).parents[2] / "regels" / "sets"
GRENS = "waarde: {eenpersoons: 51537, meerpersoons: 56910}"
LAGER = "waarde: {eenpersoons: 40000, meerpersoons: 41000}"
VELD = """\
  huisdier:
    soort: ja_nee
    label: Huisdier
    waarom: Alleen voor deze toets.
"""
BESLUIT = """\
onderwerp: regelingen
datum: peildatum
besluiten:
  huisdier:
    vraag: Is er een huisdier?
    bron: verzonnen
    regels:
      - {naam: wel, als: huisdier, dan: ja, zegt: Er is een huisdier., omdat: Dat is opgegeven.}
      - {naam: geen, als: niet huisdier, dan: nee, zegt: Er is geen huisdier., omdat: Dat is opgegeven.}
"""
TEKST = """
huisdier:
  titel: Is er een huisdier?
  vakterm: Huisdier
  toelichting: Alleen om mee te proberen.
  huurder: {ja: U hebt een huisdier., nee: U hebt geen huisdier.}
"""
BRON = "\nverzonnen: {titel: Verzonnen, url: 'https://voorbeeld.nl', datum: 2026-01-01, vindplaats: regel 1}\n"


def naast(folder: Path) -> Path:
    """The folder with that rule set, below ``folder``."""
    made = folder / "sets"
    shutil.copytree(SETS, made)
    _replace(made / "landelijk" / "2026.yaml", GRENS, LAGER)
    _replace(made / "velden.yaml", "vraag:\n", f"vraag:\n{VELD}")
    _replace(made / "versie.yaml", "versie: '", "versie: 'naast-")
    for name, text in (("bronnen", BRON), ("teksten", TEKST), ("huisdier", BESLUIT)):
        with (made / "landelijk" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
    return made


def tweede(folder: Path) -> Regelset:
    """That rule set, loaded."""
    return uit_map(naast(folder))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
