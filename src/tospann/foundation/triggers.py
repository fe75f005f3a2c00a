"""Database triggers that refuse changes to what is final, on SQLite and on PostgreSQL.

The audit chain is; a capability adds what it has signed or published with ``protect``.
"""

from django.db import connection

PROTECTED: dict[str, str] = {
    "foundation_auditentry": "",
    "foundation_auditdetail": "",
    "foundation_undone": "",
}
"""Table → the rows that are final, as a condition on ``OLD``; all of them when it is empty."""
# A detail may be erased (its content set to null, once), and in no other way changed.
_ERASURE = (
    "NEW.arguments IS NULL AND NEW.changes IS NULL AND NEW.erased_at IS NOT NULL "
    "AND OLD.erased_at IS NULL AND NEW.entry_id = OLD.entry_id"
)


def protect(table: str, when: str = "") -> None:
    """Rows of this table (or those it says of) are never changed or removed again.

    Called once, when the app of the table is ready.
    """
    PROTECTED[table] = when


def ensure() -> None:
    """Create the triggers that are missing. Called after every migration and at start."""
    there = set(connection.introspection.table_names())
    tables = [table for table in PROTECTED if table in there]
    with connection.cursor() as cursor:
        for statement in _statements(tables):
            cursor.execute(statement)


def drop() -> None:
    """Remove the triggers (only for tests that empty the database between them)."""
    with connection.cursor() as cursor:
        for table in PROTECTED:
            for event in _events():
                tail = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{tail}")


def missing() -> list[str]:
    """The triggers that should exist and do not."""
    wanted = {f"{table}_no_{event}" for table in PROTECTED for event in _events()}
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(wanted - {row[0] for row in cursor.fetchall()})


def _events() -> tuple[str, ...]:
    extra = ("truncate",) if connection.vendor == "postgresql" else ()
    return ("update", "delete", *extra)


def _statements(tables: list[str]) -> list[str]:
    if connection.vendor == "postgresql":
        return _postgresql(tables)
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"{_condition(table, event)} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in tables
        for event in _events()
    ]


def _postgresql(tables: list[str]) -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION tospann_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    made = [refuse]
    for table in tables:
        for event in _events():
            level = "STATEMENT" if event == "truncate" else "ROW"
            made.append(f"DROP TRIGGER IF EXISTS {table}_no_{event} ON {table}")
            made.append(
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"FOR EACH {level} {_condition(table, event)} "
                "EXECUTE FUNCTION tospann_refuse()"
            )
    return made


def _condition(table: str, event: str) -> str:
    if table == "foundation_auditdetail" and event == "update":
        return f"WHEN (NOT ({_ERASURE}))"
    final = PROTECTED[table]
    return f"WHEN ({final})" if final and event != "truncate" else ""
