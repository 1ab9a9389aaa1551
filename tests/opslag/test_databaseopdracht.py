"""The commands about the database: what they print, and the code that they end with."""

import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.basis.instellingen import instellingen
from service.opdracht.commando import app
from service.opslag.bijstart import bij_start
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import SchemaFout
from service.opslag.schemanummers import schemas
from tests.hulp.databanken import SOORTEN, Postgres
from tests.opslag.boeken import faults, write, write_traced

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=SOORTEN)
def run(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``huurtoets`` with settings of its own, by each of the two databases."""
    monkeypatch.setenv("HUURTOETS_GEGEVENSMAP", str(tmp_path / "gegevens"))
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.empty()
        monkeypatch.setenv("HUURTOETS_DATABASE_URL", url)
        request.addfinalizer(lambda: server.drop(url))
    instellingen.cache_clear()
    request.addfinalizer(instellingen.cache_clear)

    def command(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return command


@pytest.fixture
def opgeslagen(run: Run) -> Opslag:
    """What the commands work on, after ``maak``."""
    assert run("database", "maak")[0] == 0
    return Opslag.van(instellingen())


def test_making_it_gives_a_database_that_is_in_order(run: Run) -> None:
    code, out, _ = run("database", "maak")
    assert (code, f"schema {schemas()[-1]}" in out, "Bewaar de sleutel" in out) == (0, True, True)
    code, out, err = run("database", "controleer")
    assert (code, err) == (0, "")
    assert "De database is in orde." in out
    code, out, _ = run("grootboek", "controleer")
    assert (code, out.startswith("Het grootboek is in orde: 1 boekingen, de laatste is 1:")) == (0, True)


def test_making_it_again_is_refused(run: Run, opgeslagen: Opslag) -> None:
    code, out, err = run("database", "maak")
    assert (code, out) == (2, "")
    assert "huurtoets database bijwerken" in err
    assert faults(opgeslagen) == []
    opgeslagen.sluit()


def test_updating_makes_what_is_not_there_and_does_nothing_when_all_is_new(run: Run) -> None:
    assert "is gemaakt" in run("database", "bijwerken")[1]
    assert "niets te doen" in run("database", "bijwerken")[1]


def test_before_there_is_a_database_each_command_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    for command in (("grootboek", "controleer"), ("grootboek", "toon"), ("opschonen",)):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert "huurtoets database maak" in err
    code, _, err = run("database", "controleer")
    assert code == 1
    assert "niet in orde" in err


def test_a_backup_and_a_restore_by_command(run: Run, opgeslagen: Opslag, tmp_path: Path) -> None:
    write(opgeslagen, 2)
    path = str(tmp_path / "a.hbk")
    code, out, _ = run("database", "reservekopie", path)
    assert (code, "3 boekingen" in out) == (0, True)
    assert run("database", "reservekopie", path)[0] == 2
    assert run("database", "reservekopie", path, "--overschrijf")[0] == 0
    write(opgeslagen)
    opgeslagen.sluit()
    code, _, err = run("database", "herstel", path)
    assert (code, "--vervang" in err) == (2, True)
    code, out, _ = run("database", "herstel", path, "--vervang")
    assert (code, "Opnieuw gewist: 0." in out) == (0, True)
    assert run("grootboek", "controleer")[1].startswith("Het grootboek is in orde: 4 boekingen")


def test_the_ledger_is_shown_as_lines_and_compared_with_what_was_written_down(run: Run, opgeslagen: Opslag) -> None:
    write(opgeslagen, 2)
    opgeslagen.sluit()
    lines = [json.loads(line) for line in run("grootboek", "toon", "--vanaf", "2")[1].splitlines()]
    assert [line["nummer"] for line in lines] == [2, 3]
    assert lines[0]["wie"] == "gebruiker:7"
    assert run("grootboek", "controleer", "--bekend", f"2:{lines[0]['zegel'][:12]}")[0] == 0
    code, out, err = run("grootboek", "controleer", "--bekend", "2:0123456789ab")
    assert (code, "Boeking 2 is niet die van eerder" in out, "niet in orde" in err) == (1, True, True)
    code, out, err = run("grootboek", "controleer", "--bekend", "twee")
    assert (code, out, "'twee' is geen nummer met een zegel" in err) == (2, "", True)


def test_erasing_and_cleaning_by_command(run: Run, opgeslagen: Opslag) -> None:
    subject, _ = write_traced(opgeslagen, {"naam": "Ada"})
    assert run("grootboek", "wis", subject, "--reden", "Op verzoek.")[1] == "Gewist: 1.\n"
    assert run("grootboek", "wis", "onbekend", "--reden", "Op verzoek.")[0] == 2
    code, out, _ = run("opschonen", "--proef")
    assert (code, [line.split("\t")[0] for line in out.splitlines()][:2]) == (0, ["medewerker", "eigen reservekopie"])
    assert run("opschonen")[0] == 0
    assert faults(opgeslagen) == []
    opgeslagen.sluit()


def test_what_is_wrong_around_it_is_found(run: Run, opgeslagen: Opslag) -> None:
    subject, _ = write_traced(opgeslagen, {"naam": "Ada"})
    opgeslagen.sluit()
    opgeslagen.wislijst.voeg_toe([subject])
    opgeslagen.sleutelbestand.chmod(0o644)
    code, _, err = run("database", "controleer")
    assert code == 1
    assert "nog niet gewist: 1." in err
    assert "ook voor anderen te lezen" in err
    opgeslagen.wislijst.bestand.unlink()
    opgeslagen.sleutelbestand.unlink()
    code, _, err = run("database", "controleer")
    assert code == 1
    assert "De lijst van wie gewist is" in err
    assert "De sleutel" in err


def test_a_setting_that_cannot_be_is_named_without_its_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUURTOETS_DATABASE_URL", "oracle://u:geheim-2@h/x")
    instellingen.cache_clear()
    code, out, err = run("database", "controleer")
    assert (code, "geheim-2" in out + err) == (2, False)
    assert "sqlite:///MAP/BESTAND" in err


def test_without_a_database_the_look_over_is_no_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUURTOETS_DATABASE_URL", "geen")
    instellingen.cache_clear()
    code, out, _ = run("database", "controleer")
    assert (code, "er wordt niets bewaard" in out) == (0, True)
    assert run("grootboek", "toon")[0] == 2


def test_the_start_makes_the_embedded_database_once(tmp_path: Path) -> None:
    opslag = Opslag(Gegevensmap(tmp_path / "nieuw"))
    assert "is gemaakt" in bij_start(opslag)
    assert stat.S_IMODE((tmp_path / "nieuw").stat().st_mode) == 0o700
    assert bij_start(opslag) == ""
    assert faults(opslag) == []
    opslag.sluit()


def test_the_start_updates_an_older_embedded_database_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two versions are needed: a folder of migrations with one more."""
    import shutil

    from service.opslag import schema, schemanummers

    newer = tmp_path / "migraties"
    shutil.copytree(schemanummers.MIGRATIES, newer)
    (newer / "versies" / "m9999_erbij.py").write_text(
        f'from alembic import op\nimport sqlalchemy as sa\nrevision = "9999"\ndown_revision = "{schemas()[-1]}"\n\n'
        'def upgrade():\n    op.create_table("erbij", sa.Column("x", sa.Integer()))\n\n'
        'def downgrade():\n    op.drop_table("erbij")\n'
    )
    opslag = Opslag(Gegevensmap(tmp_path / "gegevens"))
    bij_start(opslag)
    write(opslag, 2)
    monkeypatch.setattr(schemanummers, "MIGRATIES", newer)
    monkeypatch.setattr(schema, "MIGRATIES", newer)
    assert "bijgewerkt van schema" in bij_start(opslag)
    (made,) = opslag.map_.kopieen.glob("*.hbk")
    assert (made.parent.stat().st_mode & 0o777, made.stat().st_mode & 0o777) == (0o700, 0o600)
    assert opslag.database.schema() == "9999"
    assert faults(opslag) == []
    with opslag.database.lezen() as session:
        last = session.connection().exec_driver_sql("SELECT wie, wat FROM boeking ORDER BY nummer DESC LIMIT 1").one()
    assert tuple(last) == ("dienst:start", "database-bijgewerkt")
    opslag.sluit()
    monkeypatch.undo()
    with pytest.raises(SchemaFout, match="nieuwere versie"):  # and the older product refuses it, untouched
        bij_start(opslag)
    assert opslag.database.schema() == "9999"
    opslag.sluit()


def test_the_start_leaves_another_database_as_it_is(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.empty()
    opslag = Opslag(Gegevensmap(tmp_path), url)
    with pytest.raises(SchemaFout, match="huurtoets database maak"):
        bij_start(opslag)
    assert opslag.database.schema() is None
    opslag.sluit()
    postgres.drop(url)


def test_the_start_goes_on_when_the_database_cannot_be_reached_and_says_so(tmp_path: Path) -> None:
    said = bij_start(Opslag(Gegevensmap(tmp_path), "postgresql://u@127.0.0.1:1/x"))
    assert said.endswith("De toets werkt; er wordt niets bewaard.")


def test_the_start_says_nothing_when_there_is_to_be_no_database(tmp_path: Path) -> None:
    assert bij_start(Opslag(Gegevensmap(tmp_path / "nooit"), "geen")) == ""
    assert not (tmp_path / "nooit").exists()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    map_ = Gegevensmap(tmp_path)
    map_.database.write_bytes(b"dit is geen database" * 100)
    assert "De toets werkt; er wordt niets bewaard." in bij_start(Opslag(map_))
    assert map_.database.read_bytes() == b"dit is geen database" * 100


def test_a_data_directory_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    assert "HUURTOETS_GEGEVENSMAP" in bij_start(Opslag(Gegevensmap(tmp_path / "bestand" / "gegevens")))


def test_a_ledger_that_begins_again_says_that_there_was_another(tmp_path: Path) -> None:
    opslag = Opslag(Gegevensmap(tmp_path))
    bij_start(opslag)
    write(opslag, 4)
    opslag.sluit()
    for path in tmp_path.glob("huurtoets.sqlite3*"):
        path.unlink()
    fresh = Opslag(Gegevensmap(tmp_path))
    bij_start(fresh)
    assert faults(fresh) == []
    fresh.sluit()
    with closing(sqlite3.connect(tmp_path / "huurtoets.sqlite3")) as connection:
        said = json.loads(connection.execute("SELECT inhoud FROM boeking WHERE nummer = 1").fetchone()[0])
    assert said["eerderGrootboek"] == 5


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    opslag = Opslag(Gegevensmap(tmp_path))
    bij_start(opslag)
    before = opslag.sleutelbestand.read_bytes()
    (tmp_path / "huurtoets.sqlite3").unlink()
    bij_start(Opslag(Gegevensmap(tmp_path)))
    assert (opslag.sleutelbestand.read_bytes(), opslag.sleutelbestand.stat().st_mode & 0o777) == (before, 0o600)
