"""What differs between two rule sets: by file, and figure by figure and rule by rule, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from regels import Regelset
from regels.opmaak import datum, getal, writer
from regels.regelset import Cijfer, Regel, Zin
from regels.taaltekst import text_of
from regels.velden import Waarde
from regels.venster import Venster
from regels.wet.wetsregels import Wetslid, Wetstekst, lid_in_woorden

_CENT: Final = Decimal("0.01")
ERBIJ, WEG, ANDERS = "erbij", "weg", "gewijzigd"
CIJFER, GROOTHEID, REGEL, VELD, BRON, WET = "cijfer", "grootheid", "regel", "veld", "bron", "wet"


def file_differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """A line for each file that came, went or changed."""
    for name in sorted(before.keys() | after.keys(), key=lambda name: name.split("/")):
        if name not in before:
            yield f"erbij: {name}"
        elif name not in after:
            yield f"weg: {name}"
        elif before[name] != after[name]:
            yield f"gewijzigd: {name}"


@dataclass(frozen=True, slots=True)
class Onderdeelwijziging:
    """One thing of a rule, figure or field that differs: what it is, what it was, and what it becomes."""

    deel: str
    was: str
    wordt: str


@dataclass(frozen=True, slots=True)
class Regelwijziging:
    """Something of the rules that came (``erbij``), went (``weg``) or changed (``gewijzigd``).

    ``naam`` is what the rule files call it, ``label`` what a reader does, ``vanaf`` the day from which it holds, and
    ``delen`` what there is to it. Of a figure that came ``eerder`` is what it was in the window before, and ``schuift``
    by how much it moves from there.
    """

    soort: str
    wat: str
    bestand: str
    naam: str
    label: str
    vanaf: date | None
    delen: tuple[Onderdeelwijziging, ...]
    eerder: str = ""
    schuift: str = ""

    @property
    def eigenaar(self) -> str:
        """The folder of the owner whose it is; empty for what is of all."""
        return self.bestand.partition("/")[0] if "/" in self.bestand else ""

    @property
    def zin(self) -> str:
        """This change as one line."""
        since = f" vanaf {datum(self.vanaf)}" if self.vanaf is not None else ""
        head = f"{self.soort} {self.wat}: {self.label} ({self.naam}){since}"
        if self.wat == WEG:
            return f"{head}. Was: {'; '.join(f'{one.deel} {one.was}' for one in self.delen)}"
        if self.wat == ERBIJ:
            before = f". Daarvoor: {self.eerder}" + (f", dus {self.schuift}" if self.schuift else "")
            told = "; ".join(f"{one.deel} {one.wordt}" for one in self.delen)
            return f"{head}. {told[:1].upper()}{told[1:]}" + (before if self.eerder else "")
        moved = f" ({self.schuift})" if self.schuift else ""
        return f"{head}. " + "; ".join(f"{one.deel}: {one.was} wordt {one.wordt}" for one in self.delen) + moved


@dataclass(frozen=True, slots=True)
class _Ding:
    """What can change: where it stands, its words, and its parts by name."""

    bestand: str
    naam: str
    label: str
    venster: Venster | None
    delen: Mapping[str, str]
    waarde: Waarde | None = None
    eerder: str = ""
    voorganger: Waarde | None = None


def differences(before: Regelset, after: Regelset) -> Iterator[str]:
    """A line for each figure, quantity, rule, field, source and member of the law that came, went or changed."""
    return (change.zin for change in wijzigingen(before, after))


def wijzigingen(before: Regelset, after: Regelset) -> tuple[Regelwijziging, ...]:
    """All that came, went or changed: figures first, then quantities, rules, fields, sources and the law, by name."""
    return tuple(
        change
        for kind, of in (
            (CIJFER, _figures),
            (GROOTHEID, _quantities),
            (REGEL, _rules),
            (VELD, _fields),
            (BRON, _sources),
            (WET, _members),
        )
        for change in _told(kind, of(before), of(after))
    )


def _told(kind: str, before: Mapping[str, _Ding], after: Mapping[str, _Ding]) -> Iterator[Regelwijziging]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        about = new or old
        assert about is not None
        parts = [*_parts(old.delen if old else {}, new.delen if new else {})]
        if not parts:
            continue
        came = old is None and new is not None
        whence = new.voorganger if new is not None and came else old.waarde if old is not None else None
        yield Regelwijziging(
            kind,
            ERBIJ if old is None else WEG if new is None else ANDERS,
            about.bestand,
            about.naam,
            about.label,
            about.venster.vanaf if about.venster is not None else None,
            tuple(parts),
            new.eerder if new is not None and came else "",
            _moved(whence, new.waarde) if new is not None else "",
        )


def _parts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Onderdeelwijziging]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield Onderdeelwijziging(name, old or "niets", new or "niets")


def _moved(before: Waarde | None, after: Waarde | None) -> str:
    """By how many percent an amount moves; empty where that says nothing."""
    if not isinstance(before, Decimal) or not isinstance(after, Decimal) or not before or before == after:
        return ""
    share = (after / before - 1) * 100
    return f"{'+' if share > 0 else ''}{getal(share.quantize(Decimal('0.1')))}%"


def _figures(regels: Regelset) -> dict[str, _Ding]:
    return {
        f"{name}/{cell}/{cijfer.venster.vanaf}": _figure(series, at, cell)
        for name, series in regels.cijfers.items()
        for at, cijfer in enumerate(series)
        for cell in _cells(cijfer)
    }


def _figure(series: Iterable[Cijfer], at: int, cell: str) -> _Ding:
    every = tuple(series)
    cijfer = every[at]
    previous = [one for one in every if one.venster.vanaf < cijfer.venster.vanaf and cell in _cells(one)]
    last = max(previous, key=lambda one: one.venster.vanaf, default=None)
    return _Ding(
        cijfer.plaats.file,
        f"{cijfer.naam}[{cell}]" if cell else cijfer.naam,
        f"{cijfer.label} ({cell})" if cell else cijfer.label,
        cijfer.venster,
        {
            "waarde": _value(cijfer, cell),
            "tot en met": _until(cijfer.venster),
            "bron": cijfer.bron,
            "zekerheid": cijfer.zekerheid,
            "opmerking": cijfer.opmerking,
        },
        _cells(cijfer)[cell],
        _value(last, cell) if last is not None else "",
        _cells(last)[cell] if last is not None else None,
    )


def _cells(cijfer: Cijfer) -> Mapping[str, Waarde]:
    return cijfer.waarde if isinstance(cijfer.waarde, Mapping) else {"": cijfer.waarde}


def _value(cijfer: Cijfer, cell: str) -> str:
    value = _cells(cijfer)[cell]
    said = str(writer(cijfer.type)(value))
    # an amount is written in cents: what is smaller must still be seen to differ
    small = isinstance(value, Decimal) and value != value.quantize(_CENT) and not cijfer.type.percent
    return f"{said} ({value:f})" if small else said


def _until(venster: Venster) -> str:
    return datum(venster.tot_en_met) if venster.tot_en_met is not None else ""


def _quantities(regels: Regelset) -> dict[str, _Ding]:
    return {
        f"{name}/{formule.venster.vanaf}": _Ding(
            quantity.plaats.file,
            name,
            quantity.label,
            formule.venster,
            {
                "formule": formule.tekst,
                "tot en met": _until(formule.venster),
                "bron": ", ".join(formule.bronnen),
                "zekerheid": formule.zekerheid,
            },
        )
        for name, quantity in regels.grootheden.items()
        for formule in quantity.formules
    }


def _rules(regels: Regelset) -> dict[str, _Ding]:
    return {
        f"{besluit.id}/{regel.naam}/{regel.venster.vanaf}": _Ding(
            regel.plaats.file, f"{besluit.id}/{regel.naam}", besluit.vraag, regel.venster, _rule(regel)
        )
        for besluit in regels.besluiten.values()
        for regel in besluit.regels
    }


def _rule(regel: Regel) -> Mapping[str, str]:
    return {
        "als": regel.als_tekst,
        "dan": regel.dan,
        "zegt": _sentence(regel.zegt),
        "omdat": " ".join(_sentence(reason) for reason in regel.omdat),
        "waarden": ", ".join(f"{name} = {text_of(tree)}" for name, (tree, _) in regel.waarden.items()),
        "vervolg": " ".join(_sentence(step.zin) for step in regel.vervolg),
        "status": regel.status,
        "tot en met": _until(regel.venster),
        "bron": ", ".join(regel.bronnen),
        "zekerheid": regel.zekerheid,
    }


def _sentence(zin: Zin) -> str:
    said = "".join(part if isinstance(part, str) else f"{{{text_of(part[0])}}}" for part in zin.delen)
    return said if zin.als is None else f"[als {text_of(zin.als)}] {said}"


def _fields(regels: Regelset) -> dict[str, _Ding]:
    return {
        name: _Ding(
            "velden.yaml",
            name,
            veld.label,
            None,
            {
                "label": veld.label,
                "soort": veld.soort,
                "grenzen": f"{veld.minimum} tot en met {veld.maximum}" if veld.minimum is not None else "",
                "keuzes": ", ".join(veld.waarden),
            },
        )
        for name, veld in regels.velden.items()
    }


def _sources(regels: Regelset) -> dict[str, _Ding]:
    return {
        name: _Ding(
            "bronnen.yaml",
            name,
            bron.titel,
            None,
            {
                "titel": bron.titel,
                "adres": bron.url,
                "datum": bron.datum,
                "vindplaats": bron.vindplaats,
                "artikelen": ", ".join(bron.artikelen),
            },
        )
        for name, bron in regels.bronnen.items()
    }


def _members(regels: Regelset) -> dict[str, _Ding]:
    return {
        f"{law.id}/{article}/{row.naam}/{text.venster.vanaf}": _Ding(
            row.plaats.file,
            f"{law.id}/{article}/{row.naam}",
            " ".join(filter(None, (f"{law.titel}, artikel {article}", lid_in_woorden(row.naam)))),
            text.venster,
            _member(text, row),
        )
        for law in regels.wetten.values()
        for article, texts in law.artikelen.items()
        for text in texts
        for row in text.rijen.values()
    }


def _member(text: Wetstekst, row: Wetslid) -> Mapping[str, str]:
    return {
        "tekst": row.tekst,
        "wordt": row.wordt,
        "wijst naar": ", ".join(row.wijst_naar),
        "reden": row.reden,
        "raakt": ", ".join(row.raakt),
        "kans": row.kans,
        "als": row.als_tekst,
        "zin": row.zin,
        "gelezen": ", ".join(str(state) for state in text.gelezen) or text.onleesbaar,
        "tot en met": _until(text.venster),
    }
