"""The house keeps its rooms: imports run one way, files fit in a head, and a name means one thing."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = 350
# a room, and the other rooms that it may import from
MAY = {
    "regels": (),
    "service.basis": ("regels",),
    "service.invoer": ("regels", "service.basis"),
    "service.opslag": ("service.basis", "service.invoer"),
    "service.toegang": ("regels", "service.basis", "service.opslag"),
    "service.beheer": ("regels", "service.basis", "service.invoer", "service.opslag", "service.toegang"),
    "service.proefhuishoudens": ("regels",),
    "service.api": ("regels", "service.basis", "service.invoer"),
    "service.portefeuille": ("regels", "service.basis", "service.invoer"),
    "service.effect": ("regels", "service.basis", "service.portefeuille", "service.proefhuishoudens"),
    "service.opdracht": (
        "regels",
        "service.basis",
        "service.invoer",
        "service.opslag",
        "service.beheer",
        "service.portefeuille",
        "service.effect",
        "service.proefhuishoudens",
        "service.toegang",
    ),
    "web.raamwerk": ("regels", "service.basis", "service.invoer", "service.toegang"),
    "web.formulier": ("regels", "service.basis", "service.invoer", "web.raamwerk"),
    "web.papieren": ("regels", "service.basis", "service.invoer", "web.raamwerk", "web.formulier"),
    "web.uitkomst": ("regels", "service.basis", "service.invoer", "web.raamwerk", "web.formulier", "web.papieren"),
    "web.portefeuille": ("regels", "service.basis", "service.invoer", "service.portefeuille", "web.raamwerk"),
    "web.toegang": ("regels", "service.basis", "service.toegang", "web.raamwerk"),
    "web.beheer": (
        "regels",
        "service.basis",
        "service.invoer",
        "service.opslag",
        "service.toegang",
        "service.beheer",
        "web.raamwerk",
        "service.portefeuille",
        "service.effect",
        "web.uitkomst",
    ),
    "web.over": ("regels", "service.basis", "web.raamwerk"),
}
# puts the application together, and so may import from everywhere
ROOT_MODULE = "service.app"
MODULES = sorted(path for top in ("regels", "service", "web") for path in (ROOT / top).rglob("*.py"))
# run by pip and by make, on their own
APART = ROOT / "web" / "stijl"


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "regels" else ".".join(parts[:2])


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


KNOWN = {_module(path) for path in MODULES}


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module of the house that is imported, also inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name if name in KNOWN else node.module for name in names]
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] in ("regels", "service", "web"))


def test_every_folder_is_a_room_with_its_arrows() -> None:
    rooms = {_room(_module(path)) for path in MODULES if APART not in path.parents}
    assert rooms - {"service", "web", ROOT_MODULE} == MAY.keys()


@pytest.mark.parametrize("path", MODULES, ids=_module)
def test_imports_run_one_way(path: Path) -> None:
    module = _module(path)
    if APART in path.parents or module == ROOT_MODULE:
        return
    room = _room(module)
    wrong = [
        f"{path.relative_to(ROOT)}:{line} -> {name}"
        for line, name in _imports(path)
        if _room(name) != room and _room(name) not in MAY.get(room, ())
    ]
    assert wrong == []


def test_no_arrow_leads_back() -> None:
    order = list(MAY)
    assert [
        (room, other) for room, others in MAY.items() for other in others if order.index(other) > order.index(room)
    ] == []


@pytest.mark.parametrize("path", MODULES, ids=_module)
def test_a_file_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


PACKAGES = [path for path in MODULES if path.name == "__init__.py"]


@pytest.mark.parametrize("path", PACKAGES, ids=_module)
def test_a_folder_says_what_lives_there_and_what_never_does(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert "never" in said.lower() and len(said.split()) >= 6


def test_a_class_and_a_module_have_a_name_of_their_own() -> None:
    classes, modules = defaultdict(list), defaultdict(list)
    for path in MODULES:
        if path.name != "__init__.py":
            modules[path.stem].append(_module(path))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].append(_module(path))
    assert {name: found for name, found in (classes | modules).items() if len(found) > 1} == {}
