"""Help for all tests: the worked examples of ``tests/voorbeelden``, for every surface that answers questions."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

MAP = Path(__file__).parent.parent / "voorbeelden"


@dataclass(frozen=True)
class Voorbeeld:
    """A household worked out by hand: the question as JSON, and per conclusion what must come out.

    ``verwacht[id]`` has ``uitkomst``, and may have ``waarden`` (as in JSON) and ``ontbreekt`` (JSON pointers).
    """

    naam: str
    bron: str
    vraag: dict[str, Any]
    verwacht: dict[str, dict[str, Any]]


@lru_cache(maxsize=1)
def voorbeelden() -> tuple[Voorbeeld, ...]:
    """Every worked example, by name."""
    return tuple(lees(path) for path in sorted(MAP.glob("*.yaml")))


def lees(path: Path) -> Voorbeeld:
    """The worked example in ``path``."""
    content = als_json(yaml.safe_load(path.read_text(encoding="utf-8")))
    return Voorbeeld(path.stem, content["bron"], content["vraag"], content["verwacht"])


def als_json(value: Any) -> Any:
    """``value`` as JSON has it: dates are text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: als_json(item) for key, item in value.items()}
    return [als_json(item) for item in value] if isinstance(value, list) else value
