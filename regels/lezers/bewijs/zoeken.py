"""Showing that nothing goes against a claim, with as little written out as will do.

First every quantity is any value of its type, and every loop any household: when even then nothing goes against the
claim, it holds for all. Where that is too coarse, quantities are written out one step at a time. What still goes
against it then is looked for among households of one, two and three residents, with every formula written out: what is
found there is real.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import z3

from regels.lezers.bewijs.feiten import ELK, Feiten, Geval
from regels.lezers.bewijs.gewoon import gewoonste
from regels.lezers.bewijs.symbolen import Term, en, is_geheel, niet, of, vast
from regels.lezers.bewijs.vensters import Tijdvak
from regels.lezers.bewijs.vertaler import Vertaler

MOST_RESIDENTS = 3
FIRST_STEPS = 2
MOST_ROUNDINGS = 8
# work, as Z3 counts it: the same on a busy machine as on a quiet one
GLANCE, QUICK, SLOW = 1_000_000, 6_000_000, 20_000_000
ALLE, TOT_EN_MET = "voor elk huishouden", f"voor huishoudens tot en met {MOST_RESIDENTS} bewoners"
Tegen = Callable[[Vertaler], Term]  # what would go against the claim, written by this translator


@dataclass(frozen=True, slots=True)
class Gevonden:
    """What came of the search.

    ``hoe`` says for which households there is nothing against the claim; ``model`` goes against it. With neither, it
    stays open.
    """

    hoe: str = ""
    model: z3.ModelRef | None = None
    vertaler: Vertaler | None = None


def zoek(strook: Tijdvak, geval: Geval, tegen: Tegen, hulp: Sequence[Tegen] = ()) -> Gevonden:
    """Look for a household that goes against the claim. ``hulp`` is what was shown before, and holds."""
    steps = max(strook.kegel.grootheden.values(), default=-1) + 2
    if _grof(strook, geval, tegen, hulp, range(min(steps, FIRST_STEPS))):
        return Gevonden(ALLE)
    real = _echt(strook, geval, tegen, 1, GLANCE, gewoon=True)  # a real household is often found at once
    if real.model is not None:
        return real
    if _grof(strook, geval, tegen, hulp, range(FIRST_STEPS, steps)):
        return Gevonden(ALLE)
    real = _echt(strook, geval, tegen, MOST_RESIDENTS, GLANCE, gewoon=True, eerste_dagen=True)
    if real.model is not None:
        return real
    return _echt(strook, geval, tegen, MOST_RESIDENTS, SLOW, gewoon=True)


def getuige(strook: Tijdvak, ruimste: Sequence[Geval], andere: Sequence[Geval], zo: Tegen) -> Gevonden:
    """A household for which ``zo`` holds, in any of these cases; without one, ``hoe`` says that there is none.

    Each household of ``andere`` is one of ``ruimste`` too, so what these do not have is nowhere. A figure that does not
    exist on another day is unknown in ``ruimste``; in ``andere`` nothing is known of who would need it.
    """
    # first wherever it may be found at once: to show that one case has none takes long, and another may have one
    for most, patience, first_days in ((1, GLANCE, True), (1, QUICK, False), (MOST_RESIDENTS, GLANCE, True)):
        for geval in (*ruimste, *andere):
            real = _echt(strook, geval, zo, most, patience, eerste_dagen=first_days)
            if real.model is not None:
                return real
    left = []
    steps = range(max(strook.kegel.grootheden.values(), default=-1) + 2)
    for geval in ruimste:
        if not _grof(strook, geval, zo, (), steps):
            real = _echt(strook, geval, zo, MOST_RESIDENTS, SLOW)
            if real.model is not None:
                return real
            left.append(real.hoe)
    return Gevonden(ALLE if not left else TOT_EN_MET if all(left) else "")


def _feiten(strook: Tijdvak, geval: Geval, personen: int = 0) -> Feiten:
    return Feiten(strook.stand.regels, strook.peildata, strook.ronde, geval, personen)


def _grof(strook: Tijdvak, geval: Geval, tegen: Tegen, hulp: Sequence[Tegen], depths: range) -> bool:
    steps = strook.kegel.grootheden
    seen: dict[object, bool] = {}
    for depth in depths:
        inside = frozenset(name for name, distance in steps.items() if distance < depth)
        writer = Vertaler(strook.stand, _feiten(strook, geval), inside, los=True)
        against = tegen(writer)
        given = [against, *(helper(writer) for helper in hulp)]
        if _onmogelijk([*given, *writer.domein, *writer.feiten.eisen()]):
            return True
        if writer.lussen:
            together = list(lussen_samen(writer, seen))
            if _onmogelijk([*given, *together, *writer.domein, *writer.feiten.eisen()]):
                return True
    return False


def _echt(
    strook: Tijdvak,
    geval: Geval,
    tegen: Tegen,
    most: int,
    patience: int,
    *,
    gewoon: bool = False,
    eerste_dagen: bool = False,
) -> Gevonden:
    """``gewoon``: a person will read it, so of all households take one that is as ordinary as can be.

    ``eerste_dagen``: look only at those whose days are all the first of a year; without a model that shows nothing.
    """
    open_ = False
    for personen in range(1, most + 1):
        writer = Vertaler(strook.stand, _feiten(strook, geval, personen))
        against = tegen(writer)
        alone = all(person is None for _, person in writer.feiten.velden)
        solver = _solver(patience)
        solver.add(against, *writer.domein, *writer.feiten.eisen(), *map(niet, writer.ontbreekt))
        if eerste_dagen:
            solver.add(*_eerste_dagen(writer.feiten))
        answer = solver.check()
        if answer == z3.sat:
            model = gewoonste(solver, writer.feiten) if gewoon else solver.model()
            return Gevonden(model=model, vertaler=writer)
        open_ |= answer != z3.unsat or bool(writer.ontbreekt)  # without the figure nothing was looked at
        if alone:  # no resident plays a part, so more of them make no difference
            return Gevonden("" if open_ else ALLE)
    return Gevonden("" if open_ else TOT_EN_MET)


def _eerste_dagen(feiten: Feiten) -> Iterator[Term]:
    """Z3 goes over years, months and days one by one, and may not come to the end of it."""
    for (name, _), symbol in feiten.velden.items():
        if name == "peildatum":
            yield symbol.term == vast(feiten.peildata[0][0]).term
        elif feiten.regels.velden[name].soort == "datum":
            yield from (part == 1 for part in symbol.delen[1:])


def _solver(work: int) -> z3.Solver:
    solver = z3.Solver()
    solver.set("rlimit", work)
    return solver


def lussen_samen(writer: Vertaler, gezien: dict[object, bool]) -> Iterator[Term]:
    """What holds between free loops because it holds for each resident: a part is never more than the whole.

    ``gezien`` keeps what was asked before about these loops, with more or less written out around them.
    """
    loops = writer.elke_lus()
    always = [*writer.domein, *writer.feiten.eisen()]
    tenant = writer.feiten.rol(ELK, "huurder")
    geval = writer.feiten.geval

    def follows(given: list[Term], claim: Term, *key: object) -> bool:
        if (geval, *key) not in gezien:
            gezien[geval, *key] = _onmogelijk([*given, niet(claim)])
        return gezien[geval, *key]

    for node, symbol, part in loops:
        if not z3.is_true(symbol.bekend) and follows(always, part.bekend, node, "bekend"):
            yield symbol.bekend
        if node.kind != "enige":
            if is_geheel(part.term):
                yield symbol.term == z3.ToReal(z3.Int(f"geheel:{symbol.term}"))
            if follows(always, part.term >= 0, node, "nul"):
                yield symbol.term >= 0
            if node.kind == "aantal" and follows([*always, tenant], part.term >= 1, node, "een"):
                yield symbol.term >= 1
        elif follows([*always, tenant], en(part.bekend, part.term), node, "huurder"):
            yield en(symbol.bekend, symbol.term)
    for (node, one, part), (other_node, other, other_part) in permutations(loops, 2):
        if node.kind != other_node.kind:
            continue
        both = en(part.bekend, other_part.bekend)
        if node.kind == "enige":
            if follows(always, of(niet(both), niet(part.term), other_part.term), node, other_node):
                yield of(niet(en(one.bekend, one.term)), niet(other.bekend), other.term)
        elif follows(always, of(niet(both), part.term <= other_part.term), node, other_node):
            yield of(niet(en(one.bekend, other.bekend)), one.term <= other.term)


def _onmogelijk(terms: list[Term]) -> bool:
    # a solver of its own each time: one that goes on from an earlier question finds less
    solver = _solver(QUICK)
    solver.add(*terms, *_afronden_op_volgorde(terms))
    return bool(solver.check() == z3.unsat)


def _afronden_op_volgorde(terms: list[Term]) -> Iterator[Term]:
    """Rounding keeps the order. It is always true, and Z3 needs long to see it."""
    found: dict[int, Term] = {}
    seen: set[int] = set()
    context = z3.main_ctx().ref()
    todo = [term.as_ast() for term in terms]
    while todo:  # on the terms as Z3 has them: an object of Python for each part takes more time than the search
        part = todo.pop()
        number = z3.Z3_get_ast_id(context, part)
        if number in seen or z3.Z3_get_ast_kind(context, part) != z3.Z3_APP_AST:
            continue
        seen.add(number)
        app = z3.Z3_to_app(context, part)
        todo += (z3.Z3_get_app_arg(context, app, place) for place in range(z3.Z3_get_app_num_args(context, app)))
        if z3.Z3_get_decl_kind(context, z3.Z3_get_app_decl(context, app)) == z3.Z3_OP_TO_INT:
            found[number] = z3.ArithRef(part)
    if len(found) <= MOST_ROUNDINGS:
        for one, other in permutations(found.values(), 2):
            yield of(one.arg(0) > other.arg(0), one <= other)
