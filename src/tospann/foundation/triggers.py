"""Database triggers that refuse changes to what is final, on SQLite and on PostgreSQL.

The audit chain is; a capability adds what it has signed or published with ``protect``. Such rows
may leave with their whole project: while a tombstone stands open, which it does inside the one
transaction that buries the project. The chain and the tombstones never leave.
"""

from typing import Any

from django.db import connection

PROTECTED: dict[str, str] = {
    "foundation_auditentry": "",
    "foundation_auditdetail": "",
    "foundation_undone": "",
}
"""Table → the rows that are final, as a condition on ``OLD``; all of them when it is empty."""
_FOR_EVER = frozenset({*PROTECTED, "projects_tombstone"})
_BURYING = "EXISTS (SELECT 1 FROM projects_tombstone WHERE is_open)"
# A detail may be erased (its content set to null), and in no other way changed; once it is, the
# name in it is no longer vouched for and may be erased too, when its bearer asks for that.
_ERASURE = (
    "NEW.arguments IS NULL AND NEW.changes IS NULL AND NEW.erased_at IS NOT NULL "
    "AND NEW.entry_id = OLD.entry_id"
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
        if connection.vendor == "sqlite":
            _drop_outdated(cursor, set(_statements(tables)))
        for statement in _statements(tables):
            cursor.execute(statement)


def _drop_outdated(cursor: Any, wanted: set[str]) -> None:
    """Triggers of ours as an earlier version made them (PostgreSQL makes them all anew)."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    current = {statement.replace("IF NOT EXISTS ", "") for statement in wanted}
    for name, sql in cursor.fetchall():
        if sql not in current and name.endswith(("_no_update", "_no_delete")):
            cursor.execute(f"DROP TRIGGER {name}")


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
    function = (
        "CREATE OR REPLACE FUNCTION {} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"
    )
    refusal = "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;"
    leave = f"IF {_BURYING} THEN RETURN OLD; END IF; "
    made = [
        function.format("tospann_refuse()", refusal),
        function.format("tospann_refuse_unless_buried()", leave + refusal),
    ]
    for table in tables:
        for event in _events():
            level = "STATEMENT" if event == "truncate" else "ROW"
            may_leave = event == "delete" and table not in _FOR_EVER
            refuse = "tospann_refuse_unless_buried" if may_leave else "tospann_refuse"
            made.append(f"DROP TRIGGER IF EXISTS {table}_no_{event} ON {table}")
            made.append(
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"FOR EACH {level} {_condition(table, event)} "
                f"EXECUTE FUNCTION {refuse}()"
            )
    return made


def _condition(table: str, event: str) -> str:
    if table == "foundation_auditdetail" and event == "update":
        return f"WHEN (NOT ({_ERASURE}))"
    if event == "truncate":
        return ""
    final = [PROTECTED[table]] if PROTECTED[table] else []
    if connection.vendor == "sqlite" and event == "delete" and table not in _FOR_EVER:
        final.append(f"NOT {_BURYING}")
    return f"WHEN ({' AND '.join(final)})" if final else ""
