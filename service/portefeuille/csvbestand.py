"""CSV in blocks: any size, a comma, semicolon or tab between the columns, UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import polars as pl

from service.portefeuille.fouten import PortefeuilleFout

_BLOCK: Final = 1 << 23
# the names of the columns stand in one of the first so many rows; above them may be a title
BOVENAAN: Final = 20
_SEPARATORS: Final = (";", ",", "\t")
# a text that cannot be in a line, so that each line is one cell
_NO_SEPARATOR: Final = "\x1f"
_SPACES: Final = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_UTF16: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class CsvVorm:
    """How a CSV file is written: its separator, its columns, and where the first row starts.

    ``kopregel`` is the line of the names, ``kopregels`` the lines up to the first row, and ``boven`` whether something
    stands above the names.
    """

    pad: Path
    scheiding: str
    kolommen: tuple[str, ...]
    begin: int
    kopregel: int
    kopregels: int
    boven: bool


def as_utf8(path: Path, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """``path`` itself when it is UTF-8, else a copy in ``folder`` that is; and what the user must know about it."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in _UTF16:
        if start.startswith(mark):
            return _copied(path, folder, name), ()
    if _is_utf8(path):
        return path, ()
    said = (
        "Het bestand is geen UTF-8; het is gelezen als Windows-1252. Controleer kolomnamen met een accent, "
        "of bewaar het bestand opnieuw als 'CSV UTF-8'.",
    )
    return _copied(path, folder, "cp1252"), said


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _copied(path: Path, folder: Path, encoding: str) -> Path:
    copy = folder / f"{path.stem}.utf8.csv"
    try:
        with path.open(encoding=encoding, newline="") as old, copy.open("w", encoding="utf-8", newline="") as new:
            copy.chmod(0o600)
            while block := old.read(_BLOCK):
                new.write(block)
    except UnicodeError:
        raise PortefeuilleFout(
            "De tekens in dit bestand zijn niet te lezen. Bewaar het opnieuw, als 'CSV UTF-8'."
        ) from None
    return copy


def shape_of(path: Path) -> CsvVorm:
    """How the file is written, from its first line. Raises :class:`PortefeuilleFout`."""
    with path.open("rb") as file:
        start = file.read(1 << 16).removeprefix(codecs.BOM_UTF8)
        skip = file.tell() and len(codecs.BOM_UTF8) if _has_mark(path) else 0
    if b"\0" in start:
        raise PortefeuilleFout("Dit is geen tekstbestand. Geef een CSV-, Excel- of Parquet-bestand.")
    records = list(islice(_records(start), BOVENAAN))
    at = next((at for at, record in enumerate(records) if record.tekst.strip()), None)
    if at is None:
        raise PortefeuilleFout("Het bestand is leeg. De eerste regel hoort de namen van de kolommen te hebben.")
    at = _head_in(records[at:], at)
    head, lines = records[at], sum(record.regels for record in records[:at])
    names = tuple(cell.strip() for cell in head.cellen(head.scheiding))
    above = any(record.tekst.strip(f"{head.scheiding} ") for record in records[:at])
    return CsvVorm(path, head.scheiding, names, skip + head.eind, lines + 1, lines + head.regels, above)


@dataclass(frozen=True, slots=True)
class _Record:
    """One record at the top of the file: its text, where it ends, and the lines it takes."""

    tekst: str
    eind: int
    regels: int

    @property
    def scheiding(self) -> str:
        """What seems to stand between its cells."""
        return max(_SEPARATORS, key=self.tekst.count)

    def cellen(self, scheiding: str) -> list[str]:
        """Its cells."""
        return next(csv.reader(io.StringIO(self.tekst, newline=""), delimiter=scheiding), [])


def _records(start: bytes) -> Iterator[_Record]:
    end = 0
    while end < len(start):
        text, length, lines = _first_record(start[end:])
        end += length
        yield _Record(text, end, lines)


def head_at(filled: Sequence[int]) -> int | None:
    """Which of the first rows has the names, by how many cells are filled in: a title above them fills only a few."""
    most = max(filled, default=0)
    return next((at for at, count in enumerate(filled) if count * 2 > most), None)


def _head_in(records: Sequence[_Record], first: int) -> int:
    """The place of the names. Without a separator in a title, what stands below it says how it is written."""
    for at, record in enumerate(records):
        known = any(mark in record.tekst for mark in _SEPARATORS)
        rows = [row.cellen(record.scheiding if known else row.scheiding) for row in records[at:]]
        if head_at([sum(bool(cell.strip()) for cell in row) for row in rows]) == 0:
            return first + at
    return first


def _has_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) == codecs.BOM_UTF8


