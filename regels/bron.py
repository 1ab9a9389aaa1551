"""Where a rule set comes from: this package, a folder, or files that were kept elsewhere.

A source gives the files with their names, and :func:`regels.laden.load` makes a :class:`regels.regelset.Regelset` of
them. It is loaded once, where a program starts, and handed along from there; nothing here remembers it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from regels.bestanden import RegelsetError
from regels.formaat import EERSTE, FORMAAT, in_use
from regels.laden import hash_of, load, manifest, parts_of
from regels.regelset import Regelset


def pakket() -> Regelset:
    """The rule set that comes with this product. Raises :class:`regels.bestanden.RegelsetError` with every fault."""
    return load(pakketbestanden().items())


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


def pakketbestanden() -> dict[str, bytes]:
    """The rule files that come with this product, by name."""
    return dict(bestanden_in(files("regels") / "sets"))


def bewaard(bestanden: Mapping[str, bytes], revisie: str, formaat: int = FORMAAT) -> Regelset:
    """The rule set in files that were kept, a published revision or a draft; answers name it ``revisie``.

    Files of an older ``formaat`` are rewritten first; the set keeps the hashes of what was kept. Raises
    :class:`regels.formaat.FormaatFout` where that cannot be done, and :class:`regels.bestanden.RegelsetError`.
    """
    contents = manifest(bestanden)
    made = load(in_use(bestanden, formaat).items())
    as_kept = replace(made, revisie=revisie, hash=hash_of(contents), onderdelen=parts_of(contents))
    return replace(as_kept, eerste_formaat=formaat == EERSTE)


def bestanden_in(folder: Path | Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Every rule file below ``folder``: its name, and what is in it. The loader refuses any ending but ``.yaml``."""
    for child in folder.iterdir():
        if child.is_dir():
            yield from bestanden_in(child, f"{prefix}{child.name}/")
        elif child.name.lower().endswith((".yaml", ".yml")):
            yield f"{prefix}{child.name}", child.read_bytes()
