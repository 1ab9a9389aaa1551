"""CSV in blocks: any size, a comma, semicolon or tab between the columns, UTF-8, UTF-16 or Windows-1252.

Lines without quotes, or with every quote where it belongs, are read by Polars. All others go to the reader of Python,
which says so when a quote does not close, or text follows one that does.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final

import polars as pl

from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.vormen import LANGSTE_CEL, LANGSTE_NAAM, MEESTE_KOLOMMEN

_BLOCK: Final = 1 << 23
# the first one is small: often only the first rows are looked at
_FIRST_BLOCK: Final = 1 << 21
# the names of the columns stand in one of the first so many rows; above them may be a title
BOVENAAN: Final = 20
# the names and what stands above them are within the first so many bytes
_TOP: Final = 1 << 20
# one row, with line ends in its cells, is never larger than this, nor has so many lines
_RECORD: Final = 1 << 22
_LINES: Final = 1_000
_SEPARATORS: Final = (";", ",", "\t")
# a text that cannot be in a line, so that each line is one cell
_NO_SEPARATOR: Final = "\x1f"
_SPACES: Final = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_UTF16: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TOO_LONG: Final = f"meer dan {LANGSTE_CEL} tekens. Haal die kolom weg, of kort de tekst in."
# longer cells are refused here, with their line, and not by the reader of Python
csv.field_size_limit(1 << 30)


@dataclass(frozen=True, slots=True)
class CsvVorm:
    """How a CSV file is written: its separator, its columns, and where the first row starts.

    ``breed`` is how many cells the line of the names has, empty ones at its end included; ``kolommen`` has none of
    those. ``kopregel`` is the line of the names, ``kopregels`` the lines up to the first row, and ``boven`` whether
    something stands above the names.
    """

    pad: Path
    scheiding: str
    kolommen: tuple[str, ...]
    breed: int
    begin: int
    kopregel: int
    kopregels: int
    boven: bool

    @property
    def namen(self) -> list[str]:
        """Names for the frame: an own one where the file has none."""
        return [name or f"\0{at}" for at, name in enumerate(self.kolommen)]


def as_utf8(path: Path, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """``path`` itself when it is UTF-8, else a copy in ``folder`` that is; and what the user must know about it."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
    for mark, name in _UTF16:
        if start.startswith(mark):
            return _copied(path, folder, name), ()
    if b"\0" in start:
        raise PortefeuilleFout("Dit is geen tekstbestand. Geef een CSV-, Excel- of Parquet-bestand.")
    old_mac = b"\r" in start and b"\n" not in start  # where each line ends with a carriage return only
    if _is_utf8(path):
        return (_copied(path, folder, "utf-8") if old_mac else path), ()
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
                if b"\0" in block:
                    raise PortefeuilleFout(
                        "In het bestand staat een teken dat in geen tekst hoort (NUL). Bewaar het opnieuw als CSV."
                    )
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
                if "\0" in block:
                    raise PortefeuilleFout("Dit is geen tekstbestand. Bewaar het opnieuw als 'CSV UTF-8'.")
                new.write(block if "\n" in block else block.replace("\r", "\n"))
    except UnicodeError:
        raise PortefeuilleFout(
            "De tekens in dit bestand zijn niet te lezen. Bewaar het opnieuw, als 'CSV UTF-8'."
        ) from None
    return copy


def shape_of(path: Path) -> CsvVorm:
    """How the file is written, from its first lines. Raises :class:`PortefeuilleFout`."""
    with path.open("rb") as file:
        whole = file.read(_TOP + 1)
    start = whole.removeprefix(codecs.BOM_UTF8)
    skip = len(whole) - len(start)
    records = list(islice(_records(start, complete=len(whole) <= _TOP), BOVENAAN))
    at = next((at for at, record in enumerate(records) if record.tekst.strip()), None)
    if at is None:
        raise PortefeuilleFout("Het bestand is leeg. De eerste regel hoort de namen van de kolommen te hebben.")
    at = _head_in(records[at:], at)
    head, lines = records[at], sum(record.regels for record in records[:at])
    cells = [cell.strip() for cell in head.cellen(head.scheiding)]
    names = without_empty_end(cells)
    above = any(record.tekst.strip(f"{head.scheiding} ") for record in records[:at])
    return CsvVorm(
        path, head.scheiding, tuple(names), len(cells), skip + head.eind, lines + 1, lines + head.regels, above
    )


def without_empty_end(names: Sequence[str]) -> list[str]:
    """``names`` without the empty ones at the end. Raises when there are too many, or one is too long."""
    last = max((at for at, name in enumerate(names, 1) if name), default=len(names))
    if last > MEESTE_KOLOMMEN:
        raise PortefeuilleFout(
            f"Het bestand heeft {last} kolommen; dat zijn er te veel. Laat alleen de kolommen staan die nodig zijn, "
            f"hoogstens {MEESTE_KOLOMMEN}."
        )
    if any(len(name) > LANGSTE_NAAM for name in names):
        raise PortefeuilleFout(
            f"Een kolomnaam heeft meer dan {LANGSTE_NAAM} tekens. Zet de namen van de kolommen op de eerste regel."
        )
    return list(names[:last])


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


