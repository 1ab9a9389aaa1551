"""What stands in a workbook before it is read: its sheets, its size, and the cells that no reader shows.

A workbook is a zip. Its parts are unpacked here, counted as they come out, into a new workbook with one sheet: so what
was looked at is what is read, whatever the zip says of itself.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.uitpakken import BESCHADIGD, Zip, elements
from service.portefeuille.vormen import FORMULE, FOUT, GROOT, LANGSTE_CEL, MEESTE_KOLOMMEN

_ROW: Final = 32 << 20
_ROWS: Final = 1_048_576
# a sheet is read as a block of cells: this many, or at least one in ten of them filled in
_BLOCK_OF_CELLS: Final = 40_000_000
_MARKS_AT_MOST: Final = 1_000_000
# shared texts, written out for each cell that has them
_TEXTS: Final = 400_000_000
_BOOK: Final = "xl/workbook.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,2})(\d{1,9})\d*["']""")
_ERRORS: Final = {
    "#N/A": "#N/B", "#DIV/0!": "#DEEL/0!", "#REF!": "#VERW!", "#VALUE!": "#WAARDE!", "#NAME?": "#NAAM?",
    "#NUM!": "#GETAL!", "#NULL!": "#LEEG!",
}  # fmt: skip


@dataclass
class Invoerblad:
    """The sheet that is read. ``merken``: by column (from 0) the rows with a marked cell, and why and what it shows."""

    pad: Path
    naam: str
    bladen: int
    verborgen: bool
    stelsel_1904: bool
    merken: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)
    verborgen_rijen: bool = False
    overgeslagen: tuple[str, ...] = ()


def unpack(path: Path, folder: Path) -> Invoerblad:
    """The first visible sheet of the workbook at ``path``, as a workbook of its own.

    Raises :class:`PortefeuilleFout`.
    """
    zipped = Zip(path)
    place = PurePosixPath(
        next((to for kind, to in _links(zipped, "_rels/.rels").values() if kind.endswith("/officeDocument")), _BOOK)
        .lstrip("/")
    )  # fmt: skip
    book = elements(zipped.small(str(place)))
    links = {
        name: (kind, to.lstrip("/") if to.startswith("/") else str(place.parent / to))
        for name, (kind, to) in _links(zipped, str(place.parent / "_rels" / f"{place.name}.rels")).items()
    }
    sheets = [
        (a.get("name", ""), a.get("state", "visible") == "visible", links[a.get(f"{_REL} id", "")][1])
        for name, a in book
        if name == "sheet" and links.get(a.get(f"{_REL} id", ""), ("", ""))[0].endswith("/worksheet")
    ]
    visible = [sheet for sheet in sheets if sheet[1]]
    if not visible:
        raise PortefeuilleFout(
            "Alle bladen van dit bestand zijn verborgen. Maak het blad met de woningen zichtbaar."
            if sheets
            else BESCHADIGD
        )
    settings = {name: a for name, a in book if name in ("workbookPr", "calcPr")}
    days = settings.get("workbookPr", {}).get("date1904", "0") in ("1", "true")
    recount = settings.get("calcPr", {}).get("fullCalcOnLoad", "0") in ("1", "true")
    parts = {kind.rpartition("/")[2]: target for kind, target in links.values()}

    def taken(sheet: tuple[str, bool, str], *, anyhow: bool = False) -> tuple[Invoerblad, bool]:
        blad = Invoerblad(folder / "blad.xlsx", sheet[0], len(sheets), sheets[0][1] is False, days)
        return blad, _taken_apart(zipped, sheet[2], parts, blad, recount=recount, anyhow=anyhow)

    for at, sheet in enumerate(visible):
        blad, is_table = taken(sheet)
        if is_table:
            blad.overgeslagen = tuple(name for name, _, _ in visible[:at])
            return blad
    return taken(visible[0], anyhow=True)[0]


def _taken_apart(
    zipped: Zip, target: str, parts: dict[str, str], blad: Invoerblad, *, recount: bool, anyhow: bool
) -> bool:
    """Make the workbook of one sheet; whether that sheet may have a table: a few cells are a front page."""
    look, texts = _Look(blad, recount), _Texts()
    with zipfile.ZipFile(blad.pad, "w", zipfile.ZIP_STORED) as new:
        blad.pad.chmod(0o600)
        _copy(zipped, target, new, "worksheets/sheet1.xml", look)
        if not (anyhow or look.is_table):
            return False
        kept = [
            name
            for name, see in (("sharedStrings", texts), ("styles", None))
            if name in parts and _copy(zipped, parts[name], new, f"{name}.xml", see)
        ]
        _directions(new, kept, days=blad.stelsel_1904)
    look.refuse_far_cells()
    if texts.langste * look.gedeeld > _TEXTS:
        _refuse_many_texts(blad.pad, texts)
    return True


