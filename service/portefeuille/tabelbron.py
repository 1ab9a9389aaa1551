"""A file as it is, read as text in batches: CSV, Excel or Parquet. Only the process that reads files does this."""

import logging
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from service.portefeuille import csvrijen
from service.portefeuille.csvvorm import BOVENAAN, CsvVorm, as_utf8, head_at, shape_of, without_empty_end
from service.portefeuille.fouten import PortefeuilleFout, disk_full, reden, too_large
from service.portefeuille.vormen import ANDERE_SOORT, LANGSTE_CEL, PER_KEER, RIJ, SOORTEN, WOORDEN, as_text, merk
from service.portefeuille.werkboeklezen import column_letters, unpack

# it says on standard error which column is empty
logging.getLogger("fastexcel").setLevel(logging.ERROR)
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_DAMAGED: Final = (
    pl.exceptions.PolarsError, pl.exceptions.PanicException, fastexcel.FastExcelError, zipfile.BadZipFile,
    zipfile.LargeZipFile, UnicodeError, EOFError,
)  # fmt: skip


@dataclass(frozen=True)
class Tabelbron:
    """A file that can be read more than once; ``meldingen`` says what the user must know about it.

    ``merken``: by column and row the text of a cell that is there and cannot be used.
    """

    soort: str
    kolommen: tuple[str, ...]
    meldingen: tuple[str, ...]
    inhoud: CsvVorm | pl.DataFrame | Path
    stelsel_1904: bool = False
    merken: dict[str, dict[int, str]] = field(default_factory=dict)

    def lees(self, kolommen: Sequence[str], per: int = PER_KEER) -> Iterator[pl.DataFrame]:
        """These columns as text (empty cells are null), with the row number in the file as ``rij``."""
        with _whole_file():
            for frame in self._frames(kolommen, per):
                yield frame.select(RIJ, *(self._text(frame, name) for name in kolommen))

    def leesbaar(self) -> list[str]:
        """The columns with a name of a kind that can be read."""
        names = [name for name in self.kolommen if name]
        if isinstance(self.inhoud, CsvVorm):
            return names
        schema = self.inhoud.schema if isinstance(self.inhoud, pl.DataFrame) else pl.read_parquet_schema(self.inhoud)
        return [name for name in names if as_text(pl.Series(name, [], dtype=schema[name])) is not None]

    def getallen(self) -> list[str]:
        """The columns that hold numbers in the file itself: there a date may be an Excel day number."""
        if not isinstance(self.inhoud, pl.DataFrame):
            return []
        return [name for name in self.kolommen if name and self.inhoud.schema[name].is_numeric()]

    def _text(self, frame: pl.DataFrame, name: str) -> pl.Series:
        text = as_text(frame[name])
        if text is None:
            raise PortefeuilleFout(f"De kolom '{name}' heeft een soort inhoud die niet wordt gelezen.")
        if (text.str.len_bytes().max() or 0) > LANGSTE_CEL and (text.str.len_chars().max() or 0) > LANGSTE_CEL:  # type: ignore[operator]
            row = frame[RIJ][text.str.len_chars().arg_max() or 0]
            raise PortefeuilleFout(
                f"Rij {row} heeft in kolom '{name}' een cel met meer dan {LANGSTE_CEL} tekens. Kort de tekst in."
            )
        if marked := self.merken.get(name):
            texts = pl.DataFrame({RIJ: list(marked), "m": list(marked.values())}, schema_overrides={RIJ: pl.Int64})
            found = frame.select(RIJ).join(texts, on=RIJ, how="left", maintain_order="left")["m"]
            text = found.fill_null(text).alias(name)
        return text

    def _frames(self, kolommen: Sequence[str], per: int) -> Iterator[pl.DataFrame]:
        if isinstance(self.inhoud, CsvVorm):
            yield from csvrijen.rows(self.inhoud, per)
        elif isinstance(self.inhoud, pl.DataFrame):
            yield from self.inhoud.iter_slices(per)
        else:
            yield from _parquet_rows(self.inhoud, kolommen, per)


@contextmanager
def _whole_file() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        if disk_full(error) or too_large(error):
            raise
        raise PortefeuilleFout("Het bestand is beschadigd. Bewaar het opnieuw.") from None


def open_bron(path: Path, folder: Path, naam: str) -> Tabelbron:
    """The file at ``path``, which the user called ``naam``; ``folder`` is a private place for a copy.

    Raises :class:`PortefeuilleFout`.
    """
    kind = SOORTEN.get(Path(naam).suffix.lower())
    if kind is None:
        raise PortefeuilleFout(ANDERE_SOORT)
    try:
        bron = {"csv": _csv, "excel": _excel, "parquet": _parquet}[kind](path, folder)
    except OSError as error:
        raise PortefeuilleFout(f"Het bestand is niet te lezen: {reden(error)}.") from None
    except _DAMAGED as error:
        if disk_full(error) or too_large(error):
            raise
        raise PortefeuilleFout(f"Dit is geen leesbaar {WOORDEN[kind]}-bestand. Bewaar het opnieuw.") from None
    _check_names(bron.kolommen)
    return bron


