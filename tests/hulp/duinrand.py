"""A second municipality beside the one of the product: the files of docs/eigenaar-toevoegen.md, and figures of 2027.

Everything in it is made up. The figures of 2027 are those of 2026, so that a household of that year can be reckoned.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from regels.bron import uit_map
from regels.regelset import Regelset
from tests.hulp.verzonnen import BRON, verzonnen_jaar

ROOT = Path(__file__).parents[2]
DOC = ROOT / "docs" / "eigenaar-toevoegen.md"


def files_of_the_doc() -> Iterator[tuple[str, str]]:
    """The name and the text of each file that the document shows."""
    yield from re.findall(
        r"<!-- ([a-z0-9/.-]+\.yaml) -->\n```yaml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL
    )


def with_duinrand(folder: Path) -> Path:
    """A copy of the rules of the product with that municipality in it, below ``folder``."""
    made = folder / "sets"
    shutil.copytree(ROOT / "regels" / "sets", made)
    for name, text in files_of_the_doc():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with (made / "landelijk" / "bronnen.yaml").open("a", encoding="utf-8") as file:
        file.write(BRON)
    landelijk = {f"landelijk/{path.name}": path.read_text("utf-8") for path in (made / "landelijk").glob("2*.yaml")}
    for name, text in verzonnen_jaar(landelijk, 2027).items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def duinrand(folder: Path) -> Regelset:
    """That rule set, loaded."""
    return uit_map(with_duinrand(folder))
