"""What a decision is called, what the tenant reads about its outcome, and how it is presented.

The answer itself (``Conclusie.tekst`` and its reasons) is written for staff. In ``teksten.yaml`` of an owner each of
its decisions has a short title, the legal term with a gloss, and for every outcome a text in plain Dutch. A text may
have variants: the first one of which all values are known is used, and the last one needs none. A rule may have a text
of its own, where one outcome comes from rules with different meanings; a landlord gives the texts of the rules that it
adds to a decision of another owner.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from regels.bestanden import Faults, Item, Place

if TYPE_CHECKING:
    from regels.rekening import Rekening
    from regels.uitslag import Conclusie

BESTAND: Final = "teksten.yaml"
# the ways in to the form, of each of which the bar follows some decisions
INGANGEN: Final = ("huurder", "woning", "zoeken", "opzoeken")
# what a picture or a table does with a decision: the role, and the value of the decision that fills it
HUREN: Final = (
    "oud",
    "nieuw",
    "erbij",
    "gewoon",
    "gewoon_erbij",
    "besloten",
    "besloten_erbij",
    "punten",
    "voorstel",
)
HUURRUIMTE: Final = ("klasse", "passend", "hoogste", "toeslag")
PORTEFEUILLE: Final = ("klasse", "oude_huur", "laag_inkomen", "bezwaar", "bezoek", "telt")
ZONDER_WAARDE: Final = ("bezwaar", "telt")  # these say their place among those with the same role
_PLACEHOLDER = re.compile(r"\{([a-z][A-Za-z_]*)\}", re.ASCII)
# the distance to a limit has a sign in the answer; here the sentence says on which side it lies
_DISTANCE = "marge"

# before and between what differs among rules that may all apply
EEN_VAN: Final = "Een van deze dingen geldt voor u."
OF: Final = " Of: "

Varianten = tuple[str, ...]


class TekstFout(Exception):
    """A text that does not exist, or that was given other values than it has places for: a fault in the product."""


def plaatsen(text: str) -> frozenset[str]:
    """The names of the places for values in ``text``."""
    return frozenset(_PLACEHOLDER.findall(text))


def check_text(item: Item, faults: Faults, text: str | None = None) -> str:
    """The text in ``item`` (or ``text`` in its place); a brace that marks no place for a value is a fault."""
    found = faults.text(item) if text is None else text
    if re.search(r"[{}]", _PLACEHOLDER.sub("", found)):
        faults.add(item, "een plaats voor een waarde is een naam tussen accolades: {naam}")
    return found


@dataclass(frozen=True, slots=True)
class Beeldrol:
    """The part of a decision in the pictures: a row of incomes, rungs of the ladder (value to name), the rents."""

    inkomen: str = ""
    ladder: Mapping[str, str] = field(default_factory=dict)
    ladder_huur: str = ""
    huren: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Eersterol:
    """The place of a decision on the first screen of an entrance, and the value it shows there.

    ``op`` is the value with the day from which that holds. With ``zonder`` it stands in for that decision, and is not
    shown where that one is known.
    """

    bij: Mapping[str, int] = field(default_factory=dict)
    waarde: str = ""
    op: str = ""
    zonder: str = ""


@dataclass(frozen=True, slots=True)
class BesluitTekst:
    """The texts of one decision; ``huurder`` by outcome, ``per_regel`` by the name of a rule.

    ``overzicht`` is its place among the main things of the overview (0: a link below them), ``balk`` its place in the
    bar of each entrance, ``eerst`` that on its first screen, ``waarom`` the sums that tell how its amount came to be.
    ``duur`` says how long a scheme takes. ``huurruimte`` and ``portefeuille`` say by role which value they use.
    """

    titel: str = ""
    vakterm: str = ""
    toelichting: str = ""
    overzicht: int = 0
    alleen_medewerker: bool = False
    kort: str = ""
    balk: Mapping[str, int] = field(default_factory=dict)
    balk_waarde: str = ""
    eerst: Eersterol = Eersterol()
    duur: str = ""
    papier: tuple[str, ...] = ()
    papier_onbekend: tuple[str, ...] = ()
    beeld: Beeldrol = Beeldrol()
    huurruimte: Mapping[str, str] = field(default_factory=dict)
    portefeuille: Mapping[str, str] = field(default_factory=dict)
    huurder: Mapping[str, Varianten] = field(default_factory=dict)
    per_regel: Mapping[str, Varianten] = field(default_factory=dict)
    waarom: "tuple[Rekening, ...]" = ()
    plaats: Place = Place(BESTAND, 1)  # noqa: RUF009 - likewise


@dataclass(frozen=True)
class Teksten:
    """The texts of all decisions of a rule set, and what is said of an outcome for which a decision has none."""

    standaard: Mapping[str, Varianten]
    besluiten: Mapping[str, BesluitTekst]

    def van(self, id: str) -> BesluitTekst:
        """The texts of a decision. Raises :class:`TekstFout`."""
        if id not in self.besluiten:
            raise TekstFout(f"het besluit '{id}' heeft geen teksten in {BESTAND}")
        return self.besluiten[id]

    def titel(self, id: str) -> str:
        """A few words for overviews. Raises :class:`TekstFout`."""
        return self.van(id).titel

    def vakterm(self, id: str) -> str:
        """What the law or the sector calls it. Raises :class:`TekstFout`."""
        return self.van(id).vakterm

    def toelichting(self, id: str) -> str:
        """What the legal term means, for staff. Raises :class:`TekstFout`."""
        return self.van(id).toelichting

    def varianten(self, id: str, uitkomst: str, regel: str | None = None) -> Varianten:
        """The texts for an outcome of a decision, by this rule where there is one. Raises :class:`TekstFout`."""
        found = self.gevonden(id, uitkomst, regel)
        if not found:
            raise TekstFout(f"'{id}' heeft geen tekst voor de uitkomst '{uitkomst}' (regel '{regel}')")
        return found

    def gevonden(self, id: str, uitkomst: str, regel: str | None) -> Varianten:
        """As :meth:`varianten`, and empty when there is no text."""
        own = self.van(id)
        return own.per_regel.get(regel or "") or own.huurder.get(uitkomst) or self.standaard.get(uitkomst) or ()

    def huurder(self, conclusie: "Conclusie") -> str:
        """What the tenant reads about ``conclusie``. Raises :class:`TekstFout` when there is no text for it.

        Where rules that may all apply agree on the outcome and say something else of it, all of that is said.
        """
        rules = conclusie.regel or [reason.regel for reason in conclusie.redenen[:1]] or [""]
        values = {shown.naam: shown.tekst for shown in conclusie.weergave}
        if _DISTANCE in values:
            values[_DISTANCE] = values[_DISTANCE].replace("-", "")
        said = dict.fromkeys(self._said(conclusie, rule, values) for rule in rules)
        return f"{EEN_VAN} {OF.join(said)}" if len(said) > 1 else next(iter(said))

    def _said(self, conclusie: "Conclusie", regel: str, values: Mapping[str, str]) -> str:
        texts = self.varianten(conclusie.id, conclusie.uitkomst, regel)
        return next(text for text in texts if plaatsen(text) <= values.keys()).format_map(values)

    @cached_property
    def hoofdzaken(self) -> tuple[str, ...]:
        """What a household comes for, in the order of the overview; all else is a link below it."""
        return tuple(sorted((id for id, own in self.besluiten.items() if own.overzicht), key=self._weight))

    def _weight(self, id: str) -> int:
        return self.besluiten[id].overzicht

    def balk(self, ingang: str) -> tuple[str, ...]:
        """The decisions that the bar of an entrance follows, in order."""
        shown = [id for id, own in self.besluiten.items() if ingang in own.balk]
        return tuple(sorted(shown, key=lambda id: self.besluiten[id].balk[ingang]))

    def eerst(self, ingang: str) -> tuple[str, ...]:
        """The decisions on the first screen of an entrance, in order; where none are named those of its bar."""
        shown = [id for id, own in self.besluiten.items() if ingang in own.eerst.bij]
        return tuple(sorted(shown, key=lambda id: self.besluiten[id].eerst.bij[ingang])) or self.balk(ingang)

    def met_rol(self, rol: str) -> dict[str, str]:
        """The decisions that have a role in the portfolio, with the value that fills it."""
        found = {id: own.portefeuille[rol] for id, own in self.besluiten.items() if rol in own.portefeuille}
        return dict(sorted(found.items(), key=lambda item: item[1])) if rol in ZONDER_WAARDE else found

    def in_huurruimte(self, rol: str) -> tuple[str, str]:
        """The one decision with a role in the table of rents, and its value; empty when there is none."""
        found = ((id, own.huurruimte[rol]) for id, own in self.besluiten.items() if rol in own.huurruimte)
        return next(found, ("", ""))
