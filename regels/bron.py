"""Where a rule set comes from: this package, a folder, or anything else that has files.

A source gives the files with their names, and :func:`regels.laden.load` makes a :class:`regels.regelset.Regelset` of
them. It is loaded once, where a program starts, and handed along from there; nothing here remembers it.
"""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from regels.bestanden import RegelsetError
from regels.laden import load
from regels.regelset import Regelset


def pakket() -> Regelset:
    """The rule set that comes with this product. Raises :class:`regels.bestanden.RegelsetError` with every fault."""
    return load(bestanden_in(files("regels") / "sets"))


def uit_map(folder: Path) -> Regelset:
    """The rule set in ``folder``. Raises :class:`regels.bestanden.RegelsetError` with every fault that was found."""
    if not folder.is_dir():
        raise RegelsetError([f"'{folder}' is geen map. Geef de map met versie.yaml en velden.yaml."])
    try:
        found = list(bestanden_in(folder))
    except OSError as error:
        raise RegelsetError([f"'{folder}' is niet te lezen: {error.strerror}."]) from None
    if not found:
        raise RegelsetError([f"In '{folder}' staan geen regelbestanden. Geef de map met versie.yaml en velden.yaml."])
    return load(found)


def bestanden_in(folder: Path | Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Every rule file below ``folder``: its name, and what is in it. The loader refuses any ending but ``.yaml``."""
    for child in folder.iterdir():
        if child.is_dir():
            yield from bestanden_in(child, f"{prefix}{child.name}/")
        elif child.name.lower().endswith((".yaml", ".yml")):
            yield f"{prefix}{child.name}", child.read_bytes()