def _records(start: bytes, *, complete: bool) -> Iterator[_Record]:
    end = 0
    while end < len(start):
        text, length, lines = _first_record(start[end:])
        end += length
        if end == len(start) and not complete:
            raise PortefeuilleFout("De eerste regel van het bestand is te lang. Bewaar het opnieuw als CSV.")
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


def _first_record(start: bytes) -> tuple[str, int, int]:
    """The first record (a quoted name may hold a line end), its length in bytes and the lines it takes."""
    end = stop = quotes = 0
    for _ in range(_LINES):
        cut = start.find(b"\n", end)
        stop = len(start) if cut < 0 else cut + 1
        quotes += start.count(b'"', end, stop)
        if cut < 0 or quotes % 2 == 0:
            break
        end = stop
    if quotes % 2:  # it does not close: then this line is a record, and reading the rows says what is wrong
        stop = start.find(b"\n") + 1 or len(start)
    text = start[:stop].decode("utf-8", "replace").rstrip("\r\n")
    return text, stop, text.count("\n") + 1


# the rows


def rows(shape: CsvVorm, per: int) -> Iterator[pl.DataFrame]:
    """The rows as text, about ``per`` at a time, with their line number in ``rij``; blank lines are left out."""
    line = shape.kopregels + 1
    with shape.pad.open("rb") as file:
        file.seek(shape.begin)
        rest, size = b"", _FIRST_BLOCK
        while True:
            more, size = file.read(size), _BLOCK
            block = rest + more
            cut = block.rfind(b"\n") + 1 if more else len(block)
            if not cut:
                if not more:
                    return
                if len(block) > _RECORD + _BLOCK:
                    raise PortefeuilleFout(f"Regel {line} is te lang. Bewaar het bestand opnieuw als CSV.")
                rest = block
                continue
            rest = block[cut:]
            found = _parsed(block[:cut], shape, line)
            if found is not None:
                frame, lines = found
            else:
                frame, lines, rest = _by_record(block[:cut], rest, file, shape, line)
            line += lines
            yield from frame.iter_slices(per)


def _parsed(block: bytes, shape: CsvVorm, line: int) -> tuple[pl.DataFrame, int] | None:
    """The rows of ``block``, and how many lines it takes; None when a quote is not where it belongs.

    Raises when a line has more or fewer cells than the head.
    """
    lines = pl.read_csv(
        block, separator=_NO_SEPARATOR, quote_char=None, has_header=False, new_columns=["regel"],
        infer_schema=False, truncate_ragged_lines=True, raise_if_empty=False,
    )  # fmt: skip
    if lines.height == 0:
        return _frame(shape, [[] for _ in shape.kolommen], []), block.count(b"\n")
    text, mark = pl.col("regel").fill_null(""), shape.scheiding
    quoted = b'"' in block
    # most files have no quotes at all, and then there is nothing to look past
    bare = text.str.replace_all('""', "", literal=True).str.replace_all(r'"[^"]*"', "q") if quoted else text
    found = lines.with_row_index("rij", offset=line).with_columns(
        pl.col("rij").cast(pl.Int64),
        cells=bare.str.count_matches(mark, literal=True) + 1,
        blank=text.str.strip_chars(mark + _SPACES) == "",
    )
    if quoted and not found["regel"].fill_null("").str.contains(_well_quoted(mark)).all():
        return None
    width = len(shape.kolommen)
    # more separators at the end of a line are no fault, as long as nothing stands between them
    other = found.filter(~pl.col("blank") & ((pl.col("cells") < width) | (pl.col("cells") > shape.breed)))
    filled = bare.str.strip_chars_end(mark + _SPACES).str.count_matches(mark, literal=True) + 1
    wrong = other.filter((pl.col("cells") < width) | (filled > shape.breed)) if other.height else other
    if wrong.height:
        raise _ragged(int(wrong["rij"][0]), int(wrong["cells"][0]), width)
    kept = found.filter(~pl.col("blank"))
    if not kept.height:
        return _frame(shape, [[] for _ in shape.kolommen], []), found.height
    frame = pl.read_csv(
        io.BytesIO("\n".join(kept["regel"]).encode()) if kept.height < found.height else block,
        separator=mark, has_header=False, columns=list(range(width)), infer_schema=False, raise_if_empty=False,
        truncate_ragged_lines=True,
    )  # fmt: skip
    if frame.height != kept.height or frame.width != width:
        return None
    frame.columns = shape.namen
    _refuse_long_cells(frame, kept["rij"])
    return frame.insert_column(0, kept["rij"]), found.height


