"""Reading the blocks of a policy: base, label, low amount, income-dependent increase, exceptions, limits, rounding."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from regels.beleid.banden import band, dekt, lees_tabel
from regels.beleid.blokken import (
    CATEGORIEEN,
    LABELS,
    STATUSSEN_BELEID,
    ZONDER_LABEL,
    Afronding,
    Basis,
    Beleidsband,
    Beleidsgrens,
    Beleidsherkomst,
    Cel,
    Energielabel,
    Iah,
    LaagBedrag,
    LabelRij,
    Uitzondering,
)
from regels.bestanden import Item
from regels.declaraties import Declarations
from regels.regelset import ZEKERHEDEN

ZONDER_GETAL = ("geen", "onbekend", "wettelijk", "volgens_contract")
MET_GETAL = ("procent", "bedrag", "tot_streefhuur")
GRENZEN = ("streefhuur", "kwaliteitskortingsgrens", "aftoppingsgrens", "liberalisatiegrens", "bedrag")
TREFT = ("alles", "basis", "laag_bedrag", "iah")
HOE = ("naar_beneden", "halve_omhoog", "naar_boven")
CENT = Afronding(Decimal("0.01"), "naar_beneden")
_WAARVANDAAN = frozenset({"bron", "zekerheid"})
_JA_NEE = ("ja", "nee", "onbekend")


class DelenLezer:
    """Reads the blocks of one part; ``herkomst`` and ``status`` hold where a block says nothing else.

    ``alleen_gewoon``: the law knows no low amount and no income-dependent increase for the homes of this part.
    """

    def __init__(
        self, declarations: Declarations, herkomst: Beleidsherkomst, status: str, *, alleen_gewoon: bool = False
    ) -> None:
        self.declarations, self.faults, self.only = declarations, declarations.faults, alleen_gewoon
        self.parent, self.status = herkomst, status

    def _herkomst(self, item: Item | None) -> Beleidsherkomst:
        keys = item.value if item is not None and isinstance(item.value, dict) else {}
        return Beleidsherkomst(
            self.declarations.source(keys["bron"]) if "bron" in keys else self.parent.bronnen,
            self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else self.parent.zekerheid,
        )

    # base

    def basis(self, item: Item | None, around: Item) -> Basis:
        """The ordinary increase."""
        if item is None:
            return Basis(Cel("onbekend", None, around.place), self.parent)
        if isinstance(item.value, dict) and "tabel" in item.value:
            keys = self.faults.mapping(item, frozenset({"tabel"}) | _WAARVANDAAN)
            table = lees_tabel(keys["tabel"], self.faults, self.cel)
            return Basis(table or Cel("onbekend", None, item.place), self._herkomst(item))
        return Basis(self.cel(item), self._herkomst(item))

    def cel(self, item: Item) -> Cel:
        """What a home gets: a word, or a number of one kind."""
        faults = self.faults
        if not isinstance(item.value, dict):
            if isinstance(item.value, str) and item.value[:1].isdigit():
                faults.add(item, f"zeg wat '{item.value}' is: {{procent: 3.5}} of {{bedrag: 12.50}}")
                return Cel("onbekend", None, item.place)
            return Cel(faults.word(item, ZONDER_GETAL), None, item.place)
        keys = faults.mapping(item, frozenset({*MET_GETAL, "is", *_WAARVANDAAN}))
        kinds = [key for key in (*MET_GETAL, "is") if key in keys]
        if len(kinds) != 1:
            faults.add(
                item, f"schrijf hier één van {', '.join(MET_GETAL)}, of een van de woorden {', '.join(ZONDER_GETAL)}"
            )
            return Cel("onbekend", None, item.place)
        kind = kinds[0]
        if kind == "is":
            return Cel(faults.word(keys["is"], ZONDER_GETAL), None, item.place)
        if kind == "tot_streefhuur":
            inner = faults.mapping(keys[kind], frozenset({"hoogstens"}), frozenset({"hoogstens"}))
            most = inner.get("hoogstens")
            lawful = most is None or most.value == "wettelijk"
            return Cel(kind, None if lawful or most is None else self._positief(most), item.place)
        return Cel(kind, self._positief(keys[kind]), item.place)

    def _positief(self, item: Item) -> Decimal:
        found = self.faults.number(item)
        if found < 0:
            self.faults.add(item, "dit is lager dan 0; een verlaging hoort niet in een huurronde")
        return found

    # label

    def energielabel(self, item: Item) -> Energielabel | None:
        """How the label counts; ``onbekend`` is as if nothing was said."""
        faults = self.faults
        if item.value == "onbekend":
            return None
        known = frozenset(
            {"rijen", "status", "peildatum", "bij_twijfel", "stopt_iah", "stopt_laag_bedrag", *_WAARVANDAAN}
        )
        keys = faults.mapping(item, known, frozenset({"rijen"}))
        if "rijen" not in keys:
            return None
        status = faults.word(keys["status"], STATUSSEN_BELEID) if "status" in keys else self.status
        rows = tuple(self._labelrij(row, status) for row in faults.items(keys["rijen"]))
        dekt("energielabel", [label for row in rows for label in row.labels], keys["rijen"], faults)
        words = ("voorleggen", "telt", "als_slechtste")
        return Energielabel(
            status=status,
            rijen=rows,
            peildatum=self._peildatum(keys.get("peildatum")),
            bij_twijfel=faults.word(keys["bij_twijfel"], words) if "bij_twijfel" in keys else "voorleggen",
            stopt_iah=faults.word(keys["stopt_iah"], _JA_NEE) if "stopt_iah" in keys else "onbekend",
            stopt_laag_bedrag=faults.word(keys["stopt_laag_bedrag"], _JA_NEE)
            if "stopt_laag_bedrag" in keys
            else "onbekend",
            herkomst=self._herkomst(item),
        )

    def _labelrij(self, item: Item, status: str) -> LabelRij:
        faults = self.faults
        known = frozenset({"is", "krijgt", "status", "besluit_voor", "naam"})
        keys = faults.mapping(item, known, frozenset({"is", "krijgt"}))
        labels = (
            tuple(faults.word(word, (*LABELS, ZONDER_LABEL)) for word in faults.items(keys["is"]))
            if "is" in keys
            else ()
        )
        kind, percent = "onbekend", None
        gets = keys.get("krijgt")
        if gets is not None and isinstance(gets.value, dict):
            inner = faults.mapping(gets, frozenset({"procent"}), frozenset({"procent"}))
            if "procent" in inner:
                kind, percent = "procent", self._positief(inner["procent"])
        elif gets is not None:
            kind = faults.word(gets, ("gewoon", "niet", "ontzien", "onbekend"))
        own = faults.word(keys["status"], STATUSSEN_BELEID) if "status" in keys else status
        if ZONDER_LABEL in labels and len(labels) > 1 and kind == "onbekend":
            faults.add(item, "zonder_label: onbekend hoort in een eigen rij")
        return LabelRij(
            labels=labels,
            soort=kind,
            procent=percent,
            status=own,
            besluit_voor=faults.day(keys["besluit_voor"]) if "besluit_voor" in keys else None,
            naam=faults.text(keys["naam"]) if "naam" in keys else "",
            plaats=item.place,
        )

    def _peildatum(self, item: Item | None) -> date | str | None:
        if item is None or item.value == "onbekend":
            return None
        return str(item.value) if item.value in ("contract", "ingangsdatum") else self.faults.day(item)

    # low amount and income

    def laag_bedrag(self, item: Item | None, around: Item) -> LaagBedrag:
        """The amount that comes instead of the base under a limit."""
        if item is None or self._kan_niet(item):
            return LaagBedrag("nee" if self.only else "onbekend", None, None, self.parent, around.place)
        if not isinstance(item.value, dict):
            kind = self.faults.word(item, ("wettelijk", "nee", "onbekend"))
            return LaagBedrag(kind, None, None, self.parent, item.place)
        wanted = frozenset({"bedrag", "onder"})
        keys = self.faults.mapping(item, wanted | _WAARVANDAAN, wanted)
        if not wanted <= keys.keys():
            return LaagBedrag("onbekend", None, None, self.parent, item.place)
        amount, under = self._positief(keys["bedrag"]), self._positief(keys["onder"])
        return LaagBedrag("bedrag", amount, under, self._herkomst(item), item.place)

    def _kan_niet(self, item: Item) -> bool:
        if self.only and item.value != "nee":
            self.faults.add(item, "bij deze woningen bestaat dit niet; schrijf nee, of laat het weg")
        return self.only

    def iah(self, item: Item | None, around: Item) -> Iah:
        """The income-dependent increase."""
        place = around.place if item is None else item.place
        unknown = {name: Cel("geen" if self.only else "onbekend", None, place) for name in CATEGORIEEN}
        if item is None or self._kan_niet(item):
            return Iah(unknown, None, "onbekend", self.parent)
        if not isinstance(item.value, dict):
            if item.value not in ("nee", "onbekend"):
                self.faults.add(
                    item,
                    f"'{item.value}' kan hier niet; schrijf nee, onbekend, of {{midden: wettelijk, hoog: wettelijk}}",
                )
                return Iah(unknown, None, "onbekend", self.parent)
            word = self.faults.word(item, ("nee", "onbekend"))
            per = {name: Cel("geen", None, place) for name in CATEGORIEEN} if word == "nee" else unknown
            return Iah(per, None, "onbekend", self.parent)
        known = frozenset({*CATEGORIEEN, "alleen_als", "minstens_basis"}) | _WAARVANDAAN
        keys = self.faults.mapping(item, known, frozenset(CATEGORIEEN))
        per = {name: self._iah_cel(keys[name]) for name in CATEGORIEEN if name in keys}
        minimum = self.faults.word(keys["minstens_basis"], _JA_NEE) if "minstens_basis" in keys else "onbekend"
        return Iah(unknown | per, keys.get("alleen_als"), minimum, self._herkomst(item))

    def _iah_cel(self, item: Item) -> Cel:
        cell = self.cel(item)
        if cell.soort in ("tot_streefhuur", "volgens_contract"):
            self.faults.add(item, "een categorie krijgt een bedrag, een procent, wettelijk, geen of onbekend")
        return cell

    # exceptions, limits, rounding

    def uitzondering(self, item: Item) -> Uitzondering:
        """An exception; it says what it touches, so that nothing has to be guessed."""
        faults = self.faults
        wanted = frozenset({"als", "treft", "gevolg", "tekst"})
        keys = faults.mapping(item, wanted | _WAARVANDAAN, wanted)
        empty = Item(item.place, "-")
        kind, percent = "geen", None
        result = keys.get("gevolg", empty)
        if isinstance(result.value, dict):
            inner = faults.mapping(result, frozenset({"procent", "hoogstens"}))
            if len(inner) == 1:
                kind = next(iter(inner))
                percent = self._positief(inner[kind])
            else:
                faults.add(result, "een gevolg is geen, of één van procent en hoogstens")
        elif "gevolg" in keys:
            faults.word(result, ("geen",))
        touches = (
            frozenset(faults.word(word, TREFT) for word in faults.items(keys["treft"]))
            if "treft" in keys
            else frozenset()
        )
        if "alles" in touches and len(touches) > 1:
            faults.add(keys["treft"], "'alles' staat alleen")
        return Uitzondering(
            als=keys.get("als", Item(item.place, "nee")),
            treft=touches,
            gevolg=kind,
            procent=percent,
            tekst=faults.text(keys["tekst"]) if "tekst" in keys else "",
            herkomst=self._herkomst(item),
            plaats=item.place,
        )

    def grens(self, item: Item) -> Beleidsgrens:
        """A limit; ``bedrag`` needs its amount."""
        faults = self.faults
        keys = faults.mapping(
            item, frozenset({"grens", "bedrag", "inkomen", "personen"}) | _WAARVANDAAN, frozenset({"grens"})
        )
        kind = faults.word(keys["grens"], GRENZEN) if "grens" in keys else "bedrag"
        if (kind == "bedrag") != ("bedrag" in keys):
            faults.add(item, "bij grens: bedrag hoort 'bedrag', en alleen daarbij")
        words = ("laag", "midden", "hoog", "geen")
        return Beleidsgrens(
            soort=kind,
            bedrag=self._positief(keys["bedrag"]) if "bedrag" in keys else None,
            categorieen=tuple(faults.word(w, words) for w in faults.items(keys["inkomen"]))
            if "inkomen" in keys
            else (),
            personen=band(keys["personen"], faults) if "personen" in keys else Beleidsband(),
            herkomst=self._herkomst(item),
            plaats=item.place,
        )

    def afronding(self, item: Item | None) -> Afronding:
        """How the new rent is rounded: to the cent, down, unless the landlord says otherwise."""
        if item is None or item.value == "cent":
            return CENT
        keys: Mapping[str, Item] = self.faults.mapping(item, frozenset({"op", "hoe"}), frozenset({"op", "hoe"}))
        if not {"op", "hoe"} <= keys.keys():
            return CENT
        step = self.faults.number(keys["op"])
        if step < Decimal("0.01") or step % Decimal("0.01"):
            self.faults.add(keys["op"], "een huur is in hele centen; schrijf bijvoorbeeld 0.05")
            step = CENT.op
        return Afronding(step, self.faults.word(keys["hoe"], HOE))