def _first_record(start: bytes) -> tuple[str, int, int]:
    """The first record (a quoted name may hold a line end), its length in bytes and the lines it takes."""
    end = 0
    while True:
        cut = start.find(b"\n", end)
        stop = len(start) if cut < 0 else cut + 1
        if cut < 0 or start[:stop].count(b'"') % 2 == 0:
            text = start[:stop].decode("utf-8", "replace").rstrip("\r\n")
            return text, stop, text.count("\n") + 1
        end = stop


def rows(shape: CsvVorm, per: int) -> Iterator[pl.DataFrame]:
    """The rows as text, about ``per`` at a time, with their line number in ``rij``; blank lines are left out."""
    line = shape.kopregels + 1
    for block in _blocks(shape):
        frame, lines = _parsed(block, shape, line)
        line += lines
        yield from frame.iter_slices(per)


def _blocks(shape: CsvVorm) -> Iterator[bytes]:
    """The file from its first row, cut at line ends that are not inside quotes."""
    rest = b""
    with shape.pad.open("rb") as file:
        file.seek(shape.begin)
        while block := file.read(_BLOCK):
            block = rest + block
            cut = _last_cut(block)
            if cut:
                yield block[:cut]
            rest = block[cut:]
            if len(rest) > 4 * _BLOCK:
                raise PortefeuilleFout("In het bestand staat een aanhalingsteken dat niet wordt gesloten.")
    if rest.strip():
        yield rest


def _last_cut(block: bytes) -> int:
    cut = block.rfind(b"\n") + 1
    odd = block.count(b'"', 0, cut) % 2
    while cut and odd:
        before = block.rfind(b"\n", 0, cut - 1) + 1
        odd ^= block.count(b'"', before, cut) % 2
        cut = before
    return cut


def _parsed(block: bytes, shape: CsvVorm, line: int) -> tuple[pl.DataFrame, int]:
    """The rows of ``block``, and how many lines it takes. Raises when a line has more or fewer cells than the head."""
    lines = pl.read_csv(
        block, separator=_NO_SEPARATOR, quote_char=None, has_header=False, new_columns=["regel"],
        infer_schema=False, truncate_ragged_lines=True, raise_if_empty=False,
    )  # fmt: skip
    if lines.height == 0:
        return pl.DataFrame(schema={"rij": pl.Int64} | dict.fromkeys(shape.kolommen, pl.String)), block.count(b"\n")
    text = pl.col("regel").fill_null("")
    # most files have no quotes at all, and then there is nothing to look past
    bare = text.str.replace_all(r'"[^"]*"', "") if b'"' in block else text
    found = lines.with_row_index("rij", offset=line).with_columns(
        pl.col("rij").cast(pl.Int64),
        quotes=text.str.count_matches('"', literal=True),
        cells=bare.str.count_matches(shape.scheiding, literal=True) + 1,
        blank=text.str.strip_chars(shape.scheiding + _SPACES) == "",
    )
    if (found["quotes"] % 2 == 1).any():
        return _by_record(block, shape, line), found.height
    width = len(shape.kolommen)
    wrong = found.filter(~pl.col("blank") & (pl.col("cells") != width))
    if wrong.height:
        raise _ragged(int(wrong["rij"][0]), int(wrong["cells"][0]), width)
    kept = found.filter(~pl.col("blank"))
    frame = pl.read_csv(
        io.BytesIO("\n".join(kept["regel"]).encode()) if kept.height < found.height else block,
        separator=shape.scheiding, has_header=False, new_columns=list(shape.kolommen), infer_schema=False,
        raise_if_empty=False,
    )  # fmt: skip
    if frame.height != kept.height:
        return _by_record(block, shape, line), found.height
    return frame.insert_column(0, kept["rij"]), found.height


def _by_record(block: bytes, shape: CsvVorm, line: int) -> pl.DataFrame:
    """The same, record by record: for the rare block in which a cell holds a line end."""
    width, numbers = len(shape.kolommen), []
    cells: list[list[str]] = [[] for _ in range(width)]
    reader = csv.reader(io.StringIO(block.decode("utf-8"), newline=""), delimiter=shape.scheiding)
    at = line
    for record in reader:
        if any(cell.strip() for cell in record):
            if len(record) != width:
                raise _ragged(at, len(record), width)
            numbers.append(at)
            for column, cell in zip(cells, record, strict=True):
                column.append(cell)
        at = line + reader.line_num
    frame = pl.DataFrame(dict(zip(shape.kolommen, cells, strict=True)), schema=dict.fromkeys(shape.kolommen, pl.String))
    return frame.insert_column(0, pl.Series("rij", numbers, dtype=pl.Int64))


def _ragged(line: int, found: int, wanted: int) -> PortefeuilleFout:
    return PortefeuilleFout(
        f"Regel {line} heeft {found} kolommen; de eerste regel heeft er {wanted}. Staat er een scheidingsteken in een "
        "cel, zet de cel dan tussen aanhalingstekens."
    )
