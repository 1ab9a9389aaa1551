"""What a name in the rules stands for, and the Python that was written for it."""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from regels.lezers.code import written
from regels.opmaak import datum, writer
from regels.programma import KlaarBesluit, KlareRegel, Programma
from regels.regelset import Cijfer, Grootheid, Regel, Zin
from regels.taaltekst import text_of
from regels.velden import Veld
from regels.venster import Venster

_SHORT: Final = 90


def names(programma: Programma) -> list[str]:
    """Every name that can be shown."""
    regels = programma.stand.regels
    return sorted({*regels.besluiten, *regels.grootheden, *regels.cijfers, *regels.velden})


def shown(naam: str, programma: Programma) -> Iterator[str]:
    """Lines about ``naam`` on the dates of ``programma``: what the files say, and what was written for it.

    Raises :class:`KeyError` when nothing has this name.
    """
    regels, before = programma.stand.regels, programma.stand.datums
    days = f"op {datum(before['peildatum'])}, huurverhoging van {datum(before['rondedatum'])}"
    if naam in regels.besluiten:
        klaar = next(klaar for klaar in programma.besluiten if klaar.besluit.id == naam)
        yield from _decision(klaar, days)
        yield from _functions(_of_decision(klaar, programma))
    elif naam in regels.grootheden:
        yield from _quantity(regels.grootheden[naam], programma)
        yield from _functions(programma.compiler.made(naam))
    elif naam in regels.cijfers:
        yield from _figure(regels.cijfers[naam])
    else:
        yield from _field(regels.velden[naam])
        yield from _functions(programma.compiler.made(naam))


def _decision(klaar: KlaarBesluit, days: str) -> Iterator[str]:
    besluit = klaar.besluit
    yield f"besluit {besluit.id} ({besluit.plaats})"
    yield f"  {besluit.vraag}"
    if klaar.gat is not None:
        yield f"  geen regels {days}: {klaar.gat.wat}"
        return
    yield f"  regels {days}:"
    for made in klaar.regels:
        yield from _rule(made.regel)
    for name, (node, _) in besluit.waarden.items():
        yield f"  waarde {name}: {text_of(node)}"


def _rule(regel: Regel) -> Iterator[str]:
    yield f"  {regel.naam}: {regel.dan} ({regel.plaats}; {_window(regel.venster)}; bron {', '.join(regel.bronnen)})"
    yield f"    als {_line(regel.als_tekst)}"
    yield f"    zegt {_sentence(regel.zegt)}"
    for reason in regel.omdat if regel.omdat != (regel.zegt,) else ():
        yield f"    omdat {_sentence(reason)}"
    for name, (node, _) in regel.waarden.items():
        yield f"    waarde {name}: {text_of(node)}"


def _quantity(quantity: Grootheid, programma: Programma) -> Iterator[str]:
    each = ", per persoon" if quantity.per_persoon else ""
    yield f"grootheid {quantity.naam} ({quantity.plaats}): {quantity.label}{each}"
    now = programma.stand.formule(quantity.naam)
    for formule in quantity.formules:
        mark = "*" if now is not None and formule.venster == now.venster else " "
        yield f" {mark} {_window(formule.venster)}: {_line(formule.tekst)} (bron {', '.join(formule.bronnen)})"


def _figure(series: tuple[Cijfer, ...]) -> Iterator[str]:
    yield f"cijfer {series[0].naam}: {series[0].label}"
    for figure in series:
        write = writer(figure.type)
        value = figure.waarde
        text = (
            ", ".join(f"{key} {write(cell)}" for key, cell in value.items())
            if isinstance(value, Mapping)
            else write(value)
        )
        yield f"  {_window(figure.venster)}: {text} ({figure.plaats}; bron {figure.bron}, {figure.zekerheid})"


def _field(veld: Veld) -> Iterator[str]:
    yield f"veld {veld.naam} ({veld.plaats}): {veld.label}"
    yield f"  in JSON {veld.pointer(0)}"
    for word, label in veld.waarden.items():
        yield f"  {word}: {label}"
    for taken in veld.uitgangspunten:
        yield f"  uitgangspunt {taken.id}: {taken.tekst}"


def _of_decision(klaar: KlaarBesluit, programma: Programma) -> Iterator[Callable[..., Any]]:
    yield klaar.gelden
    yield from (rule.antwoord for rule in klaar.regels)
    yield klaar.waarden
    yield from (part.fact for part in programma.rete.rulesets.get(klaar.besluit.id, ()))


def _functions(functions: Iterator[Callable[..., Any]]) -> Iterator[str]:
    """Each function as it was written, with the values that it was given."""
    for function in functions:
        text, given = written(function)
        yield ""
        # the function stands in one that is handed the values, between its first line and its last
        yield from textwrap.dedent("\n".join(text.split("\n")[1:-1])).split("\n")
        for name, value in given.items():
            if name.startswith("k"):
                yield f"# {name}: {textwrap.shorten(_given(value), _SHORT, placeholder='…')}"


def _given(value: object) -> str:
    if isinstance(value, KlareRegel):
        return f"regel {value.regel.naam}"
    return f"functie {value.__name__}" if hasattr(value, "__name__") else str(value)


def _window(window: Venster) -> str:
    until = f"tot en met {datum(window.tot_en_met)}" if window.tot_en_met else "tot het verandert"
    return f"vanaf {datum(window.vanaf)} {until}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _sentence(zin: Zin) -> str:
    said = "".join(part if isinstance(part, str) else f"{{{text_of(part[0])}}}" for part in zin.delen)
    return said if zin.als is None else f"{said} (als {text_of(zin.als)})"
