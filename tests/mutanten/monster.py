"""The sample: which small changes are tried, the same ones for the same source and seed."""

import ast
import random
from collections import defaultdict
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

KAMERS = ("regels", "service", "web")
# "is" instead of "==" is another program to the letter, and the same one for words and small numbers
_SAME = frozenset(f"core/ReplaceComparisonOperator_{one}" for one in ("Eq_Is", "Is_Eq", "NotEq_IsNot", "IsNot_NotEq"))


@dataclass(frozen=True)
class Mutant:
    """One change: the ``voorkomen``-th place (from 0) of ``bewerking`` in ``bestand``, on line ``regel`` (from 1)."""

    nummer: int
    bestand: str
    bewerking: str
    voorkomen: int
    regel: int
    bron: str

    @cached_property
    def tekst(self) -> str:
        """The whole file with the change."""
        return mutate_code(self.bron, get_operator(self.bewerking)(), self.voorkomen) or self.bron

    @property
    def verschil(self) -> str:
        """The lines that went and came."""
        lines = unified_diff(self.bron.splitlines(), self.tekst.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if line[:3] not in ("---", "+++") and line[:2] != "@@")


def monster(boom: Path, aantal: int, zaad: int) -> list[Mutant]:
    """``aantal`` changes of the Python under ``boom``: every place as likely as another, and there one change of it."""
    by_chance = random.Random(zaad)
    files = [path for room in KAMERS for path in sorted((boom / room).rglob("*.py"))]
    places = [(path, place) for path in files for place in _places(path.read_text("utf-8"))]
    by_chance.shuffle(places)
    chosen: list[Mutant] = []
    for path, changes in places:
        name, occurrence, line = by_chance.choice(changes)
        found = Mutant(len(chosen), str(path.relative_to(boom)), name, occurrence, line, path.read_text("utf-8"))
        if _other_code(found):
            chosen.append(found)
        if len(chosen) == aantal:
            break
    return chosen


def _other_code(mutant: Mutant) -> bool:
    """Whether the program is another one: a changed annotation or a pair of brackets is not."""
    try:
        changed = ast.parse(mutant.tekst)
    except SyntaxError:
        return False
    return _without_annotations(changed) != _without_annotations(ast.parse(mutant.bron))


def _without_annotations(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
    return ast.dump(tree)


def _places(source: str) -> list[list[tuple[str, int, int]]]:
    """The changes that are possible, together where they change the same piece of text in the same manner."""
    nodes = list(ast_nodes(get_ast(source)))
    found: dict[tuple[str, object, object], list[tuple[str, int, int]]] = defaultdict(list)
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments() or name in _SAME:
            continue
        places = [place for node in nodes for place in operator().mutation_positions(node)]
        for occurrence, (start, end) in enumerate(places):
            found[name.split("_")[0], start, end].append((name, occurrence, start[0]))
    return list(found.values())
