"""Writing: CSV, Excel or Parquet, whole or not at all, and never a cell that a spreadsheet would run as a formula.

Everything is written beside its place under a temporary name, flushed to disk, and only then renamed.
"""

import os
import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Protocol

import polars as pl
import polars.selectors as cs

from service.portefeuille import eigenaar
from service.portefeuille.cellen import neutral_column
from service.portefeuille.fouten import PortefeuilleFout, reden
from service.portefeuille.keuren import AFGEWEZEN
from service.portefeuille.werkboek import Werkboek

VORMEN: Final = {".csv": "csv", ".xlsx": "excel", ".parquet": "parquet"}
STDUIT: Final = "-"
# rows of a result that are made text at a time
_PER_PIECE: Final = 10_000
# the decimals of an amount; what has no more than these is written as it is
_CENTS: Final = 2


def _neutralised(frame: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    return frame.with_columns(neutral_column(name).alias(name) for name in texts)


# one file at a time, or nothing


# the folder of a run, and the list in it of what the run is making elsewhere
PREFIX: Final = "huurtoets-"
_ELSEWHERE: Final = "elders.txt"


class Neergezet:
    """Files that appear together when all is done, under their own names; on a fault none of them does.

    Each is made in a folder of its own beside its place, so that whatever a library makes there goes with it. In
    ``folder``, the private folder of the run, stands where those are: a later run removes what a killed one left.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._waiting: list[tuple[Path, Path]] = []
        self._folder = folder
        self.klaar: list[Path] = []

    def path_for(self, wanted: Path) -> Path:
        """A temporary place beside ``wanted``, readable by the user only."""
        inside = wanted.with_name(f".{wanted.name}.{eigenaar.mark()}-{secrets.token_hex(6)}.deel")
        try:
            for left in wanted.parent.glob(".*.deel"):
                if eigenaar.left_behind(left):
                    eigenaar.remove(left)
            if self._folder is not None:
                with (self._folder / _ELSEWHERE).open("a", encoding="utf-8") as known:
                    known.write(f"{inside.absolute()}\n")
            inside.mkdir(mode=0o700)
            place = inside / wanted.name
            self._waiting.append((place, wanted))
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise PortefeuilleFout(f"Er is niet te schrijven bij '{wanted}': {reden(error)}.") from None
        return place

    def commit(self) -> None:
        """Flush every file to disk and give it its own name."""
        for place, _ in self._waiting:
            with place.open("rb+") as file:
                os.fsync(file.fileno())
        while self._waiting:
            place, wanted = self._waiting[0]
            place.chmod(0o600)
            place.replace(wanted)
            self.klaar.append(wanted)
            del self._waiting[0]
            eigenaar.remove(place.parent)
            _sync_folder(wanted.parent)

    def drop(self) -> None:
        """Remove what was not committed."""
        for place, _ in self._waiting:
            with suppress(OSError):
                eigenaar.remove(place.parent)
        self._waiting.clear()


def remove_left_behind(place: Path) -> None:
    """Remove the private folders of runs that were killed, and what they were making elsewhere."""
    for folder in place.glob(f"{PREFIX}*"):
        if not eigenaar.left_behind(folder):
            continue
        with suppress(OSError, UnicodeError):
            for line in (folder / _ELSEWHERE).read_text(encoding="utf-8").splitlines():
                if eigenaar.left_behind(Path(line)):
                    eigenaar.remove(Path(line))
        eigenaar.remove(folder)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every file system can
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# the result


class Resultaat(Protocol):
    """Where the rows of the result go."""

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows."""

    def close(self) -> None:
        """The last row has been written."""


@dataclass
class Csv:
    """Semicolons, a decimal comma and a byte order mark: what a Dutch Excel opens right, and this reader reads back."""

    file: IO[bytes]
    eigen: bool = True
    begonnen: bool = False

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows."""
        if not self.begonnen:
            self.file.write("\N{BYTE ORDER MARK}".encode())
            self.file.write(frame.clear().write_csv(separator=";").encode())
        self.begonnen = True
        for piece in frame.iter_slices(_PER_PIECE):
            ready = _short_decimals(_neutralised(_as_words(piece)))
            self.file.write(ready.write_csv(separator=";", decimal_comma=True, include_header=False).encode())

    def close(self) -> None:
        """The last row has been written."""
        if self.eigen:
            self.file.close()
        else:
            self.file.flush()


def _as_words(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        (cs.enum() | cs.categorical()).cast(pl.String),
        cs.boolean().replace_strict({True: "ja", False: "nee"}, return_dtype=pl.String),
    )


def _short_decimals(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers without zeros beyond the cents; exact, so never by way of a float."""
    return frame.with_columns(
        pl.col(name).cast(pl.String).str.replace(r"(\.\d\d\d*?)0+$", "$1").str.replace(".", ",", literal=True)
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.Decimal) and dtype.scale > _CENTS
    )


