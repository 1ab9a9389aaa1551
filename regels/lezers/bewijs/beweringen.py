"""Each claim in the form in which the search can take it: in which stretches, and what would go against it."""

from collections.abc import Callable, Iterator
from functools import partial

import z3

from regels.lezers.bewijs import misgaan
from regels.lezers.bewijs.besluitbewijs import geen_of_twee
from regels.lezers.bewijs.feiten import ELK
from regels.lezers.bewijs.stelling import Stelling, Verloop, lees
from regels.lezers.bewijs.stellingen import STELLINGEN
from regels.lezers.bewijs.symbolen import Symbool, Term, en, niet, of, vast
from regels.lezers.bewijs.vensters import kegel
from regels.lezers.bewijs.vertaler import Vertaler
from regels.regelset import Besluit, Regel, Regelset
from regels.stand import Gat, Stand
from regels.taal import And, Field, Figure, Node, vervang, walk

Wortels = list[tuple[Node, str]]
Tegen = Callable[[Vertaler], Term]
# how a household goes against the claim, in words
Mis = Callable[[Stand, Vertaler, z3.ModelRef], Iterator[str]]
Plaats = tuple[str, tuple[str, ...]]


def in_werking(stand: Stand, wortels: Wortels) -> bool:
    """Whether every formula and figure of these expressions is in force."""
    cone = kegel(stand, wortels)
    if any(stand.formule(name) is None for name in cone.grootheden):
        return False
    trees = [(tree, datum) for tree, datum in wortels]
    for name in cone.grootheden:
        formule = stand.formule(name)
        assert formule is not None
        trees.append((formule.boom, stand.regels.grootheden[name].datum))
    return all(
        part.on is not None or stand.cijfer(part.name, datum) is not None
        for tree, datum in trees
        for part in walk(tree)
        if isinstance(part, Figure)
    )


class Bewering:
    """One claim about the rules; see :func:`van_besluit` and :func:`van_stelling`.

    ``plaats``: the decision in which a household that goes against it can be tested, and the values to look at there.
    """

    def __init__(
        self,
        id: str,
        zegt: str,
        maak: Callable[[Stand], Wortels | None],
        tegen: Callable[[Stand], Tegen],
        mis: Mis,
        plaats: Plaats,
        bomen: tuple[Node, ...] = (),
    ) -> None:
        self.id, self.zegt, self.maak, self.tegen, self.bomen = id, zegt, maak, tegen, bomen
        self.mis, self.plaats = mis, plaats


def van_besluit(besluit: Besluit, gat: Callable[[Stand], Gat | None]) -> Bewering:
    """Exactly one rule of ``besluit`` applies, where ``gat`` finds nothing missing."""

    def make(stand: Stand) -> Wortels | None:
        if gat(stand) is not None:
            return None
        return [(regel.als, besluit.datum) for regel in stand.regels_van(besluit)]

    def against(stand: Stand) -> Tegen:
        return partial(geen_of_twee, stand.regels_van(besluit), besluit.datum)

    def how(stand: Stand, writer: Vertaler, model: z3.ModelRef) -> Iterator[str]:
        return misgaan.welke_regels(stand.regels_van(besluit), besluit.datum, writer, model)

    return Bewering(besluit.id, "Precies één regel geldt.", make, against, how, (besluit.id, ()))


def van_stelling(regels: Regelset, stelling: Stelling | Verloop) -> Iterator[Bewering]:
    """The claim, or one for each rule that shows its values. Raises LanguageError when it names what is gone."""
    if isinstance(stelling, Verloop):
        yield _verloop(regels, stelling)
    elif stelling.waarden_van:
        yield from _getoond(regels, stelling)
    else:
        condition = lees(regels, stelling.als, per_persoon=stelling.per_persoon)
        claim = lees(regels, stelling.dan, per_persoon=stelling.per_persoon)
        plaats = misgaan.plaats_in_test(regels, (condition, claim))
        yield _stelling(stelling, stelling.id, condition, claim, plaats)


def _stelling(
    stelling: Stelling, id: str, condition: Node, claim: Node, plaats: Plaats, regel: Regel | None = None
) -> Bewering:
    def make(stand: Stand) -> Wortels | None:
        if regel is not None and not regel.venster.bevat(stand.datums[stelling.datum]):
            return None
        roots = [(condition, stelling.datum), (claim, stelling.datum)]
        return roots if in_werking(stand, roots) else None

    def against(stand: Stand) -> Tegen:
        def write(writer: Vertaler) -> Term:
            if stelling.per_persoon:
                writer.persoon = ELK
            holds, says = writer.waar(condition, stelling.datum), writer.vertaal(claim, stelling.datum)
            if writer.feiten.geval.open or writer.feiten.geval.later:  # then it may be unknown, but never untrue
                return en(holds, says.bekend, niet(says.term))
            return en(holds, niet(en(says.bekend, says.term)))

        return write

    def how(stand: Stand, writer: Vertaler, model: z3.ModelRef) -> Iterator[str]:
        return misgaan.waarden((condition, claim), stelling.datum, writer, model, velden=True)

    return Bewering(id, stelling.zegt, make, against, how, plaats, (condition, claim))


