"""The ledger: entries hang together, nothing of them changes, and what does is found and named."""

import re
import shutil
import traceback

import pytest
from sqlalchemy import text

from service.opslag.grootboek import Feit
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout, SleutelFout
from service.opslag.wissen import erased_in, wis
from tests.opslag.boeken import WIE, faults, write, write_traced


def tamper(opslag: Opslag, *statements: str) -> None:
    """As somebody does who has the whole database, and not the key: past every trigger."""
    with opslag.database.verbouwen() as connection:
        if connection.dialect.name == "postgresql":
            for table in ("boeking", "beschermde_inhoud", "betrokkene"):
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.exec_driver_sql(asked).scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(text(statement))


def test_entries_are_numbered_and_the_ledger_is_whole(ingericht: Opslag) -> None:
    assert write(ingericht, 3) == [2, 3, 4]
    assert faults(ingericht) == []


def test_of_a_unit_of_work_that_fails_no_entry_stays_and_no_number_is_lost(ingericht: Opslag) -> None:
    with pytest.raises(ZeroDivisionError), ingericht.database.schrijven() as session:
        ingericht.grootboek.schrijf(session, Feit(WIE, "opgeschoond", "Proef."))
        _ = 1 / 0
    assert write(ingericht) == [2]
    assert faults(ingericht) == []


ALIKE = "wanneer, wie, wat, onderwerp, waarom, inhoud, betrokkene, beschermd, sleutel"
FORBIDDEN = {
    "change": "UPDATE boeking SET waarom = 'anders' WHERE nummer = 2",
    "take out": "DELETE FROM boeking WHERE nummer = 2",
    "take out the last": "DELETE FROM boeking WHERE nummer = 4",
    "leave a number out": f"INSERT INTO boeking SELECT 9, {ALIKE}, zegel, zegel FROM boeking WHERE nummer = 4",
    "hang it on another": f"INSERT INTO boeking SELECT 5, {ALIKE}, vorige, zegel FROM boeking WHERE nummer = 4",
    "change what can be traced": "UPDATE beschermde_inhoud SET nummer = 3",
    "take out what can be traced": "DELETE FROM beschermde_inhoud",
    "take out a subject": "DELETE FROM betrokkene",
    "trace to nobody": "INSERT INTO beschermde_inhoud SELECT 2, 'niemand', gegevens FROM beschermde_inhoud",
    "change a key": "UPDATE betrokkene SET sleutel = gemaakt WHERE 1 = 1",
}
ONE_ONLY = {
    "sqlite": {
        "replace": f"INSERT OR REPLACE INTO boeking SELECT 4, {ALIKE}, vorige, 'z' FROM boeking WHERE nummer = 4",
        "replace a key": "REPLACE INTO betrokkene SELECT kenmerk, soort, gemaakt, x'00' FROM betrokkene",
    },
    "postgresql": {"empty": "TRUNCATE boeking CASCADE", "empty what can be traced": "TRUNCATE beschermde_inhoud"},
}


def test_the_database_itself_refuses_every_change(ingericht: Opslag) -> None:
    write(ingericht)
    write_traced(ingericht, {"naam": "x"})
    write(ingericht)
    statements = FORBIDDEN | ONE_ONLY[ingericht.database.soort]
    if ingericht.database.soort == "postgresql":
        statements |= {"change a key": "UPDATE betrokkene SET sleutel = 'x'::bytea"}
    passed = []
    for name, statement in statements.items():
        try:
            with ingericht.database.schrijven() as session:
                session.execute(text(statement))
            passed.append(name)
        except OpslagFout:
            pass
    assert passed == []
    assert faults(ingericht) == []


