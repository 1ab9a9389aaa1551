"""For migrations: a table to which rows are added, and of which none is changed or taken out."""

from alembic import op

_REFUSES = """
CREATE OR REPLACE FUNCTION huurtoets_weiger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'huurtoets: % op % mag niet', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HT001';
END $$
"""


def add_only(table: str, *, update: bool = True, delete: bool = True) -> None:
    """Let the database refuse to change (``update``) or take out (``delete``) a row of ``table``."""
    kinds = [kind for kind, wanted in (("UPDATE", update), ("DELETE", delete)) if wanted]
    if op.get_bind().dialect.name == "sqlite":
        for kind in kinds:
            refuse(table, kind, "1")
        return
    op.execute(_REFUSES)
    op.execute(
        f"CREATE TRIGGER {table}_vast BEFORE {' OR '.join(kinds)} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION huurtoets_weiger()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_vol BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION huurtoets_weiger()"
    )


def refuse(table: str, kind: str, when: str) -> None:
    """Let the database refuse an ``INSERT``, ``UPDATE`` or ``DELETE`` where the SQL of ``when`` is true.

    ``when`` names ``NEW`` and ``OLD``, may hold a query, and means the same in both databases.
    """
    name = f"{table}_{kind.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {kind} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, 'huurtoets: {kind} op {table} mag niet'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION huurtoets_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION 'huurtoets: {kind} op {table} mag niet' USING ERRCODE = 'HT001'; END IF; "
        f"RETURN {'OLD' if kind == 'DELETE' else 'NEW'}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {kind} ON {table} FOR EACH ROW EXECUTE FUNCTION huurtoets_{name}()")


def drop(table: str) -> None:
    """Take away a table with its triggers, and the functions that :func:`refuse` made for it."""
    op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for kind in ("insert", "update", "delete"):
            op.execute(f"DROP FUNCTION IF EXISTS huurtoets_{table}_{kind}()")
