"""Small rule sets for tests: a valid one as text, to change in one place and load."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from regels.bron import uit_map
from regels.lezers.uitleg import Compiler
from regels.programma import Programma
from regels.regelset import UITKOMSTEN, Regelset
from regels.stand import Stand

VERSIE = "versie: 'proef'\n"
VELDEN = """\
vraag:
  peildatum: {soort: datum, label: Peildatum, waarom: Dan geldt het., min: 2000-01-01, max: 2100-12-31}
  inkomen: {soort: heel_bedrag, eenheid: euro per jaar, label: Inkomen, waarom: Het telt., min: 0, max: 1000000}
  kleur: {soort: keuze, label: Kleur, waarom: Het telt., waarden: {rood: Rood, blauw: Blauw}}
  open: {soort: ja_nee, label: Open, waarom: Het telt.}
  dicht: {soort: ja_nee, label: Dicht, waarom: Het telt.}
  dag: {soort: datum, label: Dag, waarom: Het telt., min: 1900-01-01, max: 2100-12-31}
persoon:
  rol: {soort: keuze, label: Rol, waarom: Het telt., waarden: {huurder: Huurder, kind: Kind}}
  loon: {soort: heel_bedrag, eenheid: euro per jaar, label: Loon, waarom: Het telt., min: 0, max: 1000000}
woning:
  huur: {soort: bedrag, eenheid: euro per maand, label: Huur, waarom: Het telt., min: 0, max: 10000}
"""
BRONNEN = """\
wet: {titel: Wet, url: 'https://voorbeeld.nl', datum: 2026-01-01, vindplaats: artikel 1}
"""
CIJFERS = """\
proef:
  geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}
  grens:
    label: Grens
    waarde: 1000
    eenheid: euro per jaar
    bron: wet
    zekerheid: officieel
"""
REGELS = """\
onderwerp: toewijzing
datum: peildatum
besluiten:
  proef:
    vraag: Past het?
    bron: wet
    regels:
      - naam: past
        als: inkomen <= grens
        dan: ja
        zegt: Het past.
        omdat: Het inkomen is {inkomen}.
      - naam: te-hoog
        als: inkomen > grens
        dan: nee
        zegt: Het past niet.
        omdat: Het inkomen is {inkomen - grens} te hoog.
"""
EIGENAAR = "soort: landelijk\nnaam: Nederland\n"
TEKSTEN = """\
proef:
  titel: Past het?
  vakterm: Proef
  toelichting: Een besluit om mee te proberen.
"""
# what every decision of a small set says to the tenant
STANDAARD = "".join(f"{uitkomst}: Vraag het na.\n" for uitkomst in UITKOMSTEN)
BESTANDEN = {
    "versie.yaml": VERSIE,
    "velden.yaml": VELDEN,
    "land/eigenaar.yaml": EIGENAAR,
    "teksten.yaml": STANDAARD,
    "land/bronnen.yaml": BRONNEN,
    "land/teksten.yaml": TEKSTEN,
    "land/2026.yaml": CIJFERS,
    "land/proef.yaml": REGELS,
}


def schrijf(folder: Path, **anders: str) -> Path:
    """A rule set in ``folder``; ``anders`` replaces the text of a file (``cijfers=...``) of the valid one."""
    names = {"versie": "versie.yaml", "velden": "velden.yaml", "bronnen": "land/bronnen.yaml"}
    names |= {"cijfers": "land/2026.yaml", "regels": "land/proef.yaml", "extra": "land/extra.yaml"}
    names |= {"teksten": "land/teksten.yaml", "wetten": "land/wetten.yaml", "wet": "land/wetten/proefwet.yaml"}
    content = BESTANDEN | {names[name]: text for name, text in anders.items()}
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def laad(folder: Path, **anders: str) -> Regelset:
    """The rule set of :func:`schrijf`, loaded."""
    return uit_map(schrijf(folder, **anders))


def besluit(*regels: tuple[str, str, str], grootheden: str = "", waarden: str = "") -> str:
    """A file with one decision ``proef``: (name, condition, outcome) per rule."""
    text = "onderwerp: toewijzing\ndatum: peildatum\n"
    if grootheden:
        text += f"grootheden:\n{grootheden}"
    text += "besluiten:\n  proef:\n    vraag: Past het?\n    bron: wet\n"
    if waarden:
        text += f"    waarden: {waarden}\n"
    text += "    regels:\n"
    for naam, als, dan in regels:
        text += f'      - {{naam: {naam}, als: "{als}", dan: {dan}, zegt: Zo is het., omdat: Daarom.}}\n'
    return text


Facts = Mapping[str, Any]
Given = tuple[Facts, tuple[Facts, ...]]
PEILDATUM = date(2026, 6, 15)


def programma(regels: Regelset, dag: date = PEILDATUM) -> Programma:
    """The rule set made ready for one day."""
    return Programma(Stand(regels, dag, date(dag.year, 7, 1)))


def stand(facts: Facts, persons: tuple[Facts, ...] = ()) -> Given:
    """What is filled in; numbers become exact."""
    return _exact(facts), tuple(_exact(person) for person in persons)


def _exact(facts: Facts) -> Facts:
    return {
        name: Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for name, value in facts.items()
    }


def rekenen(folder: Path, texts: Mapping[str, str], grootheden: str = "") -> Callable[[str, Given], Any]:
    """A function (name, what is filled in) -> value, for expressions of the language in the explaining reader."""
    written = "{" + ", ".join(f'{name}: "{text}"' for name, text in texts.items()) + "}"
    rules = besluit(
        ("a", "inkomen <= grens", "ja"), ("b", "inkomen > grens", "nee"), waarden=written, grootheden=grootheden
    )
    stand = Stand(laad(folder, regels=rules), PEILDATUM, date(PEILDATUM.year, 7, 1))
    values, compiler = stand.regels.besluiten["proef"].waarden, Compiler(stand)
    functions = {name: compiler.compile(node, "peildatum") for name, (node, _) in values.items()}
    return lambda name, given: functions[name](compiler.layout.state(*given))[0]
