"""Backups: of one moment while others write, back whole or not at all, and never with somebody who was erased."""

import gzip
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.opslag.gegevensmap import Gegevensmap
from service.opslag.herstel import drop_all, go_on_counting, load_rows, zet_terug
from service.opslag.kopievorm import Kop, KopieFout, Kopieschrijver, check_backup
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout, SchemaFout
from service.opslag.reservekopie import maak_kopie, tables_of
from service.opslag.schema import migrate
from service.opslag.schemanummers import schemas
from service.opslag.sleutels import make_key
from service.opslag.wissen import erased_in, wis
from tests.hulp.databanken import Postgres
from tests.opslag.boeken import WIE, count, faults, write, write_traced
from tests.opslag.rijen import RIJEN
from tests.opslag.test_migraties import all_rows, fill


@pytest.fixture
def andere(ingericht: Opslag, tmp_path: Path, postgres: Postgres) -> Iterator[Opslag]:
    """Another machine with a database of the other kind, and nothing on it but the key."""
    map_ = Gegevensmap(tmp_path / "anders")
    map_.maak()
    shutil.copy(ingericht.sleutelbestand, map_.sleutel)
    found = Opslag(map_, postgres.empty() if ingericht.database.soort == "sqlite" else None)
    yield found
    found.sluit()
    if found.url is not None:
        postgres.drop(found.url)


@pytest.fixture
def andere_leeg(opslag: Opslag, tmp_path: Path, postgres: Postgres) -> Iterator[Opslag]:
    make_key(opslag.sleutelbestand)
    map_ = Gegevensmap(tmp_path / "leeg")
    map_.maak()
    found = Opslag(map_, postgres.empty() if opslag.database.soort == "sqlite" else None)
    yield found
    found.sluit()
    if found.url is not None:
        postgres.drop(found.url)


def restore(opslag: Opslag, path: Path, **how: bool) -> int:
    return zet_terug(opslag, path, wie=WIE, **{"vervang": True} | how).gewist


def test_a_backup_moves_to_a_database_of_the_other_kind(ingericht: Opslag, andere: Opslag, tmp_path: Path) -> None:
    write(ingericht, 3)
    _, number = write_traced(ingericht, {"naam": "Ada"})
    path = tmp_path / "a.hbk"
    assert maak_kopie(ingericht, path).kop.boekingen == 5
    shutil.copy(ingericht.wislijst.bestand, andere.wislijst.bestand)
    restore(andere, path, vervang=False)
    assert (count(andere), faults(andere)) == (6, [])
    with andere.database.lezen() as session:
        assert andere.grootboek.beschermd(session, number) == {"naam": "Ada"}
        entry = session.execute(text("SELECT wat, inhoud FROM boeking WHERE nummer = 6")).one()
    assert entry.wat == "database-hersteld"
    assert json.loads(entry.inhoud)["boekingen"] == 5
    assert write(andere) == [7]


def test_every_value_of_every_table_comes_back(opslag: Opslag, andere_leeg: Opslag, tmp_path: Path) -> None:
    with opslag.database.verbouwen() as connection:
        for version in RIJEN:
            fill(connection, version)
        before = all_rows(connection)
    assert all(before.values())
    made = maak_kopie(opslag, tmp_path / "a.hbk")
    with andere_leeg.database.verbouwen() as connection:
        migrate(connection, schemas()[-1])
        assert load_rows(connection, tmp_path / "a.hbk") == made.rijen
        assert all_rows(connection) == before


def test_postgresql_goes_on_counting_after_what_was_put_back(tmp_path: Path, postgres: Postgres) -> None:
    opslag = Opslag(Gegevensmap(tmp_path), postgres.empty())
    with opslag.database.verbouwen() as connection:
        connection.exec_driver_sql("CREATE TABLE t (id SERIAL PRIMARY KEY, x TEXT)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1, 'a'), (7, 'b')")
        for table in tables_of(connection):
            go_on_counting(connection, table)
        connection.exec_driver_sql("INSERT INTO t (x) VALUES ('c')")
        assert connection.exec_driver_sql("SELECT MAX(id) FROM t").scalar() == 8
    opslag.sluit()


def test_a_backup_that_is_made_while_others_write_is_of_one_moment(ingericht: Opslag, tmp_path: Path) -> None:
    stop = threading.Event()
    written: list[int] = []

    def keep_writing() -> None:
        while not stop.is_set():
            written.extend(write(ingericht))

    writers = [threading.Thread(target=keep_writing) for _ in range(3)]
    for writer in writers:
        writer.start()
    made = [maak_kopie(ingericht, tmp_path / f"{number}.hbk").kop.boekingen for number in range(5)]
    stop.set()
    for writer in writers:
        writer.join(30)
    assert made == sorted(made)
    assert made[-1] > made[0], "nobody wrote in between, so this showed nothing"
    assert sorted(written) == list(range(2, len(written) + 2))
    for number, entries in enumerate(made):
        restore(ingericht, tmp_path / f"{number}.hbk")
        assert (count(ingericht), faults(ingericht)) == (entries + 1, [])


