"""Sets a paper with typst: a template of this product, and data that is only ever data.

The paper goes in as JSON and comes out as text. Nothing of it is read as markup, whatever a person typed.
"""

import json
import re
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import fontpkg_source_sans_3
import typst

from web.papieren.model import Papier, Welk

_FOLDER: Final = Path(__file__).parent / "typst"
# what lies on a kitchen table is two pages: the largest of these letters (in points) with which it is
BLADZIJDEN: Final = 2
_LETTERS: Final[dict[Welk, tuple[str, ...]]] = {"overzicht": ("10.5", "10", "9.5", "9", "8.5"), "dossier": ("9",)}
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


class Zetter:
    """One compiler: it keeps the fonts and the read template.

    A second call while one is under way fails inside typst ("already borrowed"), hence the lock. typst remembers
    parts of earlier documents in memory and drops them by itself after some others; nothing goes to disk.
    """

    def __init__(self) -> None:
        # only fonts that come with the product, so that a document looks the same on every machine
        own = str(fontpkg_source_sans_3.ROOT / "files")
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[own])
        self._compiler = typst.Compiler(root=_FOLDER, font_paths=fonts, ignore_system_fonts=True)
        self._lock = Lock()

    def set_paper(self, papier: Papier, gemaakt: datetime) -> bytes:
        """``papier`` as tagged PDF (PDF/UA-1), dated ``gemaakt``, which has a time zone.

        Raises :class:`typst.TypstError` when the template and the paper do not fit: a defect.
        """
        return self.set_json(json.dumps(asdict(papier), ensure_ascii=False), int(gemaakt.timestamp()))

    def set_json(self, papier: str, gemaakt: int) -> bytes:
        """The same of a paper that is JSON already; ``gemaakt`` in seconds since 1970."""
        kind: Welk = json.loads(papier)["welk"]
        document = b""
        with self._lock:
            for size in _LETTERS[kind]:
                made = self._compiler.compile(
                    input=_FOLDER / "papier.typ",
                    format="pdf",
                    sys_inputs={"gegevens": papier, "maat": size},
                    pdf_standards=["ua-1"],
                    timestamp=gemaakt,
                )
                assert isinstance(made, bytes)
                document = made
                if len(_PAGE.findall(document)) <= BLADZIJDEN:
                    break
        return document


@lru_cache(maxsize=1)
def zetter() -> Zetter:
    """The typesetter of this process, for what is no service: a service has :class:`web.papieren.zetterij.Zetterij`."""
    return Zetter()