def _csv(path: Path, folder: Path) -> Tabelbron:
    readable, said = as_utf8(path, folder)
    shape = shape_of(readable)
    return Tabelbron("csv", shape.kolommen, (*said, *_said_above(shape.kopregel, above=shape.boven)), shape)


def _excel(path: Path, folder: Path) -> Tabelbron:
    _refuse_other_file(path)
    blad = unpack(path, folder)
    said = []
    if blad.overgeslagen:
        said.append(f"Op het blad '{blad.overgeslagen[0]}' staat geen tabel; het blad '{blad.naam}' is gelezen.")
    elif blad.verborgen:
        said.append(f"Het eerste blad is verborgen; het eerste zichtbare blad, '{blad.naam}', is gelezen.")
    elif blad.bladen > 1:
        said.append(f"Het bestand heeft {blad.bladen} bladen; het eerste, '{blad.naam}', is gelezen.")
    if blad.verborgen_rijen:
        said.append("Op het blad zijn rijen verborgen, bijvoorbeeld door een filter; die zijn ook gelezen.")
    if blad.stelsel_1904:
        said.append("Het bestand telt dagen vanaf 1904; daar is bij getallen in een datumkolom rekening mee gehouden.")
    reader = fastexcel.read_excel(blad.pad)
    # with skip_rows the rows are counted as the sheet does; without it, blank rows on top would not count
    top = reader.load_sheet(0, header_row=None, skip_rows=0, n_rows=BOVENAAN, dtypes="string")
    first = min((column.absolute_index for column in top.available_columns()), default=0)
    rows = [[str(cell or "").strip() for cell in row] for row in top.to_polars().iter_rows()]
    at = head_at([sum(map(bool, row)) for row in rows])
    if at is None:
        raise PortefeuilleFout(f"Het eerste blad, '{blad.naam}', is leeg. Zet de woningen op het eerste blad.")
    names = without_empty_end(rows[at])
    frame = reader.load_sheet(
        0,
        header_row=None,
        skip_rows=at + 1,
        column_names=[f"k{number}" for number in range(len(names))],
        schema_sample_rows=None,
    ).to_polars()
    blad.pad.unlink()
    renamed = {f"k{number}": name or f"\0{number}" for number, name in enumerate(names)}
    frame = frame.rename(renamed if _distinct(names) else {})
    frame = frame.with_row_index(RIJ, offset=at + 2).cast({RIJ: pl.Int64})
    marks = {
        name: {row: merk(kind, f"{column_letters(number)}{row} {shown}") for row, (kind, shown) in cells.items()}
        for number, name in enumerate(names, first)
        if name and (cells := {row: why for row, why in blad.merken.get(number, {}).items() if row > at + 1})
    }
    marked = [row for cells in marks.values() for row in cells]
    filled = pl.any_horizontal(pl.all().exclude(RIJ).is_not_null()) | pl.col(RIJ).is_in(marked)
    above = any(map(any, rows[:at]))
    return Tabelbron(
        "excel",
        tuple(names),
        (*said, *_said_above(at + 1, above=above)),
        frame.filter(filled),
        blad.stelsel_1904,
        marks,
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


def _parquet(path: Path, _: Path) -> Tabelbron:
    return Tabelbron("parquet", tuple(without_empty_end(list(pl.read_parquet_schema(path)))), (), path)


def _parquet_rows(path: Path, kolommen: Sequence[str], per: int) -> Iterator[pl.DataFrame]:
    lazy = pl.scan_parquet(path).select(kolommen)
    height = int(pl.scan_parquet(path).select(pl.len()).collect().item())
    for start in range(0, height, per):
        frame = lazy.slice(start, per).collect()
        yield frame.with_row_index(RIJ, offset=start + 1).cast({RIJ: pl.Int64})


def _distinct(names: Sequence[str]) -> bool:
    return len({name for name in names if name}) == sum(1 for name in names if name) and RIJ not in names


def _check_names(names: tuple[str, ...]) -> None:
    if not any(sign.isalpha() for name in names for sign in name):  # a number is no name
        raise PortefeuilleFout("De eerste regel heeft geen kolomnamen.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise PortefeuilleFout(f"Deze kolomnaam staat er twee keer: '{twice[0]}'. Geef elke kolom een eigen naam.")
    if RIJ in names:
        raise PortefeuilleFout(f"Een kolom kan hier niet '{RIJ}' heten. Geef haar een andere naam.")
    if any("\0" in name for name in names):
        raise PortefeuilleFout("In een kolomnaam staat een teken dat in geen tekst hoort. Geef haar een andere naam.")
