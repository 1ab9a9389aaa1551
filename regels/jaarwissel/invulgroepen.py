"""What a new year asks to be filled in, group by group, with what it was before and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from regels.eenheden import Type
from regels.jaarwissel.aankondiging import Aankondiging
from regels.jaarwissel.jaarbestanden import VASTGESTELD, Jaarbestanden, Jaarcijfer, lees
from regels.jaarwissel.jaarkennis import Kennis, kennis_van
from regels.venster import Venster


@dataclass(frozen=True, slots=True)
class Vorige:
    """A figure in the window before: its cells as they stand in that file."""

    cellen: Mapping[str, str]
    venster: Venster
    bestand: str
    bronnen: tuple[str, ...]
    zekerheid: str


@dataclass(frozen=True, slots=True)
class Invulcijfer:
    """A figure to fill in. A cell has the key of the table, or an empty one where there is no table; None is empty.

    ``wacht`` says from whom it comes and where it is published, ``uiterlijk`` by which day.
    """

    naam: str
    label: str
    eenheid: str
    type: Type
    cellen: Mapping[str, str | None]
    venster: Venster
    status: str
    bronnen: tuple[str, ...]
    zekerheid: str
    opmerking: str
    vorige: Vorige | None
    wacht: Aankondiging | None
    uiterlijk: date | None
    leeg: tuple[str, ...]
    regel: int


@dataclass(frozen=True, slots=True)
class Invulgroep:
    """A group of figures of one owner that hold in one window, and are published together.

    With status ``concept`` it does not exist for the answers: one figure that is missing keeps all of it out.
    """

    eigenaar: str
    bestand: str
    groep: str
    venster: Venster
    status: str
    cijfers: tuple[Invulcijfer, ...]

    @property
    def ingevuld(self) -> bool:
        """Whether every figure of it has its values, source and certainty."""
        return not any(figure.leeg for figure in self.cijfers)


def invulling(bestanden: Mapping[str, bytes], jaar: int | None = None) -> tuple[Invulgroep, ...]:
    """The groups in the files of ``jaar`` (the newest there is), and every draft of a group in another year."""
    files = lees(bestanden)
    knowledge = kennis_van(files)
    return _grouped(files, knowledge, list(files.van_jaar(files.nieuwste if jaar is None else jaar)))


def _grouped(files: Jaarbestanden, knowledge: Kennis, found: list[Jaarcijfer]) -> tuple[Invulgroep, ...]:
    groups: dict[tuple[str, str], list[Jaarcijfer]] = {}
    for one in found:
        groups.setdefault((one.bestand, one.groep), []).append(one)
    return tuple(_group(files, knowledge, key, figures) for key, figures in groups.items())


def _group(files: Jaarbestanden, knowledge: Kennis, key: tuple[str, str], figures: list[Jaarcijfer]) -> Invulgroep:
    window, status = files.groepen.get(key, (figures[0].venster, VASTGESTELD))
    return Invulgroep(
        eigenaar=figures[0].eigenaar,
        bestand=key[0],
        groep=key[1],
        venster=window,
        status=status,
        cijfers=tuple(_figure(files, knowledge, one) for one in figures),
    )


def _figure(files: Jaarbestanden, knowledge: Kennis, one: Jaarcijfer) -> Invulcijfer:
    before = files.voor(one)
    awaited = knowledge.wacht_op(one.naam)
    return Invulcijfer(
        naam=one.naam,
        label=one.label,
        eenheid=one.eenheid,
        type=one.type,
        cellen={cell: text or None for cell, text in one.cellen.items()},
        venster=one.venster,
        status=one.status,
        bronnen=one.bronnen,
        zekerheid=one.zekerheid,
        opmerking=one.opmerking,
        vorige=None
        if before is None
        else Vorige(before.cellen, before.venster, before.bestand, before.bronnen, before.zekerheid),
        wacht=awaited,
        uiterlijk=None if awaited is None else awaited.dag(one.venster.vanaf),
        leeg=one.leeg,
        regel=one.regel,
    )
