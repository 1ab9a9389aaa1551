"""docs/gegevens.md says of all that is kept why and how long."""

import re
from pathlib import Path

from sqlalchemy import create_engine, inspect

from service.opslag.boekingsoorten import BETROKKENEN, BOEKINGEN
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opschonen import KOPIE_DAGEN

PAGE = (Path(__file__).parents[2] / "docs/gegevens.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]


def _rows_with(column: int, text: str) -> list[list[str]]:
    return [row for row in ROWS if len(row) > column and text in row[column]]


def test_every_table_says_what_why_how_long_and_how_it_goes(sqlite_ready: Path) -> None:
    tables = inspect(create_engine(f"sqlite:///{sqlite_ready}")).get_table_names()
    assert len(tables) >= 4
    for table in tables:
        rows = _rows_with(1, f"`{table}`")
        assert len(rows) == 1, f"docs/gegevens.md zegt niet precies één keer iets over de tabel {table}"
        assert len(rows[0]) == 6
        assert all(rows[0])


def test_every_file_of_the_data_directory_has_its_line(tmp_path: Path) -> None:
    map_ = Gegevensmap(tmp_path)
    for path in (map_.sleutel, map_.gewist, map_.anker, map_.kopieen):
        assert _rows_with(1, f"`{path.name}`"), path.name


def test_every_kind_of_entry_and_of_subject_has_its_line_and_no_other() -> None:
    names = {row[0].strip("`") for row in ROWS if row[0].startswith("`")}
    assert names == set(BOEKINGEN) | set(BETROKKENEN)
    for kind, years in BETROKKENEN.items():
        assert [row[1] for row in _rows_with(0, f"`{kind}`")] == [str(years)]


def test_the_days_of_own_backups_are_those_of_the_product() -> None:
    ((row),) = [row for row in ROWS if row[0] == "eigen reservekopie"]
    assert row[4] == f"{KOPIE_DAGEN} dagen"
    assert re.search(rf"hoogstens {KOPIE_DAGEN} dagen", PAGE)
