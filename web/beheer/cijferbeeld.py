"""What the pages of figures show: how far each group is, and of one group every value with what is found about it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from regels.jaarwissel.invulgroepen import Invulcijfer, Invulgroep
from regels.jaarwissel.jaarbestanden import VASTGESTELD, lees
from regels.jaarwissel.jaarkeur import verwachtingen
from regels.jaarwissel.keurbevinding import STOP, WAARSCHUWING, Keurbevinding
from regels.opmaak import datum
from regels.regelset import ZEKERHEDEN
from service.beheer.cijferinvoer import (
    GROEP,
    NIEUW,
    ZELFDE,
    Groepsplaats,
    Ingevoerd,
    groepsbron,
    groepszekerheid,
)  # fmt: skip
from service.beheer.cijfertekst import afgerond, getoond_cijfer, in_euros
from web.beheer.werkplek import Taakstand
from web.raamwerk.teksten import groep, tekst

_LABEL_MOST: Final = 110
# at the end of the name of a group: a year, or half of one, which its window says too
_PERIOD: Final = re.compile(r"_20\d\d(_\d\d)?$")


@dataclass(frozen=True, slots=True)
class Bevindingbeeld:
    """A finding at a field; ``aanvaard``: why a warning was accepted, ``reden``: what is being typed for that."""

    soort: str
    zegt: str
    code: str
    aanvaard: str
    reden: str


@dataclass(frozen=True, slots=True)
class Celbeeld:
    """One value: what it was, what is typed, and what is found about it."""

    naam: str
    label: str
    was: str
    waarde: str
    origineel: str
    fout: str
    verwacht: tuple[str, ...]
    bevindingen: tuple[Bevindingbeeld, ...]


@dataclass(frozen=True, slots=True)
class Cijferbeeld:
    """A figure with its values. ``soort``: getal, datum or ja_nee."""

    naam: str
    label: str
    eenheid: str
    soort: str
    euro: bool
    tabel: bool
    cellen: tuple[Celbeeld, ...]
    bevindingen: tuple[Bevindingbeeld, ...]
    bron: str
    bron_origineel: str
    bron_fout: str
    bronkeuzes: tuple[tuple[str, str], ...]
    zekerheid: str
    zekerheid_origineel: str
    zekerheid_fout: str
    opmerking: str
    opmerking_origineel: str
    opmerking_fout: str


@dataclass(frozen=True, slots=True)
class Wachtbeeld:
    """From whom figures come, where they are published, and by which day."""

    van: str
    waar: str
    adres: str
    toelichting: str
    uiterlijk: str
    cijfers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groepbeeld:
    """A group in the list: how many values are there, and how it stands."""

    eigenaar: str
    plaats: Groepsplaats
    titel: str
    venster: str
    gevuld: int
    cellen: int
    stand: Taakstand
    wacht: tuple[Wachtbeeld, ...]


def titel_van(groep_: Invulgroep) -> str:
    """The name of a group, in words."""
    named = _PERIOD.sub("", groep_.groep)
    words = groep("beheer.groepnamen").get(named) or named.replace("_", " ")
    return words[:1].upper() + words[1:]


def venster_van(groep_: Invulgroep) -> str:
    """When it holds."""
    window = groep_.venster
    if window.tot_en_met is None:
        return tekst("beheer.cijfers.vanaf", dag=datum(window.vanaf))
    return tekst("beheer.cijfers.venster", vanaf=datum(window.vanaf), tot=datum(window.tot_en_met))


def groepen(
    gevonden: Sequence[Invulgroep], keuring: Sequence[Keurbevinding], namen: Mapping[str, str]
) -> list[Groepbeeld]:
    """The groups of a year in their order; ``namen`` are those of the owners."""
    return [_in_list(one, keuring, namen) for one in gevonden]


def _in_list(one: Invulgroep, keuring: Sequence[Keurbevinding], namen: Mapping[str, str]) -> Groepbeeld:
    cells = [text for figure in one.cijfers for text in figure.cellen.values()]
    filled = sum(text is not None for text in cells)
    here = [found.soort for found in keuring if (found.bestand, found.groep) == (one.bestand, one.groep)]
    year = one.bestand.rpartition("/")[2].removesuffix(".yaml")
    told = []
    if stops := here.count(STOP):
        told.append(tekst("beheer.cijfers.stops", aantal=stops))
    if warned := here.count(WAARSCHUWING):
        told.append(tekst("beheer.cijfers.waarschuwingen", aantal=warned))
    word = "bezig" if filled else "te_doen"
    if one.status == VASTGESTELD:
        word = "klaar"
    if stops:
        word = "let_op"
    return Groepbeeld(
        namen.get(one.eigenaar, one.eigenaar),
        Groepsplaats(one.eigenaar, year, one.groep),
        titel_van(one),
        venster_van(one),
        filled,
        len(cells),
        Taakstand(word, " ".join(told)),  # type: ignore[arg-type]
        () if one.ingevuld else wachten(one),
    )


def wachten(groep_: Invulgroep) -> tuple[Wachtbeeld, ...]:
    """Where the figures of a group that are not there yet come from, each source of news once."""
    found: dict[tuple[str, date | None], list[Invulcijfer]] = {}
    for figure in groep_.cijfers:
        if figure.wacht is not None:
            found.setdefault((figure.wacht.naam, figure.uiterlijk), []).append(figure)
    told = []
    for (_, day), figures in found.items():
        awaited = figures[0].wacht
        assert awaited is not None
        labels = tuple(figure.label for figure in figures) if len(found) > 1 else ()
        told.append(
            Wachtbeeld(
                awaited.van,
                awaited.waar,
                awaited.adres,
                awaited.toelichting,
                datum(day) if day is not None else "",
                labels,
            )
        )
    return tuple(told)


class Groepsvorm:
    """One group as its page shows it. ``gegeven`` is what was typed, when the page comes back with it."""

    def __init__(
        self,
        bestanden: Mapping[str, bytes],
        plaats: Groepsplaats,
        keuring: Sequence[Keurbevinding],
        aanvaard: Mapping[str, str],
        gegeven: Mapping[str, str] | None = None,
        told: Ingevoerd | None = None,
    ) -> None:
        self.groep, self.plaats = plaats.groep_in(bestanden), plaats
        self._accepted = aanvaard
        self._expected = verwachtingen(bestanden, plaats.bestand, plaats.groep, int(plaats.jaar))
        self._given, self._told = gegeven or {}, told or Ingevoerd()
        # by place: the code is another one as soon as the value is
        self._reasons = {_place(name[2:]): text for name, text in self._given.items() if name.startswith("r.")}
        here = [one for one in keuring if (one.bestand, one.groep) == (plaats.bestand, plaats.groep)]
        self._found = here
        self._sources = lees(bestanden).bronnen
        self.bron_origineel, self.zekerheid_origineel = groepsbron(self.groep), groepszekerheid(self.groep)
        self.bron = self._given.get("bron", self.bron_origineel)
        self.zekerheid = self._given.get("zekerheid", self.zekerheid_origineel)
        self.nieuwe_bron = {part: self._given.get(f"nb.{part}", "") for part in ("titel", "url", "datum", "vindplaats")}
        self.fouten = self._told.fouten
        self.stops = sum(one.soort == STOP for one in here)
        self.waarschuwingen = sum(one.soort == WAARSCHUWING and one.code not in aanvaard for one in here)
        self.cijfers = tuple(self._figure(figure) for figure in self.groep.cijfers)
        self.bevindingen = self._findings("", "")
        self.zonder_bron = sum(all(figure.cellen.values()) and bool(figure.leeg) for figure in self.groep.cijfers)
        self.wacht = wachten(self.groep)

    @cached_property
    def nabij(self) -> tuple[tuple[str, str], ...]:
        """The sources that the group has or had, and those that came in this year."""
        year = str(self.groep.venster.vanaf.year)
        keys = [key for figure in self.groep.cijfers for key in (*figure.bronnen, *_before(figure))]
        keys += [key for key in self._sources if year in key]
        if self.bron and self.bron != NIEUW:
            keys += self.bron.split(",")
        return tuple((key, self.naam_van(key)) for key in dict.fromkeys(keys) if key in self._sources)

    @cached_property
    def andere(self) -> tuple[tuple[str, str], ...]:
        """Every other source."""
        near = {key for key, _ in self.nabij}
        return tuple(
            sorted(((key, self.naam_van(key)) for key in self._sources if key not in near), key=lambda one: one[1])
        )

    @property
    def zekerheden(self) -> tuple[tuple[str, str], ...]:
        """The certainties, with what each means."""
        words = groep("beheer.zekerheden")
        return tuple((word, words[word]) for word in ZEKERHEDEN)

    def naam_van(self, sleutels: str) -> str:
        """Sources as a choice names them."""
        told = []
        for key in sleutels.split(","):
            parts = self._sources.get(key, {})
            whole = ", ".join(
                part for part in (parts.get("titel", key), parts.get("vindplaats", ""), parts.get("datum", "")) if part
            )
            told.append(whole if len(whole) <= _LABEL_MOST else f"{whole[:_LABEL_MOST]}…")
        return " + ".join(told)

    def _figure(self, figure: Invulcijfer) -> Cijferbeeld:
        own, before = ",".join(figure.bronnen), ",".join(_before(figure))
        choice = GROEP if own in ("", self.bron_origineel) else ZELFDE if own == before else own
        certain = "" if figure.zekerheid in ("", self.zekerheid_origineel) else figure.zekerheid
        choices = [(GROEP, tekst("beheer.cijfers.bron_groep"))]
        if before:
            choices.append((ZELFDE, tekst("beheer.cijfers.bron_zelfde", bron=self.naam_van(before))))
        choices += [(key, name) for key, name in self.nabij]
        if choice not in {key for key, _ in choices}:
            choices.append((choice, self.naam_van(choice)))
        return Cijferbeeld(
            naam=figure.naam,
            label=figure.label,
            eenheid=figure.eenheid,
            soort={"datum": "datum", "waarheid": "ja_nee"}.get(figure.type.kind, "getal"),
            euro=in_euros(figure.type),
            tabel=list(figure.cellen) != [""],
            cellen=tuple(self._cell(figure, cell, text or "") for cell, text in figure.cellen.items()),
            bevindingen=self._findings(figure.naam, "") if list(figure.cellen) != [""] else (),
            bron=self._given.get(f"b.{figure.naam}", choice),
            bron_origineel=own,
            bron_fout=self._fault(f"b.{figure.naam}", figure),
            bronkeuzes=tuple(choices),
            zekerheid=self._given.get(f"z.{figure.naam}", certain),
            zekerheid_origineel=figure.zekerheid,
            zekerheid_fout=self._fault(f"z.{figure.naam}", figure),
            opmerking=self._given.get(f"n.{figure.naam}", figure.opmerking),
            opmerking_origineel=figure.opmerking,
            opmerking_fout=self._fault(f"n.{figure.naam}", figure),
        )

    def _cell(self, figure: Invulcijfer, cell: str, now: str) -> Celbeeld:
        name = f"{figure.naam}.{cell}"
        was = figure.vorige.cellen.get(cell, "") if figure.vorige is not None else ""
        expected = [
            tekst("beheer.cijfers.verwacht_lezing", waarde=shown, lezing=one.lezing)
            if one.lezing
            else tekst("beheer.cijfers.verwacht", waarde=shown)
            for one in self._expected.get((figure.naam, cell), ())
            for shown in [getoond_cijfer(afgerond(one.tekst, was, figure.type), figure.type)]
        ]
        return Celbeeld(
            naam=name,
            label=cell.replace("_", " "),
            was=getoond_cijfer(was, figure.type),
            waarde=self._given.get(f"w.{name}", getoond_cijfer(now, figure.type)),
            origineel=now,
            fout=self._fault(f"w.{name}", figure),
            verwacht=tuple(dict.fromkeys(expected)),
            bevindingen=self._findings(figure.naam, cell),
        )

    def _fault(self, name: str, figure: Invulcijfer) -> str:
        if (now := self._told.botsingen.get(name)) is not None:
            part = name[:1]
            shown = getoond_cijfer(now, figure.type) if part == "w" else self.naam_van(now) if part == "b" else now
            return tekst("beheer.cijfers.botsing", nu=shown or tekst("beheer.cijfers.niets"))
        return self._told.fouten.get(name, "")

    def _findings(self, cijfer: str, cel: str) -> tuple[Bevindingbeeld, ...]:
        return tuple(
            Bevindingbeeld(
                one.soort, one.zegt, one.code, self._accepted.get(one.code, ""), self._reasons.get(_place(one.code), "")
            )
            for one in self._found
            if (one.cijfer, one.cel) == (cijfer, cel)
        )


def _place(code: str) -> str:
    return code.partition("=")[0]


def _before(figure: Invulcijfer) -> tuple[str, ...]:
    return figure.vorige.bronnen if figure.vorige is not None else ()
