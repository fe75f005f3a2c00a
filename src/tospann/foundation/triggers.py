"""Database triggers that refuse changes to the audit chain, on SQLite and on PostgreSQL."""

from django.db import connection

PROTECTED = ("foundation_auditentry", "foundation_auditdetail", "foundation_undone")
# A detail may be erased (its content set to null, once), and in no other way changed.
_ERASURE = (
    "NEW.arguments IS NULL AND NEW.changes IS NULL AND NEW.erased_at IS NOT NULL "
    "AND OLD.erased_at IS NULL AND NEW.entry_id = OLD.entry_id"
)
_MESSAGE = "the audit log is append-only"


def ensure() -> None:
    """Create the triggers that are missing. Called after every migration and at start."""
    with connection.cursor() as cursor:
        for statement in _statements():
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


def _statements() -> list[str]:
    if connection.vendor == "postgresql":
        return _postgresql()
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"{_unless_erasure(table, event)} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        for table in PROTECTED
        for event in _events()
    ]


def _postgresql() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION tospann_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"
    )
    made = [refuse]
    for table in PROTECTED:
        for event in _events():
            level = "STATEMENT" if event == "truncate" else "ROW"
            made.append(f"DROP TRIGGER IF EXISTS {table}_no_{event} ON {table}")
            made.append(
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"FOR EACH {level} {_unless_erasure(table, event)} "
                "EXECUTE FUNCTION tospann_refuse()"
            )
    return made


def _unless_erasure(table: str, event: str) -> str:
    if table == "foundation_auditdetail" and event == "update":
        return f"WHEN (NOT ({_ERASURE}))"
    return ""
