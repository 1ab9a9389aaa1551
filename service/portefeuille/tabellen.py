"""A table from a file: CSV, Excel or Parquet, read as text in batches, so that one way of reading serves them all."""

import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from service.portefeuille import csvbestand
from service.portefeuille.fouten import PortefeuilleFout, reden

RIJ: Final = "rij"
_FIRST: Final = 10_000
ANDERE_SOORT: Final = "Deze soort bestand wordt niet gelezen. Geef een bestand .csv, .xlsx of .parquet."
PER_KEER: Final = 20_000
SOORTEN: Final = {".csv": "csv", ".txt": "csv", ".xlsx": "excel", ".xlsm": "excel", ".parquet": "parquet"}
# an Excel file is a zip: what it unpacks to, at most, for each byte of the file
_UNPACKED: Final = 25
# it says on standard error which column is empty
logging.getLogger("fastexcel").setLevel(logging.ERROR)
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_READABLE = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Decimal, pl.Null)


@dataclass(frozen=True)
class Tabel:
    """A table that can be read more than once; ``meldingen`` says what the user must know about the file."""

    soort: str
    kolommen: tuple[str, ...]
    meldingen: tuple[str, ...]
    inhoud: "csvbestand.CsvVorm | pl.DataFrame | Path"

    def lees(self, kolommen: Sequence[str], per: int = PER_KEER) -> Iterator[pl.DataFrame]:
        """These columns as text (empty cells are null), with the row number in the file as ``rij``."""
        with _readable_file():
            for frame in self._frames(kolommen, per):
                yield frame.select(RIJ, *(as_text(frame[name]) for name in kolommen))

    def eerste(self) -> dict[str, pl.Series]:
        """The first rows as text, by column; a column of a kind that cannot be read is left out."""
        return next(self.delen(_FIRST), {})

    def delen(self, per: int = PER_KEER) -> Iterator[dict[str, pl.Series]]:
        """All rows as text, part by part, by column; a column of a kind that cannot be read is left out."""
        names = [name for name in self.kolommen if name]
        with _readable_file():
            for frame in self._frames(names, per):
                found = {}
                for name in names:
                    with suppress(PortefeuilleFout):
                        found[name] = as_text(frame[name])
                yield found

    def getallen(self) -> frozenset[str]:
        """The columns that hold numbers in the file itself: there a date may be an Excel day number."""
        if not isinstance(self.inhoud, pl.DataFrame):
            return frozenset()
        return frozenset(name for name in self.kolommen if self.inhoud.schema[name].is_numeric())

    def _frames(self, kolommen: Sequence[str], per: int) -> Iterator[pl.DataFrame]:
        if isinstance(self.inhoud, csvbestand.CsvVorm):
            yield from csvbestand.rows(self.inhoud, per)
        elif isinstance(self.inhoud, pl.DataFrame):
            yield from self.inhoud.iter_slices(per)
        else:
            yield from _parquet_rows(self.inhoud, kolommen, per)


@contextmanager
def _readable_file() -> Iterator[None]:
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        raise PortefeuilleFout("Het bestand is beschadigd. Bewaar het opnieuw.") from None


def open_table(path: Path, folder: Path, *, naam: str | None = None) -> Tabel:
    """The table in ``path``; ``folder`` is a private place for a copy. Raises :class:`PortefeuilleFout`.

    ``naam`` is the name the user gave the file, when that is not the name it has here.
    """
    kind = SOORTEN.get(Path(naam or path.name).suffix.lower())
    if kind is None:
        raise PortefeuilleFout(ANDERE_SOORT)
    try:
        table = {"csv": _csv, "excel": _excel, "parquet": _parquet}[kind](path, folder)
    except OSError as error:
        raise PortefeuilleFout(f"Het bestand is niet te lezen: {reden(error)}.") from None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, fastexcel.FastExcelError, zipfile.BadZipFile):
        raise PortefeuilleFout(f"Dit is geen leesbaar {_WORDS[kind]}-bestand. Bewaar het opnieuw.") from None
    _check_names(table.kolommen)
    return table


_WORDS: Final = {"csv": "CSV", "excel": "Excel", "parquet": "Parquet"}


def _csv(path: Path, folder: Path) -> Tabel:
    readable, said = csvbestand.as_utf8(path, folder)
    shape = csvbestand.shape_of(readable)
    return Tabel("csv", shape.kolommen, (*said, *_said_above(shape.kopregel, above=shape.boven)), shape)


