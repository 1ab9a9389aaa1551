"""Small tables in every form, and a run over them."""

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from service.portefeuille.draaien import Opdracht, draai, open_tables, private_folder
from service.portefeuille.koppeling import Koppeling, propose
from service.portefeuille.verslag import Verslag
from tests.hulp.geladen import PAKKET

DAG, RONDE = date(2026, 3, 1), 2026
Rij = Mapping[str, object]
# one dwelling with one tenant, as a Dutch spreadsheet writes it
GEWOON: dict[str, object] = {
    "VHE-nummer": "W1", "soort": "huurder", "Verhuurder": "Wetland Wonen", "Kale huur": "600,00",
    "Maximale huur": "900,00", "Energielabel": "C", "Zelfstandig": "ja", "Huishoudverklaring": "L", "vermogen": "1.000",
    "p1_rol": "huurder", "p1_leeftijd_opgave": "40", "p1_inkomen_opgave": "20.000",
}  # fmt: skip


def rij(verwijzing: str = "W1", **anders: object) -> dict[str, object]:
    """The ordinary dwelling with other cells; spaces in names are written as ``_`` here."""
    return GEWOON | {"VHE-nummer": verwijzing} | {key.replace("_", " ") if key not in GEWOON else key: cell
                                                 for key, cell in anders.items()}  # fmt: skip


def csv_bytes(rows: Sequence[Rij], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """``rows`` as CSV; every row has the columns of the first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(path: Path, rows: Sequence[Rij], **how: Any) -> Path:
    """``rows`` as a CSV file."""
    path.write_bytes(csv_bytes(rows, **how))
    return path


def write_excel(path: Path, rows: Sequence[Rij]) -> Path:
    """``rows`` as an Excel file: numbers, dates and yes or no keep their kind."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy", "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for at, name in enumerate(rows[0]):
        sheet.write_string(0, at, name)
        for line, row in enumerate(rows, 1):
            if row[name] is not None:
                sheet.write(line, at, row[name])
    book.close()
    return path


@dataclass
class Uitkomst:
    """A run: its report and its files."""

    verslag: Verslag
    map: Path
    uit: Path

    @property
    def rijen(self) -> pl.DataFrame:
        """The result as written."""
        if self.uit.suffix == ".parquet":
            return pl.read_parquet(self.uit)
        if self.uit.suffix == ".xlsx":
            return pl.read_excel(self.uit, sheet_name="Resultaat", infer_schema_length=None)
        return pl.read_csv(self.uit, separator=";", infer_schema=False)

    @property
    def afgewezen(self) -> list[dict[str, Any]]:
        """The list of rejected rows."""
        return pl.read_csv(self.map / "uit-afgewezen.csv", separator=";", infer_schema=False).to_dicts()

    def bladen(self) -> dict[str, pl.DataFrame]:
        """The sheets of the workbook."""
        name = self.uit if self.uit.suffix == ".xlsx" else self.map / "uit-samenvatting.xlsx"
        return pl.read_excel(name, sheet_id=0, has_header=False, raise_if_empty=False)

    def aantallen(self) -> tuple[int, int, int, int]:
        """Read, accepted, rejected and double."""
        v = self.verslag
        return v.gelezen, v.aangenomen, v.afgewezen, v.dubbel


def draai_bestand(
    woningen: Path,
    personen: Path | None = None,
    *,
    uit: str = "uit.parquet",
    koppeling: Koppeling | None = None,
    dag: date = DAG,
    ronde: int = RONDE,
    **opties: Any,
) -> Uitkomst:
    """Run over files, with a proposed koppeling unless one is given; the result comes beside the dwelling table."""
    folder = woningen.parent
    with private_folder() as private:
        tables = open_tables(woningen, personen, private)
        chosen = koppeling or propose(PAKKET, *tables, opties.pop("vast", {}))
        for part in private.iterdir():
            shutil.rmtree(part)
        opdracht = Opdracht(
            woningen, chosen, dag, ronde, folder / "uit-samenvatting.xlsx", folder / "uit-afgewezen.csv", personen,
            str(folder / uit), **opties,
        )  # fmt: skip
        return Uitkomst(draai(opdracht, private, lambda *_: None), folder, folder / uit)


def draai_rijen(folder: Path, rows: Sequence[Rij], **opties: Any) -> Uitkomst:
    """Run over a few rows."""
    return draai_bestand(write_csv(folder / "woningen.csv", rows), **opties)