TAMPERED = {
    "UPDATE boeking SET waarom = 'anders' WHERE nummer = 3": ["Boeking 3 is veranderd"],
    "UPDATE boeking SET wanneer = 'x' WHERE nummer = 3": ["Boeking 3 is veranderd"],
    "UPDATE boeking SET wie = 'gebruiker:8' WHERE nummer = 5": ["Boeking 5 is veranderd"],
    "UPDATE boeking SET inhoud = '{}' WHERE nummer = 1": ["Boeking 1 is veranderd"],
    "DELETE FROM boeking WHERE nummer = 3": ["Boeking 3 ontbreekt."],
    "DELETE FROM boeking WHERE nummer IN (2, 3)": ["Boeking 2 tot en met 3 ontbreken."],
    "DELETE FROM boeking WHERE nummer = 5": ["Boeking 5 ontbreekt. Eerder was er een boeking 5."],
    "DELETE FROM boeking WHERE nummer = 1": ["Boeking 1 ontbreekt."],
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_changed_or_missing_entry_is_found_and_named(ingericht: Opslag, statement: str) -> None:
    write(ingericht, 4)
    tamper(ingericht, statement)
    found = faults(ingericht)
    assert len(found) == len(TAMPERED[statement])
    for said, wanted in zip(found, TAMPERED[statement], strict=True):
        assert said.startswith(wanted)


def test_swapped_entries_are_found_with_their_places(ingericht: Opslag) -> None:
    write(ingericht, 4)
    swap = ("UPDATE boeking SET nummer = 99 WHERE nummer = 3", "UPDATE boeking SET nummer = 3 WHERE nummer = 4",
            "UPDATE boeking SET nummer = 4 WHERE nummer = 99")  # fmt: skip
    tamper(ingericht, *swap)
    found = faults(ingericht)
    assert "Boeking 3 is verwisseld: zij hoort op plaats 4." in found
    assert "Boeking 4 is verwisseld: zij hoort op plaats 3." in found
    assert {re.findall(r"\d+", said)[0] for said in found} == {"3", "4", "5"}


def test_an_added_entry_is_found_for_its_writer_has_no_key(ingericht: Opslag) -> None:
    write(ingericht, 2)
    columns = "wanneer, wie, wat, onderwerp, 'anders', inhoud, betrokkene, beschermd, sleutel, zegel"
    tamper(ingericht, f"INSERT INTO boeking SELECT 4, {columns}, 'abcd' FROM boeking WHERE nummer = 3")
    assert [said.split(":")[0] for said in faults(ingericht)] == ["Boeking 4 is veranderd of erbij gezet"]


def test_one_key_of_another_installation_does_not_seal_here(ingericht: Opslag) -> None:
    write(ingericht)
    ingericht.sleutelbestand.unlink()
    other = Opslag(ingericht.map_, ingericht.url)
    with pytest.raises(SleutelFout, match="Zet het bestand terug"):
        write(other)
    other.sleutelbestand.write_bytes(b"QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=\n")
    with pytest.raises(SleutelFout, match="Zet de oude terug"):
        write(other)
    assert faults(other) == [f"Boeking {number} is met een andere sleutel gezegeld." for number in (1, 2)]
    other.sluit()


def test_an_entry_that_somebody_wrote_down_is_still_that_one(ingericht: Opslag) -> None:
    write(ingericht)
    with ingericht.database.lezen() as session:
        seal = session.scalar(text("SELECT zegel FROM boeking WHERE nummer = 2")) or ""
    assert faults(ingericht, ((2, seal[:12]),)) == []
    assert faults(ingericht, ((2, "0123456789ab"),)) == [
        "Boeking 2 is niet die van eerder: het zegel was 0123456789ab."
    ]
    assert faults(ingericht, ((9, seal),)) == ["Boeking 3 tot en met 9 ontbreken. Eerder was er een boeking 9."]


def test_what_can_be_traced_is_read_with_the_key_and_stands_nowhere_in_the_open(ingericht: Opslag) -> None:
    _, number = write_traced(ingericht, {"adres": "Duinweg 1"})
    with ingericht.database.lezen() as session:
        assert ingericht.grootboek.beschermd(session, number) == {"adres": "Duinweg 1"}
        for table in ("boeking", "beschermde_inhoud", "betrokkene"):
            assert "Duinweg" not in repr(session.execute(text(f"SELECT * FROM {table}")).all())
    if ingericht.database.soort == "sqlite":
        files = ingericht.map_.map_.glob("huurtoets.sqlite3*")
        assert not any(b"Duinweg" in path.read_bytes() for path in files)


def test_whoever_is_erased_is_gone_and_the_chain_stays_whole(ingericht: Opslag) -> None:
    subject, number = write_traced(ingericht, {"adres": "Duinweg 1"})
    kept, other = write_traced(ingericht, {"adres": "Heideweg 2"})
    with ingericht.database.lezen() as session:
        locked = session.scalar(text("SELECT gegevens FROM beschermde_inhoud WHERE nummer = :n"), {"n": number})
        key = session.scalar(text("SELECT sleutel FROM betrokkene WHERE kenmerk = :k"), {"k": subject})
    assert wis(ingericht, [subject], wie=WIE, waarom="Op verzoek.") == 1
    with ingericht.database.lezen() as session:
        assert ingericht.grootboek.beschermd(session, number) is None
        assert ingericht.grootboek.beschermd(session, other) == {"adres": "Heideweg 2"}
        assert erased_in(session) == {subject}
    assert faults(ingericht) == []
    assert (subject in ingericht.wislijst.betrokkenen(), kept in ingericht.wislijst.betrokkenen()) == (True, False)
    if ingericht.database.soort == "sqlite":
        whole = b"".join(path.read_bytes() for path in ingericht.map_.map_.glob("huurtoets.sqlite3*"))
        assert key not in whole
        assert locked not in whole
    assert wis(ingericht, [subject], wie=WIE, waarom="Nog eens.") == 0


def test_nobody_is_erased_when_one_of_them_is_unknown(ingericht: Opslag) -> None:
    subject, _ = write_traced(ingericht, {"a": "b"})
    with pytest.raises(OpslagFout, match="onbekend-1"):
        wis(ingericht, [subject, "onbekend-1"], wie=WIE, waarom="Op verzoek.")
    assert ingericht.wislijst.betrokkenen() == frozenset()
    with ingericht.database.lezen() as session:
        assert erased_in(session) == frozenset()


_KEY_OF_OTHER = "(SELECT sleutel FROM betrokkene WHERE kenmerk <> '{s}')"
_PART_OF_OTHER = "(SELECT gegevens FROM beschermde_inhoud WHERE nummer <> {n})"
ABOUT_SUBJECTS = {
    "DELETE FROM beschermde_inhoud WHERE nummer = {n}": "de beschermde inhoud ontbreekt",
    f"UPDATE beschermde_inhoud SET gegevens = {_PART_OF_OTHER} WHERE nummer = {{n}}": "inhoud is veranderd",
    "UPDATE betrokkene SET sleutel = NULL WHERE kenmerk = '{s}'": "er is geen boeking van",
    f"UPDATE betrokkene SET sleutel = {_KEY_OF_OTHER} WHERE kenmerk = '{{s}}'": "is niet te lezen met de sleutel",
}


@pytest.mark.parametrize("statement", ABOUT_SUBJECTS)
def test_what_happened_to_traced_content_is_found(ingericht: Opslag, statement: str) -> None:
    subject, number = write_traced(ingericht, {"a": "b"})
    write_traced(ingericht, {"c": "d"})
    tamper(ingericht, statement.format(s=subject, n=number))
    said = ABOUT_SUBJECTS[statement]
    assert any(said in fault and (f"{number}" in fault or subject in fault) for fault in faults(ingericht))


def test_a_key_that_is_back_is_found(ingericht: Opslag) -> None:
    subject, _ = write_traced(ingericht, {"a": "b"})
    with ingericht.database.lezen() as session:
        key = session.scalar(text("SELECT sleutel FROM betrokkene")).hex()
    wis(ingericht, [subject], wie=WIE, waarom="Op verzoek.")
    back = f"'\\x{key}'::bytea" if ingericht.database.soort == "postgresql" else f"x'{key}'"
    tamper(ingericht, f"UPDATE betrokkene SET sleutel = {back}")
    assert faults(ingericht)[0] == f"Betrokkene {subject} is gewist, en de sleutel is er weer."


WRONG = {
    "no such kind": Feit(WIE, "verzonnen", "Proef."),
    "nobody": Feit("", "opgeschoond", "Proef."),
    "a name": Feit("Jan de Boer", "opgeschoond", "Proef."),
    "no reason": Feit(WIE, "opgeschoond", "  "),
    "a citizen service number": Feit(WIE, "opgeschoond", "Voor 111222333."),
    "traced to nobody": Feit(WIE, "opgeschoond", "Proef.", beschermd={"a": "b"}),
    "somebody without content": Feit(WIE, "opgeschoond", "Proef.", betrokkene="x"),
    "somebody unknown": Feit(WIE, "opgeschoond", "Proef.", betrokkene="x", beschermd={"a": "b"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_belong_in_the_ledger_is_refused_without_being_repeated(ingericht: Opslag, name: str) -> None:
    with pytest.raises(OpslagFout) as found, ingericht.database.schrijven() as session:
        ingericht.grootboek.schrijf(session, WRONG[name])
    assert not re.search("111222333|Boer", "".join(traceback.format_exception_only(found.value)))
    assert faults(ingericht) == []


def test_a_number_with_decimals_is_no_content_for_it_has_no_one_way_to_be_written(ingericht: Opslag) -> None:
    with pytest.raises(TypeError), ingericht.database.schrijven() as session:
        ingericht.grootboek.schrijf(session, Feit(WIE, "opgeschoond", "Proef.", inhoud={"a": 1.5}))  # type: ignore[dict-item]


def test_an_anchor_that_cannot_be_written_stops_no_entry(ingericht: Opslag) -> None:
    ingericht.map_.anker.unlink()
    ingericht.map_.anker.mkdir()
    assert write(ingericht) == [2]
    shutil.rmtree(ingericht.map_.anker)
    assert faults(ingericht) == []