def test_a_backup_is_for_its_owner_alone_and_replaces_only_when_whole(ingericht: Opslag, tmp_path: Path) -> None:
    path = tmp_path / "a.hbk"
    maak_kopie(ingericht, path)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    ingericht.database.bijwerken(None)
    with pytest.raises(SchemaFout):
        maak_kopie(ingericht, path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.glob("*.hbk")] + [*tmp_path.glob(".a*")] == ["a.hbk"]


def test_where_it_cannot_be_written_it_says_so(ingericht: Opslag, tmp_path: Path) -> None:
    with pytest.raises(KopieFout, match="niet te schrijven"):
        maak_kopie(ingericht, tmp_path / "is er niet" / "a.hbk")


def test_whoever_was_erased_does_not_come_back(ingericht: Opslag, tmp_path: Path) -> None:
    subject, number = write_traced(ingericht, {"naam": "Ada"})
    _, other = write_traced(ingericht, {"naam": "Bob"})
    maak_kopie(ingericht, tmp_path / "a.hbk")
    wis(ingericht, [subject], wie=WIE, waarom="Op verzoek.")
    assert restore(ingericht, tmp_path / "a.hbk") == 1
    with ingericht.database.lezen() as session:
        assert ingericht.grootboek.beschermd(session, number) is None
        assert ingericht.grootboek.beschermd(session, other) == {"naam": "Bob"}
        assert erased_in(session) == {subject}
        last = session.execute(text("SELECT wat, inhoud FROM boeking ORDER BY nummer DESC LIMIT 1")).one()
    assert json.loads(last.inhoud) | {"gemaakt": ""} == {
        "boekingen": 3, "boekingenDaarvoor": 4, "gemaakt": "", "opnieuwGewist": 1
    }  # fmt: skip
    assert faults(ingericht) == []


def test_on_another_machine_the_list_of_who_was_erased_is_needed(
    ingericht: Opslag, andere: Opslag, tmp_path: Path
) -> None:
    subject, number = write_traced(ingericht, {"naam": "Ada"})
    maak_kopie(ingericht, tmp_path / "a.hbk")
    wis(ingericht, [subject], wie=WIE, waarom="Op verzoek.")
    with pytest.raises(OpslagFout, match="--zonder-wislijst"):
        restore(andere, tmp_path / "a.hbk")
    assert andere.database.schema() is None
    shutil.copy(ingericht.wislijst.bestand, andere.wislijst.bestand)
    assert restore(andere, tmp_path / "a.hbk") == 1
    with andere.database.lezen() as session:
        assert andere.grootboek.beschermd(session, number) is None


def test_the_list_of_another_ledger_is_not_enough(ingericht: Opslag, andere: Opslag, tmp_path: Path) -> None:
    from service.opslag.inrichten import maak

    maak(andere, wie=WIE)
    maak_kopie(ingericht, tmp_path / "a.hbk")
    with pytest.raises(OpslagFout, match="hoort bij een ander grootboek"):
        restore(andere, tmp_path / "a.hbk")
    restore(andere, tmp_path / "a.hbk", zonder_wislijst=True)
    assert faults(andere) == []
    restore(andere, tmp_path / "a.hbk")  # from now on the list is of this ledger too


def test_without_the_list_the_database_that_is_replaced_still_knows(ingericht: Opslag, tmp_path: Path) -> None:
    subject, number = write_traced(ingericht, {"naam": "Ada"})
    maak_kopie(ingericht, tmp_path / "a.hbk")
    wis(ingericht, [subject], wie=WIE, waarom="Op verzoek.")
    ingericht.wislijst.bestand.unlink()
    assert restore(ingericht, tmp_path / "a.hbk", zonder_wislijst=True) == 1
    with ingericht.database.lezen() as session:
        assert ingericht.grootboek.beschermd(session, number) is None
    assert ingericht.wislijst.betrokkenen() == {subject}