def _well_quoted(mark: str) -> str:
    """A line in which each cell has no quotes, or has them around it."""
    cell = rf'(?:[^"{mark}]*|"(?:[^"]|"")*")'
    return rf"^{cell}(?:{mark}{cell})*\r?$"


def _refuse_long_cells(frame: pl.DataFrame, lines: pl.Series) -> None:
    if not frame.height:
        return
    longest = frame.select(pl.all().str.len_bytes().max())
    for name in frame.columns:
        if (longest[name].item() or 0) > LANGSTE_CEL:
            at = frame[name].str.len_chars().arg_max()
            if at is not None and len(frame[name][at] or "") > LANGSTE_CEL:
                raise PortefeuilleFout(f"Regel {lines[at]} heeft een cel met {_TOO_LONG}")


class _Lines(Iterator[str]):
    """The lines of a block, and beyond it as far as a cell that began in it goes on."""

    def __init__(self, block: bytes, rest: bytes, file: IO[bytes]) -> None:
        self._inside = io.BytesIO(block)
        self._file, self.rest = file, rest
        self.gelezen = 0
        self._buiten = 0

    def __next__(self) -> str:
        line = self._inside.readline()
        if not line and self._buiten <= _RECORD:
            line = self._beyond()
            self._buiten += len(line)
        if not line:
            raise StopIteration
        self.gelezen += 1
        return line.decode("utf-8")

    def _beyond(self) -> bytes:
        if b"\n" not in self.rest:
            self.rest += self._file.read(_BLOCK)
        cut = self.rest.find(b"\n") + 1 or len(self.rest)
        line, self.rest = self.rest[:cut], self.rest[cut:]
        return line

    @property
    def binnen(self) -> bool:
        """Whether lines of the block are left."""
        return self._inside.tell() < len(self._inside.getbuffer())


def _by_record(
    block: bytes, rest: bytes, file: IO[bytes], shape: CsvVorm, line: int
) -> tuple[pl.DataFrame, int, bytes]:
    """The same, record by record: for the rare block in which a quote is not around a cell of one line."""
    width, numbers = len(shape.kolommen), []
    cells: list[list[str]] = [[] for _ in range(width)]
    lines = _Lines(block, rest, file)
    reader = csv.reader(lines, delimiter=shape.scheiding, strict=True)
    while lines.binnen:
        at = line + lines.gelezen
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise _wrong_quote(at, line + lines.gelezen - 1, str(error)) from None
        if record is None:
            break
        if not any(cell.strip() for cell in record):
            continue
        if len(record) < width or any(map(str.strip, record[shape.breed :])):
            raise _ragged(at, len(record), width)
        _refuse_swallowed(record, at, shape)
        numbers.append(at)
        for column, cell in zip(cells, record, strict=False):
            column.append(cell)
    return _frame(shape, cells, numbers), lines.gelezen, lines.rest


def _frame(shape: CsvVorm, cells: list[list[str]], numbers: list[int]) -> pl.DataFrame:
    frame = pl.DataFrame(dict(zip(shape.namen, cells, strict=True)), schema=dict.fromkeys(shape.namen, pl.String))
    return frame.insert_column(0, pl.Series("rij", numbers, dtype=pl.Int64))


def _refuse_swallowed(record: Sequence[str], at: int, shape: CsvVorm) -> None:
    """Two quotes that were never closed close each other; what lies between them would be lost without a word."""
    for cell in record:
        if len(cell) > LANGSTE_CEL:
            raise PortefeuilleFout(f"Regel {at} heeft een cel met {_TOO_LONG}")
        if "\n" in cell and any(
            line.count(shape.scheiding) >= max(1, len(shape.kolommen) - 1) for line in cell.split("\n")[1:]
        ):
            raise PortefeuilleFout(
                f"Het aanhalingsteken in regel {at} gaat pas dicht na andere rijen. Zet er een achter dezelfde cel, of "
                "haal het weg."
            )


def _wrong_quote(start: int, end: int, said: str) -> PortefeuilleFout:
    if "end of data" in said:
        return PortefeuilleFout(
            f"Het aanhalingsteken in regel {start} gaat niet dicht. Zet er een achter dezelfde cel, of haal het weg."
        )
    if end > start:
        return PortefeuilleFout(
            f"Het aanhalingsteken in regel {start} gaat pas dicht in regel {end}, en daar staat tekst achter. Zet er "
            f"een achter de cel in regel {start}, of haal het weg."
        )
    return PortefeuilleFout(
        f"In regel {start} staat tekst achter een aanhalingsteken dat dichtgaat. Zet de hele cel tussen "
        'aanhalingstekens, en schrijf een aanhalingsteken daarin dubbel: "buis ""3"" lang".'
    )


def _ragged(line: int, found: int, wanted: int) -> PortefeuilleFout:
    return PortefeuilleFout(
        f"Regel {line} heeft {found} kolommen; de eerste regel heeft er {wanted}. Staat er een scheidingsteken in een "
        "cel, zet de cel dan tussen aanhalingstekens."
    )
