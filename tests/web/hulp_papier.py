"""A paper as a test reads it: its text, its tags, and what it claims."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pypdf
import pypdfium2

NU = datetime(2026, 3, 1, 14, 5, tzinfo=ZoneInfo("Europe/Amsterdam"))
CONTACT = "de balie van het loket"


def words(text: str) -> str:
    """``text`` with single spaces, and without what only guides the breaking of lines."""
    return " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def pages(document: bytes) -> list[str]:
    """The text of each page, in the order of its content."""
    return [words(page.extract_text()) for page in pypdf.PdfReader(BytesIO(document)).pages]


MARGIN = 38  # points: below it there is only the footer


def drawn(document: bytes) -> str:
    """All that is drawn above the footer, as another reader (PDFium) finds it, without spaces: lines break anywhere."""
    found = pypdfium2.PdfDocument(document)
    return squeezed("".join(page.get_textpage().get_text_bounded(bottom=MARGIN) for page in found))


# what guides the breaking of lines, and the hyphen, which PDFium drops at the end of a line
_UNSEEN = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\x02\ufffe-"))


def squeezed(text: str) -> str:
    """``text`` without any space or hyphen."""
    return "".join(text.translate(_UNSEEN).split())


def tags(document: bytes) -> Iterator[str]:
    """The kinds of the tagged parts, in the order of reading."""
    with pikepdf.open(BytesIO(document)) as pdf:
        yield from _kinds(pdf.Root.StructTreeRoot.K)


def _kinds(node: pikepdf.Object) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _kinds(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/")
        if "/K" in node:
            yield from _kinds(node.K)