def _lines(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def _put(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(gzip.compress(b"".join(lines)))


def _change_a_row(path: Path) -> None:
    _put(path, [line.replace(b"een proef", b"een brief") for line in _lines(path)])


def _leave_a_row_out(path: Path) -> None:
    _put(path, [line for line in _lines(path) if not line.startswith(b"[2,")])


def _cut_the_end_off(path: Path) -> None:
    _put(path, _lines(path)[:-1])


def _add_something(path: Path) -> None:
    _put(path, [*_lines(path), b"{}\n"])


def _cut_the_file_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _turn_a_bit(path: Path) -> None:
    """In the middle; what the decompressor says of it differs from place to place."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _other_form(path: Path) -> None:
    _put(path, [line.replace(b'"formaat":1', b'"formaat":2') for line in _lines(path)])


def _something_else(path: Path) -> None:
    path.write_bytes(gzip.compress(b'{"naam": "Ada"}\n'))


def _not_even_compressed(path: Path) -> None:
    path.write_bytes(b"x" * 1_000)


DAMAGE: list[Callable[[Path], None]] = [
    _change_a_row, _leave_a_row_out, _cut_the_end_off, _add_something, _cut_the_file_off, _turn_a_bit, _other_form,
    _something_else, _not_even_compressed, Path.unlink,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__.strip("_"))
def test_a_damaged_backup_is_refused_and_all_stays_as_it_was(
    ingericht: Opslag, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "a.hbk"
    write(ingericht, 2)
    maak_kopie(ingericht, path)
    write(ingericht)
    damage(path)
    with pytest.raises(KopieFout, match=r"a\.hbk"):
        restore(ingericht, path)
    assert (count(ingericht), faults(ingericht)) == (4, [])


def test_every_turned_bit_is_a_sentence_and_never_a_fault_of_a_library(ingericht: Opslag, tmp_path: Path) -> None:
    write(ingericht, 2)
    path = tmp_path / "a.hbk"
    maak_kopie(ingericht, path)
    whole, lines = path.read_bytes(), _lines(path)
    refused = 0
    for place in range(10, len(whole)):  # the head of gzip says little, and nothing that is used
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        try:
            check_backup(path, ingericht.grootboek.sleutels)
        except KopieFout:
            refused += 1
        else:
            assert _lines(path) == lines  # a bit that fills the last byte up means nothing
    assert refused > 300


def _forge(opslag: Opslag, path: Path, head: Kop, rows: list[object]) -> None:
    """A backup with a true seal, by who has the key."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb") as file:
        out = Kopieschrijver(file)
        out.head(head)
        for row in rows:
            out.line(row)
            out.rows += isinstance(row, list)
        out.end(opslag.grootboek.sleutels)


def test_a_backup_with_a_ledger_that_is_not_whole_is_refused(ingericht: Opslag, tmp_path: Path) -> None:
    write(ingericht, 2)
    path = tmp_path / "a.hbk"
    head = maak_kopie(ingericht, path).kop
    rows = [json.loads(line.replace(b"een proef", b"een brief")) for line in _lines(path)[1:-1]]
    _forge(ingericht, path, head, rows)
    with pytest.raises(KopieFout, match="Boeking 2 is veranderd"):
        restore(ingericht, path)
    assert (count(ingericht), faults(ingericht)) == (3, [])


def test_a_backup_of_a_newer_version_is_refused(ingericht: Opslag, tmp_path: Path) -> None:
    path = tmp_path / "a.hbk"
    head = maak_kopie(ingericht, path).kop
    _forge(ingericht, path, Kop("9999", head.gemaakt, head.grootboek, 0), [])
    with pytest.raises(SchemaFout, match="Installeer eerst"):
        restore(ingericht, path)
    assert faults(ingericht) == []


def test_what_is_there_is_replaced_only_on_request(ingericht: Opslag, tmp_path: Path) -> None:
    maak_kopie(ingericht, tmp_path / "a.hbk")
    with pytest.raises(OpslagFout, match="--vervang"):
        restore(ingericht, tmp_path / "a.hbk", vervang=False)
    assert count(ingericht) == 1


def test_tables_of_an_unknown_version_can_be_replaced_by_a_backup(ingericht: Opslag, tmp_path: Path) -> None:
    """The way back that the refusal of a newer schema names."""
    subject, _ = write_traced(ingericht, {"naam": "Ada"})
    maak_kopie(ingericht, tmp_path / "a.hbk")
    wis(ingericht, [subject], wie=WIE, waarom="Op verzoek.")
    ingericht.wislijst.bestand.write_text("".join(ingericht.wislijst.bestand.read_text().splitlines(True)[:1]))
    with ingericht.database.verbouwen() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("CREATE TABLE van_later (x INTEGER)"))
    assert restore(ingericht, tmp_path / "a.hbk") == 1
    assert (count(ingericht), faults(ingericht)) == (4, [])
    with ingericht.database.snapshot() as connection:
        assert "van_later" not in all_rows(connection)


def test_a_restored_database_still_refuses_every_change(ingericht: Opslag, tmp_path: Path) -> None:
    maak_kopie(ingericht, tmp_path / "a.hbk")
    restore(ingericht, tmp_path / "a.hbk")
    with pytest.raises(OpslagFout), ingericht.database.schrijven() as session:
        session.execute(text("DELETE FROM boeking"))


def test_all_tables_go_whatever_they_are(ingericht: Opslag) -> None:
    with ingericht.database.verbouwen() as connection:
        drop_all(connection)
        assert all_rows(connection) == {}
