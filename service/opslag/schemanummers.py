"""Which versions of the tables this product knows; reads names of files, and imports nothing that takes time."""

from pathlib import Path
from typing import Final

MIGRATIES: Final = Path(__file__).parent / "migraties"


def schemas() -> tuple[str, ...]:
    """All versions of the tables, oldest first: ``0001``, ``0002``."""
    return tuple(sorted(path.name[1:5] for path in (MIGRATIES / "versies").glob("m[0-9]*.py")))
