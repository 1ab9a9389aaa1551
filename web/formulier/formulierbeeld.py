"""What the templates see of the form: its fields, the rows of people, the sections, and what is wrong."""

from dataclasses import dataclass

from web.formulier.indeling import Ingang, Sectie
from web.formulier.rijen import Deel, Strookrij
from web.raamwerk.teksten import tekst

# an answer of fewer letters is shown with its label
_SAYS_ENOUGH = 4
LEEFTIJD = "leeftijd"


@dataclass(frozen=True, slots=True)
class Vak:
    """One field on the form. ``opties`` are (value, words); ``leeg`` says what is taken while it is empty.

    ``delen`` are the three fields of a date that is asked in three. ``waarom`` says to the tenant why it is asked.
    """

    id: str
    naam: str
    soort: str
    label: str
    eenheid: str
    achter: str
    hint: str
    hint_id: str
    leeg: str
    tekst: str
    opties: tuple[tuple[str, str], ...]
    fout: str
    gelezen: str
    waarde: str
    delen: tuple[Deel, ...] = ()
    waarom: str = ""

    @property
    def beschreven(self) -> str:
        """The value of ``aria-describedby``."""
        own = {"leeg": self.leeg, "fout": self.fout, "gelezen": self.gelezen}
        return " ".join([self.hint_id, *(f"{self.id}-{part}" for part, text in own.items() if text)])

    @property
    def in_plaats(self) -> bool:
        """Whether it is asked in the place of the date before it, as long as that is empty."""
        return self.naam.endswith(f".{LEEFTIJD}")

    @property
    def kort(self) -> str:
        """What was answered, in a few words; with its label where the answer alone says nothing."""
        if self.soort == "ja_nee" or len(self.waarde) < _SAYS_ENOUGH:
            return tekst("invoer.kort.met_label", label=self.label.rstrip("?"), waarde=self.waarde)
        return self.waarde


@dataclass(frozen=True, slots=True)
class Formulierrij:
    """The fields of one person: those in front, those that fold away, the income slips, and what follows from them.

    ``ingevuld``: something behind the fold was filled in, or is wrong. ``dicht``: the person is one line, with
    what was answered (``kort``).
    """

    index: int
    titel: str
    dicht: bool
    kort: str
    vakken: tuple[Vak, ...]
    meer: tuple[Vak, ...]
    stroken: tuple[Strookrij, ...]
    volledig: str
    afgeleid: tuple[str, ...]

    @property
    def ingevuld(self) -> bool:
        """Whether the fold is open from the start."""
        return bool(self.stroken) or any(box.tekst or box.fout for box in self.meer)


@dataclass(frozen=True, slots=True)
class Blok:
    """A fieldset with its fields, or with a row for each person. ``aannamen`` is what holds while a row is empty.

    ``dicht``: it is folded to one line, with what was answered in it (``kort``). ``open``: the rest of it is not.
    """

    sectie: Sectie
    vakken: tuple[Vak, ...]
    meer: tuple[Vak, ...]
    rijen: tuple[Formulierrij, ...]
    aannamen: tuple[str, ...]
    fout: str
    open: bool
    dicht: bool
    kort: tuple[str, ...]

    @property
    def gevuld(self) -> bool:
        """Whether something was filled in, or is wrong."""
        return any(self.kort) or not self.dicht

    @property
    def kan_eraf(self) -> bool:
        """Whether a person can be taken away: one always stays."""
        return len(self.rijen) > 1


@dataclass(frozen=True, slots=True)
class Foutregel:
    """A fault in the summary on top, with the anchor it leads to."""

    anker: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Formulierbeeld:
    """Everything on the form."""

    ingang: Ingang
    blokken: tuple[Blok, ...]
    kan_erbij: bool
    fouten: tuple[Foutregel, ...]
    ingevuld: tuple[tuple[str, str], ...]

    @property
    def vragen(self) -> tuple[Blok, ...]:
        """The sections that are asked in front."""
        return tuple(block for block in self.blokken if block.sectie.velden)

    @property
    def verder(self) -> tuple[Blok, ...]:
        """The sections of one line each, for who has something to add."""
        return tuple(block for block in self.blokken if not block.sectie.velden and not block.sectie.elders)

    @property
    def gevuld(self) -> tuple[Blok, ...]:
        """Those of ``verder`` in which something stands."""
        return tuple(block for block in self.verder if block.gevuld)

    @property
    def leeg(self) -> tuple[Blok, ...]:
        """Those of ``verder`` in which nothing stands: together they are one line."""
        return tuple(block for block in self.verder if not block.gevuld)

    @property
    def elders(self) -> tuple[Blok, ...]:
        """The sections that matter at another entrance."""
        return tuple(block for block in self.blokken if block.sectie.elders)
