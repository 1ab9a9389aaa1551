"""What a landlord decided for one rent round, as values: the blocks of ``beleid/<ronde>.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regels.bestanden import Item, Place

STATUSSEN_BELEID = ("vastgesteld", "voornemen", "verwacht", "onbekend")
REKENT = "vastgesteld"
SEGMENTEN = ("sociaal", "kamer", "woonwagen", "middenhuur", "vrije_sector", "garage")
GEREGULEERD = ("sociaal", "kamer", "woonwagen")
LABELS = ("A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
ZONDER_LABEL = "zonder_label"
CATEGORIEEN = ("midden", "hoog")


@dataclass(frozen=True, slots=True)
class Beleidsherkomst:
    """Where something stands, and how sure it is."""

    bronnen: tuple[str, ...]
    zekerheid: str


@dataclass(frozen=True, slots=True)
class Cel:
    """What a home gets: ``procent`` and ``bedrag`` with a value, ``tot_streefhuur`` with at most that percentage.

    ``tot_streefhuur`` without a value goes at most as far as the law. The others have no value.
    """

    soort: str
    waarde: Decimal | None
    plaats: Place


@dataclass(frozen=True, slots=True)
class Beleidsband:
    """A stretch of a number; an edge that is missing is open."""

    onder: Decimal | None = None
    onder_mee: bool = False
    boven: Decimal | None = None
    boven_mee: bool = False


@dataclass(frozen=True, slots=True)
class Beleidsrij:
    """A row of a table: for these words or this stretch, a cell or the rows of the second dimension."""

    voor: tuple[str, ...] | Beleidsband
    krijgt: "Cel | Beleidstabel"


@dataclass(frozen=True, slots=True)
class Beleidstabel:
    """Rows over one dimension, which together hold every home exactly once."""

    naar: str
    afgerond_op: Decimal | None
    rijen: tuple[Beleidsrij, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """The ordinary increase."""

    krijgt: Cel | Beleidstabel
    herkomst: Beleidsherkomst

    @property
    def rekent(self) -> bool:
        """Whether some home gets an increase that can be computed."""
        return any(cel.soort not in ("onbekend", "volgens_contract") for cel in cellen(self.krijgt))


@dataclass(frozen=True, slots=True)
class LabelRij:
    """What these labels get: ``gewoon``, ``niet``, ``procent``, ``ontzien`` (how much is not known) or ``onbekend``."""

    labels: tuple[str, ...]
    soort: str
    procent: Decimal | None
    status: str
    besluit_voor: date | None
    naam: str
    plaats: Place

    @property
    def ontziet(self) -> bool:
        """Whether these labels are spared."""
        return self.soort in ("niet", "procent", "ontzien")


@dataclass(frozen=True, slots=True)
class Energielabel:
    """How the label counts. ``stopt_*`` has no default: while it is not said, ``onbekend``."""

    status: str
    rijen: tuple[LabelRij, ...]
    peildatum: date | str | None
    bij_twijfel: str
    stopt_iah: str
    stopt_laag_bedrag: str
    herkomst: Beleidsherkomst

    def van(self, *soorten: str) -> tuple[str, ...]:
        """The labels that get one of these."""
        return tuple(label for rij in self.rijen if rij.soort in soorten for label in rij.labels)

    @property
    def ontziet(self) -> tuple[str, ...]:
        """The labels that are spared."""
        return tuple(label for rij in self.rijen if rij.ontziet for label in rij.labels)

    @property
    def onderscheidt(self) -> bool:
        """Whether not all labels get the same."""
        return len({(rij.soort, rij.procent, rij.status) for rij in self.rijen}) > 1


@dataclass(frozen=True, slots=True)
class LaagBedrag:
    """An amount instead of the base under a limit: ``wettelijk``, ``nee``, ``onbekend`` or ``bedrag``."""

    soort: str
    bedrag: Decimal | None
    onder: Decimal | None
    herkomst: Beleidsherkomst
    plaats: Place


@dataclass(frozen=True, slots=True)
class Iah:
    """The income-dependent increase: a cell for each category; ``geen`` and ``onbekend`` are cells too."""

    per: Mapping[str, Cel]
    alleen_als: Item | None
    minstens_basis: str
    herkomst: Beleidsherkomst

    def categorieen(self, *soorten: str) -> tuple[str, ...]:
        """The categories that have a cell of one of these kinds."""
        return tuple(naam for naam, cel in self.per.items() if cel.soort in soorten)


@dataclass(frozen=True, slots=True)
class Uitzondering:
    """An exception: when, what it touches, what follows, and its words."""

    als: Item
    treft: frozenset[str]
    gevolg: str
    procent: Decimal | None
    tekst: str
    herkomst: Beleidsherkomst
    plaats: Place


@dataclass(frozen=True, slots=True)
class Beleidsgrens:
    """A limit that the new rent does not pass."""

    soort: str
    bedrag: Decimal | None
    categorieen: tuple[str, ...]
    personen: Beleidsband
    herkomst: Beleidsherkomst
    plaats: Place


@dataclass(frozen=True, slots=True)
class Afronding:
    """How the new rent is rounded."""

    op: Decimal
    hoe: str


@dataclass(frozen=True, slots=True)
class Gezegd:
    """A percentage that is told and never computed: of most tenants, or the average."""

    procent: Decimal
    herkomst: Beleidsherkomst
    plaats: Place


@dataclass(frozen=True, slots=True)
class Beleidsdeel:
    """What holds for some segments; without segments for every home."""

    voor: tuple[str, ...]
    basis: Basis
    energielabel: Energielabel | None
    laag_bedrag: LaagBedrag
    iah: Iah
    uitzonderingen: tuple[Uitzondering, ...]
    tot: tuple[Beleidsgrens, ...]
    afronding: Afronding
    gemiddeld: Gezegd | None
    meeste: Gezegd | None
    op_verzoek: tuple[Item, ...]
    plaats: Place

    def treffend(self, wat: str) -> tuple[Uitzondering, ...]:
        """The exceptions that touch ``wat``, in order."""
        return tuple(u for u in self.uitzonderingen if wat in u.treft)


@dataclass(frozen=True, slots=True)
class Gebeurd:
    """One line of the history of a round: which status it had, since when, and by what source."""

    status: str
    op: date
    bronnen: tuple[str, ...]
    tekst: str


@dataclass(frozen=True, slots=True)
class Beleid:
    """What one landlord decided, meant or is expected to do in one round."""

    verhuurder: str
    ronde: int
    status: str
    besluit_voor: date | None
    besloten_op: date | None
    ingangsdatum: date
    geschiedenis: tuple[Gebeurd, ...]
    delen: tuple[Beleidsdeel, ...]
    toelichting: tuple[Item, ...]
    woorden: Mapping[str, Mapping[str, Item]]
    herkomst: Beleidsherkomst
    plaats: Place

    @property
    def id(self) -> str:
        """The start of the names of what is written for it."""
        return f"{self.verhuurder.replace('-', '_')}_{self.ronde}"


def cellen(krijgt: Cel | Beleidstabel) -> tuple[Cel, ...]:
    """Every cell of a table, or the one cell."""
    if isinstance(krijgt, Cel):
        return (krijgt,)
    return tuple(cel for rij in krijgt.rijen for cel in cellen(rij.krijgt))
