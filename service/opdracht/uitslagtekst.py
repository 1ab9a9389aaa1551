"""An answer as a readable report in a terminal."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from regels.opmaak import datum
from regels.regelset import ONDERWERPEN
from regels.uitslag import Conclusie, Uitslag
from regels.wet.wetsplaatsen import NietGetoetst, artikelen_in_woorden
from regels.wet.wetsregels import ZELDEN

# sign, words, colour: the colour is never the only sign
UITKOMSTEN = {
    "ja": ("✓", "ja", "green"),
    "nee": ("✗", "nee", "red"),
    "onbekend": ("?", "onbekend", "yellow"),
    "besluit_ontbreekt": ("…", "besluit ontbreekt", "yellow"),
    "voorleggen": ("→", "voorleggen", "cyan"),
    "niet_van_toepassing": ("–", "niet van toepassing", "dim"),
    "geen_regels": ("∅", "geen regels", "magenta"),
}


def print_report(uitslag: Uitslag, console: Console) -> None:
    """Print ``uitslag``, by subject."""
    regels = uitslag.regelset
    console.print(f"[bold]Huurtoets[/bold] op {datum(uitslag.peildatum)}, huurronde {uitslag.huurronde}")
    console.print(f"Regelset {regels.naam} ({regels.hash[:19]})", style="dim", highlight=False)
    for subject, title in ONDERWERPEN.items():
        console.print(f"\n[bold]{title}[/bold]")
        for conclusie in uitslag.conclusies:
            if conclusie.onderwerp == subject:
                _print_conclusion(conclusie, console)
    if uitslag.uitgangspunten:
        console.print("\n[bold]Uitgangspunten[/bold] (geef het veld op om ze te veranderen)")
        for entry in uitslag.uitgangspunten:
            console.print(Padding(Text(f"{entry.tekst} ({entry.veld})"), (0, 0, 0, 2)))
    if uitslag.niet_getoetst:
        _print_left_out(uitslag.niet_getoetst, console)


def _print_left_out(found: list[NietGetoetst], console: Console) -> None:
    """What the answer leaves out with its articles; what is rare is counted."""
    console.print("\n[bold]Niet getoetst[/bold] (kan bij dit huishouden iets veranderen)")
    likely = [one for one in found if one.kans != ZELDEN]
    for one in likely:
        console.print(Padding(Text(f"{one.tekst} ({', '.join(one.besluiten)})"), (0, 0, 0, 2)))
        articles = "; ".join(name for name, _ in artikelen_in_woorden(one.plaatsen))
        console.print(Padding(Text(articles), (0, 0, 0, 6)))
    if rare := len(found) - len(likely):
        console.print(Padding(Text(f"Komt zelden voor: {rare} (zie --json)"), (0, 0, 0, 2)))


def _print_conclusion(conclusie: Conclusie, console: Console) -> None:
    sign, words, colour = UITKOMSTEN[conclusie.uitkomst]
    line = Text.assemble((f"{sign} {words}", f"bold {colour}"), f"  {conclusie.id}: {conclusie.tekst}")
    console.print(Padding(line, (0, 0, 0, 2)))
    lines = [reden.tekst for reden in conclusie.redenen]
    lines += [f"{value.label}: {value.tekst}" for value in conclusie.weergave]
    if conclusie.zekerheid not in (None, "officieel"):
        lines.append(f"Zekerheid van de gegevens: {conclusie.zekerheid}")
    lines += [f"Ontbreekt: {missing.tekst} ({missing.veld})" for missing in conclusie.ontbreekt]
    for step in conclusie.vervolg:
        deadline = f" (vóór {datum(step.voor)})" if step.voor else ""
        lines.append(f"Doen: {step.tekst}{deadline}")
        if step.huurder:
            lines.append(f"Voor de huurder: {step.huurder}")
    for text in lines:
        console.print(Padding(Text(text), (0, 0, 0, 6)), style="default")
