"""Write ``docs/regels/``: every decision in words, from the rule set itself.

Run by ``make docs``. ``pages`` gives the same text without writing, so that a test can tell when a page is stale.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from regels import pakket
from regels.eenheden import Type, unit_text
from regels.opmaak import datum, writer
from regels.regelset import ONDERWERPEN, Besluit, Cijfer, Formule, Regel, Regelset, Zin
from regels.stand import names_of
from regels.taaltekst import text_of
from regels.venster import Venster
from regels.wet.wetsregels import lid_in_woorden

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "regels"
NOTICE = "<!-- Gemaakt uit de regelbestanden met `make docs`; verander de regels, niet deze bladzijde. -->\n"


def pages(regels: Regelset) -> dict[str, str]:
    """The text of every page, by file name."""
    tests = _tests()
    found = {f"{besluit.id}.md": _page(besluit, regels, tests) for besluit in regels.besluiten.values()}
    return {"README.md": _index(regels)} | found


def _index(regels: Regelset) -> str:
    lines = [NOTICE, "# De besluiten", "", f"Regelset {regels.versie}. Elke bladzijde komt uit de regelbestanden."]
    for subject, title in ONDERWERPEN.items():
        lines += ["", f"## {title}", ""]
        lines += [f"- [{b.id}]({b.id}.md): {b.vraag}" for b in regels.besluiten.values() if b.onderwerp == subject]
    return "\n".join(lines) + "\n"


def _page(besluit: Besluit, regels: Regelset, tests: Mapping[str, list[str]]) -> str:
    names = names_of(regels, besluit)
    figures = [series for name, series in regels.cijfers.items() if name in names]
    quantities = [quantity for name, quantity in regels.grootheden.items() if name in names]
    fields = [veld for name, veld in regels.velden.items() if name in names]
    when = "de peildatum" if besluit.datum == "peildatum" else "1 juli van de huurronde"
    lines = [NOTICE, f"# {besluit.id}", "", besluit.vraag, ""]
    lines += [f"Onderwerp: {ONDERWERPEN[besluit.onderwerp]}. Regels en cijfers van {when}.", "", "## Antwoorden", ""]
    for regel in besluit.regels:
        lines += _rule(regel)
    if quantities:
        lines += ["## Wat wordt uitgerekend", "", "| naam | wat het is | geldig | formule |", "|---|---|---|---|"]
        lines += [
            _row(f"`{quantity.naam}`", quantity.label, _window(formule.venster), f"`{' '.join(formule.tekst.split())}`")
            for quantity in quantities
            for formule in quantity.formules
        ]
        lines.append("")
    if figures:
        lines += [
            "## Cijfers",
            "",
            "| naam | wat het is | geldig | waarde | bron | zekerheid |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_figure(figure) for series in figures for figure in series]
        lines.append("")
    if fields:
        lines += ["## Wat er gevraagd wordt", "", "| veld | in JSON | zonder antwoord |", "|---|---|---|"]
        for veld in fields:
            taken = "; ".join(f"uitgangspunt: {u.tekst}" for u in veld.uitgangspunten) or "onbekend"
            lines.append(_row(veld.label, f"`{veld.pointer(0)}`", taken))
        lines.append("")
    lines += ["## Bekende beperkingen", ""]
    lines += _limits(besluit, figures, [f for q in quantities for f in q.formules]) or ["Geen."]
    if law := list(_law(besluit, regels)):
        lines += [
            "",
            "## De wet",
            "",
            "| waar | geldig | wordt | wat er staat | toelichting |",
            "|---|---|---|---|---|",
            *law,
        ]
    lines += ["", "## Bronnen", ""]
    sources = {source for regel in besluit.regels for source in regel.bronnen}
    sources |= {figure.bron for series in figures for figure in series}
    sources |= {source for quantity in quantities for formule in quantity.formules for source in formule.bronnen}
    for name, bron in regels.bronnen.items():
        if name in sources:
            lines.append(f"- `{name}`: [{bron.titel}]({bron.url}), {bron.vindplaats} ({bron.datum})")
    lines += ["", "## Tests", ""]
    lines += [f"- `{path}`" for path in tests.get(besluit.id, [])] or ["Geen."]
    return "\n".join(lines) + "\n"


def _rule(regel: Regel) -> Iterator[str]:
    yield f"### {regel.naam}: {regel.dan.replace('_', ' ')}"
    yield ""
    yield f"Geldig {_window(regel.venster)}. Status: {regel.status}" + (
        f", besluit vóór {datum(regel.besluit_voor)}." if regel.besluit_voor else "."
    )
    yield ""
    yield f"Als: `{' '.join(regel.als_tekst.split())}`"
    yield ""
    yield f"> {_sentence(regel.zegt)}"
    for reason in regel.omdat if regel.omdat != (regel.zegt,) else ():
        condition = f"als {text_of(reason.als)}: " if reason.als is not None else ""
        yield ">"
        yield f"> {condition}{_sentence(reason)}"
    yield ""
    yield "Bron: " + ", ".join(f"`{source}`" for source in regel.bronnen) + f" ({regel.zekerheid})."
    yield ""


def _law(besluit: Besluit, regels: Regelset) -> Iterator[str]:
    """The members of the law that this decision carries out, that it takes as given, and that it leaves out."""
    for law in regels.wetten.values():
        for article, texts in law.artikelen.items():
            for text in texts:
                for row in text.rijen.values():
                    if besluit.id in (*row.raakt, *(name.partition("/")[0] for name in row.wijst_naar)):
                        place = " ".join(filter(None, (f"{law.titel}, artikel {article}", lid_in_woorden(row.naam))))
                        kind = row.wordt.replace("_", " ")
                        notes = " ".join(filter(None, (row.zin, row.reden)))
                        yield _row(place, _window(text.venster), kind, row.tekst, notes)


def _sentence(zin: Zin) -> str:
    return "".join(part if isinstance(part, str) else f"{{{text_of(part[0])}}}" for part in zin.delen)


def _figure(figure: Cijfer) -> str:
    value = figure.waarde
    shown = (
        ", ".join(f"{key}: {_value(cell, figure.type)}" for key, cell in value.items())
        if isinstance(value, Mapping)
        else _value(value, figure.type)
    )
    return _row(f"`{figure.naam}`", figure.label, _window(figure.venster), shown, f"`{figure.bron}`", figure.zekerheid)


def _value(value: object, kind: Type) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return datum(value)
    if isinstance(value, str):
        return value
    text = writer(kind)(value)
    return text.replace("\N{NO-BREAK SPACE}", " ") if "per jaarinkomen" not in unit_text(kind) else str(value)


def _limits(besluit: Besluit, figures: Iterable[tuple[Cijfer, ...]], formulas: Iterable[Formule]) -> list[str]:
    lines = [
        f"- `{figure.naam}` ({_window(figure.venster)}): {figure.zekerheid}. {figure.opmerking}".rstrip()
        for series in figures
        for figure in series
        if figure.opmerking or figure.zekerheid != "officieel"
    ]
    lines += [
        f"- Formule `{' '.join(f.tekst.split())}`: {f.zekerheid}." for f in formulas if f.zekerheid != "officieel"
    ]
    lines += [f"- Regel `{r.naam}`: {r.zekerheid}." for r in besluit.regels if r.zekerheid != "officieel"]
    return lines


def _window(window: Venster) -> str:
    if window.tot_en_met is None:
        return f"vanaf {datum(window.vanaf)}" if window.vanaf.year > 2000 else "altijd"
    return f"{datum(window.vanaf)} tot en met {datum(window.tot_en_met)}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _tests() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted([*ROOT.glob("tests/voorbeelden/*.yaml"), *ROOT.glob("tests/regels/test_*.py")]):
        for name in sorted(
            set(re.findall(r"[a-z]+(?:-[a-z0-9]+)+|huurtoeslag|huurklasse|huurquote|fixteam", path.read_text()))
        ):
            found.setdefault(name, []).append(path.relative_to(ROOT).as_posix())
    return found


def main() -> None:
    """Write every page, and remove those of decisions that are gone."""
    texts = pages(pakket())
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(texts)} bladzijden geschreven in docs/regels\n")


if __name__ == "__main__":
    main()
