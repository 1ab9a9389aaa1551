"""Rule sets that once came with the product, with answers as they were given: a file for each version, never changed.

``python -m tests.hulp.oud`` keeps the rules of now under their version. Do that for a version when it is released; a
file of one that was released stays as it is, whatever becomes of the product (see ``regels/formaat.py``).
"""

import base64
import json
import lzma
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from regels import toets
from regels.bron import bewaard, pakketbestanden
from regels.formaat import FORMAAT
from tests.hulp import voorbeelden

MAP: Final = Path(__file__).parents[1] / "beheer" / "oud"
VRAGEN: Final = ("wetland-e-label", "minimaregelingen-2024", "verlaging-2023", "woningzoekende-met-zoekprofiel")


@dataclass(frozen=True)
class Oud:
    """One of those: its files, their format, and the answer to each question, as of revision 0."""

    versie: str
    formaat: int
    bestanden: Mapping[str, bytes]
    antwoorden: tuple[tuple[dict[str, Any], bytes], ...]


def kept() -> tuple[Oud, ...]:
    """Every one of them."""
    return tuple(_read(path) for path in sorted(MAP.glob("*.txt")))


def _read(path: Path) -> Oud:
    told = json.loads(lzma.decompress(base64.b64decode(path.read_text(encoding="ascii"))))
    files = {name: content.encode() for name, content in told["bestanden"].items()}
    answers = tuple((question, answer.encode()) for question, answer in told["antwoorden"])
    return Oud(path.stem, told["formaat"], files, answers)


def keep() -> Path:
    """Keep the rules of now."""
    files = pakketbestanden()
    regels = bewaard(files, "0")
    questions = {one.naam: one.vraag for one in voorbeelden() if one.naam in VRAGEN}
    told = {
        "formaat": FORMAAT,
        "bestanden": {name: content.decode() for name, content in files.items()},
        "antwoorden": [
            (questions[name], toets(regels.vraag(questions[name]), regels).json_bytes().decode()) for name in VRAGEN
        ],
    }
    data = base64.b64encode(lzma.compress(json.dumps(told).encode(), preset=9)).decode("ascii")
    path = MAP / f"{regels.versie}.txt"
    path.write_text("\n".join(textwrap.wrap(data, 120)) + "\n", encoding="ascii")
    return path


if __name__ == "__main__":
    print(keep())
