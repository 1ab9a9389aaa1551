"""Which decisions can come out otherwise under another rule set, or on another day: those with other content.

The content of a decision is all that its answer is made of on its dates: the rules in force, and every formula, figure
and field below them. What is equal in both needs not be computed.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from regels.regelset import Besluit, Regel
from regels.stand import Stand
from regels.taal import Field, Figure, Node, Quantity, walk
from regels.taaltekst import text_of

_DAYS: Final = ("peildatum", "rondedatum", "huurronde")


def veranderd(before: Stand, after: Stand) -> tuple[str, ...]:
    """The decisions whose content differs between two sets on their dates, in the order of the second one."""
    old, new = _contents(before), _contents(after)
    every = dict.fromkeys([*after.regels.besluiten, *before.regels.besluiten])
    return tuple(id for id in every if old.get(id) != new.get(id))


def _contents(stand: Stand) -> Mapping[str, frozenset[str]]:
    own = {id: frozenset(_Inhoud(stand).van(besluit)) for id, besluit in stand.regels.besluiten.items()}
    # a decision that can end the check silences every other one
    stops = frozenset(said for id, b in stand.regels.besluiten.items() if b.stopt for said in own[id])
    return {id: said | stops for id, said in own.items()}


class _Inhoud:
    """All that one decision is made of, a text for each part."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._seen: set[tuple[str, str, bool]] = set()

    def van(self, besluit: Besluit) -> Iterator[str]:
        """The parts of ``besluit``."""
        reach = self.stand.regels.bereik.get(besluit.gemeenten) if besluit.gemeenten else None
        if reach is not None:
            yield from self._tree("bereik", reach, "peildatum")
        if self.stand.gat(besluit) is not None:
            yield "geen regels"
            return
        for regel in self.stand.regels_van(besluit):
            yield from self._rule(regel, besluit)
        for name, (tree, _) in self.stand.waarden_van(besluit).items():
            yield from self._tree(f"waarde {name}", tree, besluit.datum)

    def _rule(self, regel: Regel, besluit: Besluit) -> Iterator[str]:
        yield from self._tree(f"regel {regel.naam} {regel.dan}", regel.als, besluit.datum)
        for name, (tree, _) in regel.waarden.items():
            yield from self._tree(f"regel {regel.naam} {name}", tree, besluit.datum)

    def _tree(self, name: str, tree: Node, datum: str) -> Iterator[str]:
        yield f"{name}: {text_of(tree)}"
        for node in walk(tree):
            if not isinstance(node, Field | Figure | Quantity):
                continue
            key = (node.name, datum, isinstance(node, Figure) and node.on is not None)
            if key not in self._seen:
                self._seen.add(key)
                yield from self._named(node, datum)

    def _named(self, node: Field | Figure | Quantity, datum: str) -> Iterator[str]:
        if isinstance(node, Figure):
            yield from self._figure(node, datum)
        elif isinstance(node, Quantity):
            quantity, formule = self.stand.regels.grootheden[node.name], self.stand.formule(node.name)
            if formule is None:
                yield f"{node.name}: niets"
            else:
                yield from self._tree(node.name, formule.boom, quantity.datum)
        elif node.name in _DAYS:
            yield f"{node.name}: {self.stand.datums.get(node.name, self.stand.datums['rondedatum'])}"
        else:
            yield from self._field(node.name)

    def _figure(self, node: Figure, datum: str) -> Iterator[str]:
        if node.on is not None:  # on any day
            for one in self.stand.regels.cijfers[node.name]:
                yield f"{node.name} {one.venster.vanaf} {one.venster.tot_en_met}: {one.waarde}"
            return
        figure = self.stand.cijfer(node.name, datum)
        yield f"{node.name} {datum}: {figure.waarde if figure is not None else 'niets'}"

    def _field(self, name: str) -> Iterator[str]:
        veld = self.stand.regels.velden[name]
        yield f"{name}: {veld.minimum} {veld.maximum} {' '.join(veld.waarden)}"
        for one in self.stand.regels.aannamen.get(name, ()):
            yield from self._tree(f"uitgangspunt {one.id}", one.waarde, "peildatum")
            if one.als is not None:
                yield from self._tree(f"uitgangspunt {one.id} als", one.als, "peildatum")