@dataclass
class Parquet:
    """Parts in a private folder, joined at the end."""

    path: Path
    folder: Path
    delen: list[tuple[Path, int]] = field(default_factory=list)

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows."""
        part = self.folder / f"resultaat-{len(self.delen):05}.parquet"
        part.touch(mode=0o600)
        frame.write_parquet(part, compression="lz4", statistics=False)
        self.delen.append((part, frame.height))

    def close(self) -> None:
        """The last row has been written."""
        # the words of a list depend on the columns of a batch, so they become text; and a part that ends at so many
        # rows is read after the one before it, where whole files would be read all at once
        pl.concat(
            pl.scan_parquet(part).head(height).with_columns(cs.enum().cast(pl.String), cs.categorical().cast(pl.String))
            for part, height in self.delen
        ).sink_parquet(self.path)
        for part, _ in self.delen:
            part.unlink()


def vorm_van(uit: str) -> str:
    """The kind of file that ``uit`` is, by its name. Raises :class:`PortefeuilleFout`."""
    if uit == STDUIT:
        return "csv"
    kind = VORMEN.get(Path(uit).suffix.lower())
    if kind is None:
        raise PortefeuilleFout(f"'{uit}' is geen soort uitvoer. Kies een naam die eindigt op .csv, .xlsx of .parquet.")
    return kind


@dataclass
class Uitvoer:
    """Everything that a run writes: the result, the rejected rows and the workbook with the summary."""

    werkboek: Werkboek
    resultaat: Resultaat | None
    afgewezen: Csv | None
    gezet: Neergezet
    heeft_afgewezen: bool = False

    def reject(self, reasons: pl.DataFrame) -> None:
        """Add reasons to the list of rejected rows."""
        if reasons.height == 0:
            return
        self.heeft_afgewezen = True
        ordered = reasons.select(list(AFGEWEZEN))
        if self.afgewezen is not None:
            self.afgewezen.write(ordered)
        self.werkboek.sheet("Afgewezen").write(ordered)


@contextmanager
def open_uitvoer(
    uit: str | None, samenvatting: Path, afgewezen: Path, folder: Path, *, proef: bool
) -> Iterator[Uitvoer]:
    """The files of one run. They appear together at the end of the block, or, on any fault or Ctrl-C, not at all.

    ``uit`` None writes no result. With an Excel result the summary and the rejected rows are sheets of that workbook,
    and ``samenvatting`` and ``afgewezen`` are not written.
    """
    placed = Neergezet(folder)
    kind = vorm_van(uit) if uit is not None else ""
    one_book = kind == "excel" and not proef and uit is not None
    opened: list[IO[bytes]] = []
    try:
        book = Werkboek(placed.path_for(Path(uit) if one_book and uit else samenvatting), folder, "Samenvatting")
        rejected = None
        if not one_book:
            opened.append(placed.path_for(afgewezen).open("wb"))
            rejected = Csv(opened[-1])
            rejected.write(pl.DataFrame(schema=dict(AFGEWEZEN)))
        result = None if proef or uit is None else _result(uit, kind, book, placed, folder, opened)
        yield Uitvoer(book, result, rejected, placed)
        if rejected is not None:
            rejected.close()
        with ThreadPoolExecutor(1) as beside:  # both take seconds, and most of that is not Python
            closing = beside.submit(result.close) if result is not None else None
            book.close()
            if closing is not None:
                closing.result()
        placed.commit()
    finally:
        for file in opened:
            with suppress(OSError):
                file.close()
        placed.drop()


def _result(uit: str, kind: str, book: Werkboek, placed: Neergezet, folder: Path, opened: list[IO[bytes]]) -> Resultaat:
    if uit == STDUIT:
        return Csv(sys.stdout.buffer, eigen=False)
    if kind == "excel":
        return book.sheet("Resultaat")
    place = placed.path_for(Path(uit))
    if kind == "parquet":
        return Parquet(place, folder)
    opened.append(place.open("wb"))
    return Csv(opened[-1])
