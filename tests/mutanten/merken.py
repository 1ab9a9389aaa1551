"""Which tests come past which function: one run of all tests in a copy whose functions say so."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.mutanten.monster import Mutant


def merk(boom: Path, mutanten: Iterable[Mutant]) -> None:
    """Put a mark in each function of ``boom`` that holds one of the ``mutanten``: a line that tells the number."""
    files: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutanten:
        files[mutant.bestand].append(mutant)
    for name, inside in files.items():
        lines = inside[0].bron.splitlines(keepends=True)
        marks = [(place, mutant.nummer) for mutant in inside if (place := _first_line(mutant)) is not None]
        for place, number in sorted(marks, reverse=True):
            indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
            lines.insert(place, f"{indent}geraakt__({number})\n")
        (boom / name).write_text("".join(lines), "utf-8")


def _first_line(mutant: Mutant) -> int | None:
    """Where the body of the innermost function around the change begins, from 0; none outside a function."""
    around = [
        node
        for node in ast.walk(ast.parse(mutant.bron))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and min(one.lineno for one in (node, *node.decorator_list)) <= mutant.regel <= (node.end_lineno or 0)
    ]
    if not around:
        return None
    body = max(around, key=lambda node: node.lineno).body
    first = body[1] if len(body) > 1 and _is_docstring(body[0]) else body[0]
    above = getattr(first, "decorator_list", [])
    return (above[0].lineno if above else first.lineno) - 1


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def gelezen(sporen: Path) -> Mapping[int, set[str]]:
    """The tests by the number of the change whose function they came past, of all processes of a run."""
    found: dict[int, set[str]] = defaultdict(set)
    for file in sporen.glob("*.txt"):
        for line in file.read_text("utf-8").splitlines():
            number, _, test = line.partition("\t")
            found[int(number)].add(test)
    return found