def _getoond(regels: Regelset, stelling: Stelling) -> Iterator[Bewering]:
    """One claim for each rule that shows all the values it names."""
    besluit = regels.besluiten[stelling.waarden_van]
    every = {name: kind for regel in besluit.regels for name, (_, kind) in regel.waarden.items()}
    claim = lees(regels, stelling.dan, extra=every)
    named = {part.name for part in walk(claim) if isinstance(part, Field)} & every.keys()
    only = lees(regels, stelling.als)
    for regel in besluit.regels:
        if named <= regel.waarden.keys():
            written = vervang(claim, {name: regel.waarden[name][0] for name in named})
            start = regel.venster.vanaf
            name = f"{stelling.id}: {regel.naam}, vanaf {start}"
            yield _stelling(
                stelling, name, And(only.at, (regel.als, only)), written, (besluit.id, tuple(sorted(named))), regel
            )


def _verloop(regels: Regelset, verloop: Verloop) -> Bewering:
    subject = lees(regels, verloop.wat, verwacht=None, per_persoon=verloop.per_persoon)
    moved = lees(regels, verloop.met, verwacht=None, per_persoon=verloop.per_persoon)
    earlier = [other for other in STELLINGEN if isinstance(other, Verloop) and other.id in verloop.steunt_op]
    helpers = [(lees(regels, other.wat, verwacht=None), other.stijgt) for other in earlier]
    assert all(other.met == verloop.met for other in earlier)

    def make(stand: Stand) -> Wortels | None:
        if verloop.zonder and stand.formule(verloop.zonder) is not None:
            return None
        roots = [(subject, verloop.datum), (moved, verloop.datum)]
        return roots if in_werking(stand, roots) else None

    def two(stand: Stand, writer: Vertaler) -> tuple[tuple[Vertaler, Vertaler], list[Term]]:
        writer.persoon = ELK if verloop.per_persoon else None
        follows = frozenset(name for name in regels.grootheden if _volgt_uit(stand, name, verloop.met))
        low, high, order = _twee_waarden(writer, verloop, moved)
        return (writer.met({verloop.met: low}, follows, "'"), writer.met({verloop.met: high}, follows, "''")), order

    def against(stand: Stand) -> Tegen:
        def write(writer: Vertaler) -> Term:
            copies, order = two(stand, writer)
            known = [_op_volgorde(copies, tree, verloop.datum, stijgt) for tree, stijgt in helpers]
            return en(*order, *known, niet(_op_volgorde(copies, subject, verloop.datum, verloop.stijgt)))

        return write

    def how(stand: Stand, writer: Vertaler, model: z3.ModelRef) -> Iterator[str]:
        copies, _ = two(stand, writer)
        return misgaan.twee_waarden(copies, (moved, subject), verloop.datum, model)

    return Bewering(verloop.id, verloop.zegt, make, against, how, misgaan.plaats_in_test(regels, (subject, moved)))


def _op_volgorde(copies: tuple[Vertaler, Vertaler], tree: Node, datum: str, stijgt: bool) -> Term:
    """Whether the value does not fall (or rise) from the one copy to the other, as far as it is known in both."""
    first, second = (copy.vertaal(tree, datum) for copy in copies)
    ordered = first.term <= second.term if stijgt else first.term >= second.term
    return of(niet(first.bekend), niet(second.bekend), ordered)


def _twee_waarden(writer: Vertaler, verloop: Verloop, moved: Node) -> tuple[Symbool, Symbool, list[Term]]:
    if verloop.vanaf:
        return vast(verloop.vanaf), vast(verloop.tot), []
    if verloop.geheel:
        a, b = z3.Int("laag"), z3.Int("hoog")
        return Symbool((z3.ToReal(a),)), Symbool((z3.ToReal(b),)), [a >= 0, a <= b]
    if isinstance(moved, Field):
        low, high = (writer.feiten.variabele(writer.stand.regels.velden[moved.name], name) for name in ("laag", "hoog"))
        return low, high, [low.term <= high.term]
    one, other = z3.Real("laag"), z3.Real("hoog")
    return Symbool((one,)), Symbool((other,)), [one <= other, one >= 0] if verloop.vanaf_nul else [one <= other]


def _volgt_uit(stand: Stand, name: str, what: str) -> bool:
    formule = stand.formule(name)
    if formule is None:
        return False
    cone = kegel(stand, [(formule.boom, stand.regels.grootheden[name].datum)])
    return what in cone.velden or what in cone.grootheden
