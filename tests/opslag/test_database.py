"""Both databases: a unit of work is whole or nothing, a reader writes nothing, and a fault tells no value."""

import threading
import traceback
from pathlib import Path

import pytest
from sqlalchemy import text

from service.opslag.database import Database
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag, Opslagstand
from service.opslag.opslagfouten import AlleenLezen, Botsing, GeenOpslag, OpslagFout, SchemaFout
from service.opslag.schemanummers import schemas

# put together, so that a traceback does not show it as a line of this file
SECRET = "-".join(("geheim", "1"))
NEW = text("INSERT INTO betrokkene (kenmerk, soort, gemaakt, sleutel) VALUES (:kenmerk, 'proef', '2026', :sleutel)")


def _add(database: Database, name: str) -> None:
    with database.schrijven() as session:
        session.execute(NEW, {"kenmerk": name, "sleutel": b"x"})


def _names(database: Database) -> list[str]:
    with database.lezen() as session:
        return list(session.scalars(text("SELECT kenmerk FROM betrokkene ORDER BY kenmerk")))


def test_a_unit_of_work_is_kept_whole(opslag: Opslag) -> None:
    with opslag.database.schrijven() as session:
        session.execute(NEW, {"kenmerk": "a", "sleutel": b"x"})
        session.execute(NEW, {"kenmerk": "b", "sleutel": b"x"})
    assert _names(opslag.database) == ["a", "b"]


def test_of_a_unit_of_work_that_fails_nothing_is_kept(opslag: Opslag) -> None:
    with pytest.raises(ZeroDivisionError), opslag.database.schrijven() as session:
        session.execute(NEW, {"kenmerk": "a", "sleutel": b"x"})
        _ = 1 / 0
    assert _names(opslag.database) == []


def test_a_reader_cannot_write(opslag: Opslag) -> None:
    with pytest.raises(AlleenLezen), opslag.database.lezen() as session:
        session.execute(NEW, {"kenmerk": "a", "sleutel": b"x"})
    _add(opslag.database, "b")  # the connection that was used for it writes again
    assert _names(opslag.database) == ["b"]


def test_a_reader_sees_one_moment_while_others_write(opslag: Opslag) -> None:
    with opslag.database.lezen() as session:
        count = text("SELECT COUNT(*) FROM betrokkene")
        before = session.scalar(count)
        writer = threading.Thread(target=_add, args=(opslag.database, "a"))
        writer.start()
        writer.join(20)
        assert not writer.is_alive()
        assert (before, session.scalar(count)) == (0, 0)
    assert _names(opslag.database) == ["a"]


def test_a_fault_of_the_database_tells_nothing_of_what_was_written(opslag: Opslag) -> None:
    _add(opslag.database, SECRET)
    with pytest.raises(Botsing) as found:
        _add(opslag.database, SECRET)
    assert SECRET not in "".join(traceback.format_exception(found.value))


def test_a_fault_in_the_statement_tells_nothing_either(opslag: Opslag) -> None:
    with pytest.raises(OpslagFout) as found, opslag.database.schrijven() as session:
        session.execute(text("INSERT INTO onzin VALUES (:x)"), {"x": SECRET})
    assert SECRET not in "".join(traceback.format_exception(found.value))


def test_without_tables_it_says_which_command_makes_them(lege_opslag: Opslag) -> None:
    with pytest.raises(SchemaFout, match="huurtoets database maak"), lege_opslag.database.lezen():
        pass
    assert lege_opslag.database.stand() is Opslagstand.ANDER_SCHEMA


@pytest.mark.parametrize(("version", "said"), [("0000", "installeer de nieuwere"), ("9999", "installeer de nieuwere")])
def test_tables_of_an_unknown_version_are_refused_and_stay(opslag: Opslag, version: str, said: str) -> None:
    with opslag.database.verbouwen() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    for attempt in (opslag.database.lezen, opslag.database.schrijven):
        with pytest.raises(SchemaFout) as found, attempt():
            pass
        assert version in str(found.value)
        assert said in str(found.value).lower()
    with pytest.raises(SchemaFout):
        opslag.database.bijwerken(schemas()[-1])
    assert opslag.database.schema() == version


def test_a_database_that_works_says_so(opslag: Opslag) -> None:
    assert opslag.database.stand() is Opslagstand.GOED


def test_a_database_that_can_only_be_read_is_read(tmp_path: Path, sqlite_ready: Path) -> None:
    opslag = Opslag(Gegevensmap(tmp_path), f"sqlite:///{sqlite_ready}?mode=ro")
    assert opslag.database.stand() is Opslagstand.ALLEEN_LEZEN
    assert _names(opslag.database) == []
    with pytest.raises(AlleenLezen, match="recht om te schrijven"):
        _add(opslag.database, "a")
    opslag.sluit()


@pytest.mark.parametrize("url", [f"postgresql://u:{SECRET}@127.0.0.1:1/x", "sqlite:////bestaat/niet/x.sqlite3"])
def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path, url: str) -> None:
    opslag = Opslag(Gegevensmap(tmp_path), url)
    with pytest.raises(OpslagFout) as found:
        _names(opslag.database)
    assert SECRET not in "".join(traceback.format_exception(found.value)) + opslag.database.plek + repr(found.value)
    assert "huurtoets database" in str(found.value)


@pytest.mark.parametrize("url", [f"mysql://u:{SECRET}@h/x", "sqlite://", SECRET, "postgresql://h", "sqlite:///x?a=1"])
def test_an_address_that_cannot_be_used_is_refused_with_those_that_can(tmp_path: Path, url: str) -> None:
    with pytest.raises(GeenOpslag, match="sqlite:///MAP/BESTAND") as found:
        _ = Opslag(Gegevensmap(tmp_path), url).database
    assert SECRET not in "".join(traceback.format_exception(found.value))


def test_without_a_database_it_says_that_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(GeenOpslag, match="niets bewaard"):
        _ = Opslag(Gegevensmap(tmp_path), "geen").database


def test_the_embedded_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    map_ = Gegevensmap(tmp_path / "een" / "twee")
    map_.maak()
    opslag = Opslag(map_)
    opslag.database.bijwerken(schemas()[-1])
    _add(opslag.database, "a")
    rights = {path.name: oct(path.stat().st_mode)[-3:] for path in map_.map_.iterdir()} | {
        "": oct(map_.map_.stat().st_mode)[-3:]
    }
    opslag.sluit()
    assert set(rights.values()) == {"600", "700"}
    assert rights[""] == "700"
