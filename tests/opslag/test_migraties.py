"""The tables go up and down through every version, with rows in them, on both databases."""

from collections.abc import Mapping

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from service.beheer import revisietabellen  # noqa: F401
from service.opslag import grootboektabellen  # noqa: F401  every room with models stands here, so that they are compared
from service.opslag.bewaard import Bewaard
from service.opslag.opslag import Opslag
from service.opslag.schemanummers import MIGRATIES, schemas
from service.toegang import toegangstabellen  # noqa: F401
from tests.opslag.rijen import RIJEN

Rows = Mapping[str, list[tuple[object, ...]]]


def _tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def all_rows(connection: Connection) -> Rows:
    """What stands in every table, but the version itself."""
    tables = _tables(connection)
    return {
        table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
        for table in tables.sorted_tables
        if table.name != "alembic_version"
    }


def fill(connection: Connection, version: str) -> None:
    tables = _tables(connection)
    for name, rows in RIJEN.get(version, {}).items():
        for row in rows:
            connection.execute(tables.tables[name].insert(), row)


def test_every_version_has_rows_and_one_follows_another() -> None:
    scripts = ScriptDirectory(str(MIGRATIES), version_locations=[str(MIGRATIES / "versies")])
    history = [script.revision for script in scripts.walk_revisions()][::-1]
    assert tuple(history) == schemas() == tuple(f"{number:04}" for number in range(1, len(history) + 1))
    assert set(RIJEN) == set(history)


def test_tables_go_up_and_down_with_rows_in_them(lege_opslag: Opslag) -> None:
    database, before = lege_opslag.database, {}
    for version in schemas():
        database.bijwerken(version)
        with database.verbouwen() as connection:
            fill(connection, version)
            before[version] = all_rows(connection)
            assert all(before[version].values()), "a table without rows shows nothing"
    for lower, higher in reversed(list(zip(schemas(), schemas()[1:], strict=False))):
        database.bijwerken(lower)
        with database.snapshot() as connection:
            assert all_rows(connection) == before[lower], f"down to {lower}"
        database.bijwerken(higher)
        with database.snapshot() as connection:
            kept = {name: rows for name, rows in all_rows(connection).items() if name in before[lower]}
            assert kept == {name: before[higher][name] for name in kept}, f"up again to {higher}"
        database.bijwerken(lower)
    database.bijwerken(None)
    with database.snapshot() as connection:
        assert all_rows(connection) == {}
    database.bijwerken(schemas()[-1])
    with database.snapshot() as connection:
        assert not any(all_rows(connection).values())


def test_a_migration_that_fails_changes_nothing(lege_opslag: Opslag) -> None:
    with pytest.raises(ZeroDivisionError), lege_opslag.database.verbouwen() as connection:
        from service.opslag.schema import migrate

        migrate(connection, schemas()[-1])
        _ = 1 / 0
    assert lege_opslag.database.schema() is None


def test_the_tables_are_those_of_the_models(opslag: Opslag) -> None:
    with opslag.database.snapshot() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Bewaard.metadata) == []
