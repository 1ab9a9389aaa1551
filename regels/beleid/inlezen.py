"""Reading ``beleid/<ronde>.yaml``: every key checked, every fault with its line, nothing taken for granted."""

import re
from collections.abc import Mapping
from datetime import date

from regels.beleid.blokken import SEGMENTEN, STATUSSEN_BELEID, Beleid, Beleidsdeel, Beleidsherkomst, Gebeurd, Gezegd
from regels.beleid.delen import DelenLezer
from regels.bestanden import Faults, Item
from regels.declaraties import Declarations
from regels.regelset import ZEKERHEDEN

BESTAND = re.compile(r"(?P<verhuurder>[^/]+)/beleid/(?P<ronde>\d{4})\.yaml")
BESLUITEN = ("huurverhoging-beleid", "efg-ontzien")
_BELEID = frozenset(
    {
        "status",
        "besluit_voor",
        "besloten_op",
        "ingangsdatum",
        "geschiedenis",
        "onderdelen",
        "toelichting",
        "woorden",
        "bron",
        "zekerheid",
    }
)
_DEEL = frozenset(
    {
        "voor",
        "basis",
        "energielabel",
        "laag_bedrag",
        "iah",
        "uitzonderingen",
        "tot",
        "op_verzoek",
        "gemiddeld",
        "meeste",
        "afronding",
        "bron",
        "zekerheid",
    }
)
_WOORDEN = frozenset({"zegt", "omdat", "vervolg", "bron", "zekerheid"})


def lees_beleid(name: str, root: Item, declarations: Declarations) -> Beleid | None:
    """The policy in the file called ``name``; None when it is too broken to go on with. Faults are collected."""
    match = BESTAND.fullmatch(name)
    if match is None:
        declarations.faults.add(root, "beleid staat in <verhuurder>/beleid/<jaar van de ronde>.yaml")
        return None
    return _Lezer(declarations, match["verhuurder"], int(match["ronde"])).beleid(root)