def _links(zipped: Zip, name: str) -> dict[str, tuple[str, str]]:
    """The relations in a part, by their number: of what kind, and where to."""
    return {
        a.get("Id", ""): (a.get("Type", ""), a.get("Target", ""))
        for tag, a in elements(zipped.small(name))
        if tag == "Relationship"
    }


def _directions(new: zipfile.ZipFile, kept: list[str], *, days: bool) -> None:
    links = "".join(f'<Relationship Id="{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name in kept)
    new.writestr(
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="boek" Type="{_REL}/officeDocument" '
        f'Target="{_BOOK}"/></Relationships>',
    )
    new.writestr(
        _BOOK,
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><workbookPr date1904="{int(days)}"/>'
        '<sheets><sheet name="blad" sheetId="1" r:id="blad"/></sheets></workbook>',
    )
    new.writestr(
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="blad" Type="{_REL}/worksheet" '
        f'Target="worksheets/sheet1.xml"/>{links}</Relationships>',
    )


def _copy(zipped: Zip, target: str, new: zipfile.ZipFile, name: str, see: "_Look | _Texts | None") -> bool:
    """Copy a part; False when it is not there, which only a sheet may not."""
    if target not in zipped and not isinstance(see, _Look):
        return False
    with new.open(f"xl/{name}", "w", force_zip64=True) as file:
        pieces = zipped.pieces(target)
        for block in see.whole_rows(pieces) if see is not None else pieces:
            file.write(block)
    return True


class _Texts:
    """The shared texts, as they pass by: how long the longest is."""

    def __init__(self) -> None:
        self.langste = 0

    def whole_rows(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same bytes."""
        rest = b""
        for piece in pieces:
            *texts, rest = (rest + piece).split(b"si>")
            self.langste = max(self.langste, *map(len, texts), 0) if texts else self.langste
            if max(self.langste, len(rest)) > 8 * LANGSTE_CEL:  # a text can have parts, each with its layout
                raise PortefeuilleFout(
                    f"In dit Excel-bestand staat een cel met meer dan {LANGSTE_CEL} tekens: uitgepakt te groot. Bewaar "
                    "het opnieuw in Excel."
                )
            yield piece


def _refuse_many_texts(path: Path, texts: _Texts) -> None:
    """Whether texts that are shared by many cells are too much when they are written out."""
    with zipfile.ZipFile(path) as parts:
        lengths = [len(text) for text in re.split(rb"</(?:\w+:)?si>", parts.read("xl/sharedStrings.xml"))]
        sheet = parts.read("xl/worksheets/sheet1.xml")
    total = 0
    for found in re.finditer(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>(\d{1,9})<""", sheet):
        at = int(found[1])
        total += lengths[at] if at < len(lengths) else 0
        if total > _TEXTS:
            raise PortefeuilleFout("Dit Excel-bestand is uitgepakt te groot. Bewaar het als CSV of Parquet.")


class _Look:
    """Looks at the cells of a sheet as they pass by, in blocks of whole rows."""

    def __init__(self, blad: Invoerblad, recount: bool) -> None:
        self.blad, self._recount = blad, recount
        self.gedeeld = 0
        self._cells = self._row = self._column = self._marks = 0
        self._tag = b""

    def whole_rows(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same bytes, cut after a row."""
        rest, first = b"", True
        for piece in pieces:
            block = rest + piece
            if first:
                self._begin(block)
                first = False
            cut = block.rfind(b"row>") + 4
            rest = block[cut:] if cut > 4 else block
            if len(rest) > _ROW:
                raise PortefeuilleFout(BESCHADIGD)
            if cut > 4:
                self._see(block[:cut])
                yield block[:cut]
        if first:
            self._begin(rest)
        self._see(rest)
        yield rest

    def _begin(self, block: bytes) -> None:
        """How the names of the elements begin; and it must be text that can be looked at."""
        head = block[:4096]
        root = re.search(rb"<(\w+:)?worksheet\b", head)
        encoding = re.match(rb"""\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)""", head.removeprefix(b"\xef\xbb\xbf"))
        if root is None or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")):
            raise PortefeuilleFout(BESCHADIGD)
        self._tag = root[1] or b""
        tag = re.escape(self._tag)
        self._errors = re.compile(rb"""<%bc\s([^<>]*\bt\s*=\s*["']e["'][^<>]*)>(.*?)</%bc>""" % (tag, tag), re.DOTALL)
        no_value = rb"(?:<%bv\s*/>|<%bv>\s*</%bv>)?" % (tag, tag, tag)
        zero = rb"<%bv>0</%bv>" % (tag, tag)
        self._formulas = re.compile(
            rb"<%bf\b(?:[^<>]*/>|[^<>]*>[^<]*</%bf>)\s*(?:%b|(%b))\s*</%bc>" % (tag, tag, no_value, zero, tag)
        )
        self._large = re.compile(rb"<%bv>\s*(-?\d{16,}|-?\d(?:\.\d+)?[eE]\+?(?:1[5-9]|[2-9]\d|\d{3}))[.<\s]" % tag)

    def _see(self, block: bytes) -> None:
        if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
            raise PortefeuilleFout(BESCHADIGD)
        if far := re.search(rb"""\sr\s*=\s*["']([A-Za-z]{3,}\d+)["']""", block):
            raise _far(far[1].decode())
        cell = b"<" + self._tag + b"c "
        self._cells += block.count(cell)
        self.gedeeld += block.count(b't="s"') + block.count(b"t='s'")
        self._last_cells(block, cell)
        if b'hidden="1"' in block and re.search(rb'<%brow\b[^<>]*\bhidden="1"' % re.escape(self._tag), block):
            self.blad.verborgen_rijen = True
        if b't="e"' in block or b"t='e'" in block:
            for found in self._errors.finditer(block):
                value = re.search(rb"<%bv>([^<]*)<" % re.escape(self._tag), found[2])
                shown = value[1].decode("utf-8", "replace").strip()[:20] if value else ""
                self._mark(found[1], FOUT, _ERRORS.get(shown, "#FOUT"))
        if b"<" + self._tag + b"f" in block:
            for found in self._formulas.finditer(block):
                self._no_value(block, found, cell)
        for found in self._large.finditer(block):
            attributes = self._attributes(block, found.start(), cell)
            if _kind(attributes) in ("", "n"):
                self._mark(attributes, GROOT, f"{float(found[1]):.0f}")

    def _last_cells(self, block: bytes, cell: bytes) -> None:
        """How far the table goes: the last cell of each row says it."""
        for row in block.split(b"row>"):
            at = row.rfind(cell)
            if at < 0:
                continue
            found = _PLACE.search(row, at, at + 200)
            if found is None:
                self._row += 1
            else:
                self._row = max(self._row, int(found[2]))
                self._column = max(self._column, column_number(found[1].decode()) + 1)
            if self._row > _ROWS:
                raise PortefeuilleFout(
                    f"Het blad heeft meer dan {_ROWS} rijen; dat is uitgepakt te groot. Bewaar het als CSV of Parquet."
                )

    @property
    def is_table(self) -> bool:
        """Whether there can be names and rows, in more than one column."""
        return self._cells > 1 and self._row > 1 and self._column != 1

    def refuse_far_cells(self) -> None:
        """A cell far from the others makes a block of which most is empty. Raises :class:`PortefeuilleFout`."""
        area = self._row * max(self._column, 1)
        if area > _BLOCK_OF_CELLS and self._cells * 10 < area:
            raise PortefeuilleFout(
                f"Op het blad staat iets ver van de tabel, tot rij {self._row}. Wis de cellen onder en naast de tabel "
                "en bewaar het bestand opnieuw."
            )

    def _no_value(self, block: bytes, found: "re.Match[bytes]", cell: bytes) -> None:
        attributes = self._attributes(block, found.start(), cell)
        # an empty text is a value; and a program that never computed writes a zero, and asks Excel to do it
        if _kind(attributes) not in ("str", "e") and (found[1] is None or self._recount):
            self._mark(attributes, FORMULE)

    def _attributes(self, block: bytes, before: int, cell: bytes) -> bytes:
        at, bare = block.rfind(cell, 0, before), block.rfind(cell[:-1] + b">", 0, before)
        return block[at + len(cell) : block.find(b">", at)] if at > bare else b""

    def _mark(self, attributes: bytes, kind: str, shown: str = "") -> None:
        found = _PLACE.search(b" " + attributes)
        self._marks += 1
        if found is None or self._marks > _MARKS_AT_MOST:
            raise PortefeuilleFout(
                "In dit Excel-bestand staan fouten of formules zonder waarde. Open het in Excel en bewaar het opnieuw."
            )
        self.blad.merken.setdefault(column_number(found[1].decode()), {})[int(found[2])] = (kind, shown)


def _kind(attributes: bytes) -> str:
    found = re.search(rb"""\bt\s*=\s*["'](\w+)["']""", attributes)
    return found[1].decode() if found else ""


def _far(place: str) -> PortefeuilleFout:
    if not re.fullmatch(r"[A-Za-z]{1,3}[0-9]{0,7}", place) or int(re.sub(r"\D", "", place) or 0) > _ROWS:
        return PortefeuilleFout(BESCHADIGD)
    return PortefeuilleFout(
        f"Op het blad staat iets in cel {place.upper()}, ver van de tabel; dat zijn te veel kolommen (hoogstens "
        f"{MEESTE_KOLOMMEN}). Wis de cellen naast en onder de tabel en bewaar het bestand opnieuw."
    )


def column_number(letters: str) -> int:
    """The number of a column, from 0: ``A`` is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column, from 0."""
    letters, number = "", number + 1
    while number:
        number, at = divmod(number - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters
