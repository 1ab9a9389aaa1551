"""The rows of a CSV file, a block at a time: any size.

Lines without quotes, or with every quote where it belongs, are read by Polars. All others go to the reader of Python,
which says so when a quote does not close, or text follows one that does.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO, Final

import polars as pl

from service.portefeuille.csvvorm import BLOCK, CsvVorm
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.vormen import LANGSTE_CEL

# the first one is small: often only the first rows are looked at
_FIRST_BLOCK: Final = 1 << 21
# one row, with line ends in its cells, is never larger than this
_RECORD: Final = 1 << 22
# a text that cannot be in a line, so that each line is one cell
_NO_SEPARATOR: Final = "\x1f"
_SPACES: Final = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_TOO_LONG: Final = f"meer dan {LANGSTE_CEL} tekens. Haal die kolom weg, of kort de tekst in."


def rows(shape: CsvVorm, per: int) -> Iterator[pl.DataFrame]:
    """The rows as text, about ``per`` at a time, with their line number in ``rij``; blank lines are left out."""
    line = shape.kopregels + 1
    with shape.pad.open("rb") as file:
        file.seek(shape.begin)
        rest, size = b"", _FIRST_BLOCK
        while True:
            more, size = file.read(size), BLOCK
            block = rest + more
            cut = block.rfind(b"\n") + 1 if more else len(block)
            if not cut:
                if not more:
                    return
                if len(block) > _RECORD + BLOCK:
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
            self.rest += self._file.read(BLOCK)
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