class _Lezer:
    def __init__(self, declarations: Declarations, verhuurder: str, ronde: int) -> None:
        self.declarations, self.faults = declarations, declarations.faults
        self.verhuurder, self.ronde = verhuurder, ronde

    def beleid(self, root: Item) -> Beleid | None:
        faults = self.faults
        keys = faults.mapping(root, _BELEID, frozenset({"status"}))
        landlords = self.declarations.velden.get("verhuurder")
        if landlords is not None and self.verhuurder not in landlords.waarden:
            where = f"zet in {self.verhuurder}/eigenaar.yaml 'soort: corporatie'"
            faults.add(
                root, f"'{self.verhuurder}' is geen verhuurder; {where}, of kies uit {', '.join(landlords.waarden)}"
            )
            return None  # a rule that names it would be a fault of its own, elsewhere
        if "status" not in keys:
            return None
        status = faults.word(keys["status"], STATUSSEN_BELEID)
        origin = self._herkomst(keys, Beleidsherkomst((), "officieel"))
        start = self._start(keys, root)
        decided = faults.day(keys["besloten_op"]) if "besloten_op" in keys else None
        if (
            status == "vastgesteld"
            and decided is None
            and "besloten_op" not in keys
            and origin.zekerheid == "officieel"
        ):
            faults.add(root, "'besloten_op' ontbreekt; beleid dat is vastgesteld heeft een dag waarop dat gebeurde")
        if status in STATUSSEN_BELEID and status != "vastgesteld" and "besloten_op" in keys:
            faults.add(keys["besloten_op"], f"met status {status} is er nog geen besluit")
        if "onderdelen" not in keys and status == "vastgesteld":
            faults.add(root, "'onderdelen' ontbreekt: wat is er vastgesteld?")
        if status != "onbekend" and not origin.bronnen:
            faults.add(root, "'bron' ontbreekt: waar staat dit?")
        parts = tuple(
            self._deel(item, status, origin)
            for item in (faults.items(keys["onderdelen"]) if "onderdelen" in keys else ())
        )
        self._segmenten(parts, root)
        return Beleid(
            verhuurder=self.verhuurder,
            ronde=self.ronde,
            status=status,
            besluit_voor=faults.day(keys["besluit_voor"]) if "besluit_voor" in keys else None,
            besloten_op=decided,
            ingangsdatum=start,
            geschiedenis=tuple(
                self._gebeurd(item) for item in (faults.items(keys["geschiedenis"]) if "geschiedenis" in keys else ())
            ),
            delen=parts,
            toelichting=tuple(faults.items(keys["toelichting"])) if "toelichting" in keys else (),
            woorden=self._woorden(keys.get("woorden")),
            herkomst=origin,
            plaats=root.place,
        )

    def _start(self, keys: Mapping[str, Item], root: Item) -> date:
        first, after = date(self.ronde, 7, 1), date(self.ronde + 1, 7, 1)
        if "ingangsdatum" not in keys:
            return first
        day = self.faults.day(keys["ingangsdatum"])
        if not first <= day < after:
            self.faults.add(
                keys["ingangsdatum"], f"{day} ligt niet in de ronde van {self.ronde} (1 juli tot en met 30 juni)"
            )
            return first
        return day

    def _gebeurd(self, item: Item) -> Gebeurd:
        wanted = frozenset({"status", "op", "bron", "tekst"})
        keys = self.faults.mapping(item, wanted, frozenset({"status", "op", "bron"}))
        return Gebeurd(
            self.faults.word(keys["status"], STATUSSEN_BELEID) if "status" in keys else "onbekend",
            self.faults.day(keys["op"]) if "op" in keys else date.min,
            self.declarations.source(keys["bron"]) if "bron" in keys else (),
            self.faults.text(keys["tekst"]) if "tekst" in keys else "",
        )

    def _deel(self, item: Item, status: str, parent: Beleidsherkomst) -> Beleidsdeel:
        faults = self.faults
        keys = faults.mapping(item, _DEEL)
        origin = self._herkomst(keys, parent)
        named = [faults.word(word, SEGMENTEN) for word in faults.items(keys["voor"])] if "voor" in keys else []
        kinds = tuple(word for word in named if word in SEGMENTEN)
        read = DelenLezer(self.declarations, origin, status, alleen_gewoon=bool(kinds) and "sociaal" not in kinds)
        return Beleidsdeel(
            voor=kinds,
            basis=read.basis(keys.get("basis"), item),
            energielabel=read.energielabel(keys["energielabel"]) if "energielabel" in keys else None,
            laag_bedrag=read.laag_bedrag(keys.get("laag_bedrag"), item),
            iah=read.iah(keys.get("iah"), item),
            uitzonderingen=tuple(
                read.uitzondering(part)
                for part in (faults.items(keys["uitzonderingen"]) if "uitzonderingen" in keys else ())
            ),
            tot=tuple(read.grens(part) for part in (faults.items(keys["tot"]) if "tot" in keys else ())),
            afronding=read.afronding(keys.get("afronding")),
            gemiddeld=self._gezegd(keys, "gemiddeld", origin),
            meeste=self._gezegd(keys, "meeste", origin),
            op_verzoek=tuple(faults.items(keys["op_verzoek"])) if "op_verzoek" in keys else (),
            plaats=item.place,
        )

    def _gezegd(self, outer: Mapping[str, Item], name: str, parent: Beleidsherkomst) -> Gezegd | None:
        if name not in outer:
            return None
        item = outer[name]
        keys = self.faults.mapping(item, frozenset({"procent", "bron", "zekerheid"}), frozenset({"procent"}))
        if "procent" not in keys:
            return None
        return Gezegd(self.faults.number(keys["procent"]), self._herkomst(keys, parent), item.place)

    def _segmenten(self, parts: tuple[Beleidsdeel, ...], root: Item) -> None:
        seen: set[str] = set()
        for part in parts:
            if not part.voor and len(parts) > 1:
                self.faults.add(
                    part.plaats, "'voor' ontbreekt; met meer onderdelen zegt elk voor welke woningen het is"
                )
            for word in part.voor:
                if word in seen:
                    self.faults.add(part.plaats, f"'{word}' staat al in een ander onderdeel")
                seen.add(word)

    def _woorden(self, item: Item | None) -> Mapping[str, Mapping[str, Item]]:
        found: dict[str, Mapping[str, Item]] = {}
        for decision, block in self.faults.mapping(item, frozenset(BESLUITEN)).items() if item else ():
            for rule, words in self.faults.mapping(block).items():
                found[f"{decision}/{rule}"] = self.faults.mapping(words, _WOORDEN)
        return found

    def _herkomst(self, keys: Mapping[str, Item], parent: Beleidsherkomst) -> Beleidsherkomst:
        return herkomst(keys, parent, self.declarations)


def herkomst(keys: Mapping[str, Item], parent: Beleidsherkomst, declarations: Declarations) -> Beleidsherkomst:
    """The sources and the certainty of a block; what it does not say is that of the block around it."""
    faults: Faults = declarations.faults
    return Beleidsherkomst(
        declarations.source(keys["bron"]) if "bron" in keys else parent.bronnen,
        faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else parent.zekerheid,
    )
