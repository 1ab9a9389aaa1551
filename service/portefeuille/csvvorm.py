"""How a CSV file is written: a comma, semicolon or tab between the columns, UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.vormen import LANGSTE_NAAM, MEESTE_KOLOMMEN

BLOCK: Final = 1 << 23
# the names of the columns stand in one of the first so many rows; above them may be a title
BOVENAAN: Final = 20
# the names and what stands above them are within the first so many bytes
_TOP: Final = 1 << 20
# a record at the top takes no more lines
_LINES: Final = 1_000
_SEPARATORS: Final = (";", ",", "\t")
_UTF16: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# what is too long is refused by us, with its line, and not by the reader of Python
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
            while block := file.read(BLOCK):
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
            while block := old.read(BLOCK):
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
