"""What differs between two rule sets: by file, and figure by figure and rule by rule, a line each."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from regels import Regelset
from regels.opmaak import datum, writer
from regels.regelset import Cijfer, Regel, Venster
from regels.velden import Waarde

_CENT: Final = Decimal("0.01")


def file_differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """A line for each file that came, went or changed."""
    for name in sorted(before.keys() | after.keys(), key=lambda name: name.split("/")):
        if name not in before:
            yield f"erbij: {name}"
        elif name not in after:
            yield f"weg: {name}"
        elif before[name] != after[name]:
            yield f"gewijzigd: {name}"


def differences(before: Regelset, after: Regelset) -> Iterator[str]:
    """A line for each figure, quantity, rule and field that came, went or changed."""
    yield from _told("cijfer", _figures(before), _figures(after))
    yield from _told("grootheid", _quantities(before), _quantities(after))
    yield from _told("regel", _rules(before), _rules(after))
    yield from _told("veld", _fields(before), _fields(after))


def _told(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None:
            yield f"{kind} erbij: {name}: {new}"
        elif new is None:
            yield f"{kind} weg: {name} (was: {old})"
        elif old != new:
            yield f"{kind} gewijzigd: {name}: {old} -> {new}"


def _figures(regels: Regelset) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, series in sorted(regels.cijfers.items()):
        for cijfer in series:
            for cell, value in _cells(cijfer).items():
                where = f"{name}[{cell}]" if cell else name
                found[f"{where} vanaf {datum(cijfer.venster.vanaf)}"] = (
                    f"{value}{_until(cijfer.venster)}, bron {cijfer.bron}, {cijfer.zekerheid}"
                )
    return found


def _cells(cijfer: Cijfer) -> dict[str, str]:
    write = writer(cijfer.type)

    def told(value: Waarde) -> str:
        said = str(write(value))
        # an amount is written in cents: what is smaller must still be seen to differ
        small = isinstance(value, Decimal) and value != value.quantize(_CENT) and not cijfer.type.percent
        return f"{said} ({value:f})" if small else said

    if isinstance(cijfer.waarde, Mapping):
        return {key: told(value) for key, value in cijfer.waarde.items()}
    return {"": told(cijfer.waarde)}


def _until(venster: Venster) -> str:
    return f" tot en met {datum(venster.tot_en_met)}" if venster.tot_en_met is not None else ""


def _quantities(regels: Regelset) -> dict[str, str]:
    return {
        f"{name} vanaf {datum(formule.venster.vanaf)}": f"{formule.tekst}{_until(formule.venster)}"
        for name, quantity in sorted(regels.grootheden.items())
        for formule in quantity.formules
    }


def _rules(regels: Regelset) -> dict[str, str]:
    return {
        f"{besluit.id}/{regel.naam} vanaf {datum(regel.venster.vanaf)}": _rule(regel)
        for besluit in sorted(regels.besluiten.values(), key=lambda besluit: besluit.id)
        for regel in besluit.regels
    }


def _rule(regel: Regel) -> str:
    status = f" ({regel.status})" if regel.status != "vastgesteld" else ""
    return f"als {regel.als_tekst} dan {regel.dan}{status}{_until(regel.venster)}"


def _fields(regels: Regelset) -> dict[str, str]:
    return {
        name: f"{veld.label}, {veld.soort}, van {veld.minimum} tot en met {veld.maximum}, {' '.join(veld.waarden)}"
        for name, veld in sorted(regels.velden.items())
    }