def _excel(path: Path, _: Path) -> Tabel:
    _refuse_other_file(path)
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > _UNPACKED * max(path.stat().st_size, 1 << 20):
            raise PortefeuilleFout("Dit Excel-bestand is uitgepakt te groot. Bewaar het als CSV of Parquet.")
    reader = fastexcel.read_excel(path)
    said: tuple[str, ...] = ()
    if len(reader.sheet_names) > 1:
        said = (
            f"Het bestand heeft {len(reader.sheet_names)} bladen; het eerste, '{reader.sheet_names[0]}', is gelezen.",
        )
    # with skip_rows the rows are counted as the sheet does; without it, blank rows on top would not count
    top = reader.load_sheet(0, header_row=None, skip_rows=0, n_rows=csvbestand.BOVENAAN, dtypes="string").to_polars()
    rows = [[str(cell or "").strip() for cell in row] for row in top.iter_rows()]
    at = csvbestand.head_at([sum(map(bool, row)) for row in rows])
    if at is None:
        raise PortefeuilleFout(
            f"Het eerste blad, '{reader.sheet_names[0]}', is leeg. Zet de woningen op het eerste blad."
        )
    names = rows[at]
    frame = reader.load_sheet(
        0,
        header_row=None,
        skip_rows=at + 1,
        column_names=[f"k{number}" for number in range(len(names))],
        schema_sample_rows=None,
    ).to_polars()
    renamed = {f"k{number}": name or f"\0{number}" for number, name in enumerate(names)}
    frame = frame.rename(renamed if _distinct(names) else {})
    frame = frame.with_row_index(RIJ, offset=at + 2).cast({RIJ: pl.Int64})
    filled = pl.any_horizontal(pl.all().exclude(RIJ).is_not_null())
    return Tabel(
        "excel", tuple(names), (*said, *_said_above(at + 1, above=any(map(any, rows[:at])))), frame.filter(filled)
    )


def _said_above(row: int, *, above: bool) -> tuple[str, ...]:
    if not above:
        return ()
    return (f"De kolomnamen staan op rij {row}. Wat daarboven staat, is niet gelezen.",)


def _refuse_other_file(path: Path) -> None:
    """What is called Excel and is not: nothing, or the older file in which Excel also puts one with a password."""
    with path.open("rb") as file:
        start = file.read(len(_OLE))
    if not start:
        raise PortefeuilleFout("Het bestand is leeg. Bewaar het opnieuw.")
    if start == _OLE:
        raise PortefeuilleFout(
            "Dit bestand heeft een wachtwoord, of het is van een oude soort (.xls). Haal het wachtwoord eraf en bewaar "
            "het als .xlsx."
        )


def _parquet(path: Path, _: Path) -> Tabel:
    return Tabel("parquet", tuple(pl.read_parquet_schema(path)), (), path)


def _parquet_rows(path: Path, kolommen: Sequence[str], per: int) -> Iterator[pl.DataFrame]:
    lazy = pl.scan_parquet(path).select(kolommen)
    height = int(pl.scan_parquet(path).select(pl.len()).collect().item())
    for start in range(0, height, per):
        frame = lazy.slice(start, per).collect()
        yield frame.with_row_index(RIJ, offset=start + 1).cast({RIJ: pl.Int64})


def _distinct(names: Sequence[str]) -> bool:
    return len({name for name in names if name}) == sum(1 for name in names if name) and RIJ not in names


def _check_names(names: tuple[str, ...]) -> None:
    if not any(re.search(r"[^\W\d_]", name) for name in names):  # a number is no name
        raise PortefeuilleFout("De eerste regel heeft geen kolomnamen.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise PortefeuilleFout(f"Deze kolomnaam staat er twee keer: '{twice[0]}'. Geef elke kolom een eigen naam.")
    if RIJ in names:
        raise PortefeuilleFout(f"Een kolom kan hier niet '{RIJ}' heten. Geef haar een andere naam.")


def as_text(column: pl.Series) -> pl.Series:
    """``column`` as the text a person would type; what is blank is null."""
    if column.dtype.is_float():
        return _float_text(column.cast(pl.Float64))
    if column.dtype == pl.Boolean:
        return column.replace_strict({True: "ja", False: "nee"}, return_dtype=pl.String)
    if isinstance(column.dtype, pl.Datetime):
        text = column.dt.to_string("%Y-%m-%d %H:%M:%S")
        return text.str.replace(r" 00:00:00$", "")
    if not (column.dtype.is_integer() or column.dtype in _READABLE):
        raise PortefeuilleFout(f"De kolom '{column.name}' heeft een soort inhoud die niet wordt gelezen.")
    text = column.cast(pl.String)
    if isinstance(column.dtype, pl.Decimal):
        text = text.str.replace(r"(\.[0-9]{2})0+$", "$1")
    text = text.str.strip_chars()
    return text.set(text == "", None)


def _float_text(column: pl.Series) -> pl.Series:
    """A binary number without its noise; with more than two decimals it gets so many that nobody reads thousands."""
    number = pl.col("n")
    whole = (number - number.round(0)).abs() < 1e-9
    cents = (number - number.round(2)).abs() < 1e-6
    return (
        column.rename("n")
        .to_frame()
        .select(
            pl.when(number.is_nan())
            .then(None)
            .when(whole & (number.abs() < 1e15))
            .then(number.round(0).cast(pl.Int64, strict=False).cast(pl.String))
            .when(cents)
            .then(number.round(2).cast(pl.String))
            .otherwise(number.round(6).cast(pl.String) + "0000")
            .alias(column.name)
        )
        .to_series()
    )


def normal(name: str) -> str:
    """``name`` without case, accents on separators or signs: how column names are compared."""
    return re.sub(r"[^a-z0-9+]", "", name.lower())
