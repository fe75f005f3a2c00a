"""One consistent copy of the database while it is in use, and filling an empty one from it.

SQLite writes a compact copy of its file. PostgreSQL is read table by table in one transaction that
sees one moment; the tables are made by the migrations the backup names, so no other program is
needed and any later version of the server will do.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from tospann.config.operating.database import remember
from tospann.config.operating.refusals import Refused

SQLITE_COPY = "database.sqlite3"
TABLES = "tables"
_NOT_KEPT = frozenset({"tospann_cache"})
_HEADS = "SELECT scope_id, sequence, hash FROM foundation_audithead ORDER BY scope_id"


def engine() -> str:
    return connection.vendor


def take(folder: Path) -> tuple[dict[str, int], list[list[Any]]]:
    """Copy the database into the folder; the counts and audit heads of exactly that copy."""
    if connection.vendor == "sqlite":
        return _take_sqlite(folder / SQLITE_COPY)
    return _take_postgresql(folder / TABLES)


def counts_and_heads() -> tuple[dict[str, int], list[list[Any]]]:
    """The same figures of the database in use."""
    with connection.cursor() as cursor:
        return _counts(cursor, _tables()), _heads(cursor)


def put(folder: Path, migrations: dict[str, list[str]]) -> None:
    """Fill the empty database from the copy in the folder."""
    if connection.vendor == "sqlite":
        _put_sqlite(folder / SQLITE_COPY)
    else:
        _put_postgresql(folder / TABLES, migrations)


def integrity_faults() -> list[str]:
    """What the database itself finds wrong with its file and its references."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        faults = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        return faults + [f"{row[0]} row {row[1]} refers to nothing" for row in cursor.fetchall()]


def _take_sqlite(target: Path) -> tuple[dict[str, int], list[list[Any]]]:
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)) as source:
        source.execute("VACUUM INTO ?", [str(target)])
    target.chmod(0o600)
    with closing(sqlite3.connect(target)) as copy:
        cursor = copy.cursor()
        rows = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = [name for (name,) in rows if not name.startswith("sqlite_")]
        return _counts(cursor, tables), _heads(cursor)


def _put_sqlite(copy: Path) -> None:
    target = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    target.chmod(0o600)


def _take_postgresql(folder: Path) -> tuple[dict[str, int], list[list[Any]]]:
    folder.mkdir(mode=0o700)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = _tables()
        for table in tables:
            columns = ", ".join(f'"{name}"' for name in _columns(cursor, table))
            with (
                (folder / f"{table}.copy").open("wb") as file,
                cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT') as out,
            ):
                file.write(columns.encode() + b"\n")
                for block in out:
                    file.write(block)
        return _counts(cursor, tables), _heads(cursor)


def _put_postgresql(folder: Path, migrations: dict[str, list[str]]) -> None:
    _make_tables(migrations)
    with transaction.atomic(), connection.cursor() as cursor:
        made = {path.stem for path in folder.glob("*.copy")}
        if unknown := made - set(_tables()):
            raise Refused(f"The backup has tables this version cannot make: {sorted(unknown)}")
        # Rows the migrations wrote themselves; the references are checked at the end.
        for table in sorted(made):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  # a table of ours
        for table in sorted(made):
            _fill(cursor, table, folder / f"{table}.copy")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _continue_sequences(cursor, made)


def _make_tables(migrations: dict[str, list[str]]) -> None:
    """The tables exactly as they were when the backup was made."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    wanted = _joined(executor, {(app, name) for app, names in migrations.items() for name in names})
    if unknown := wanted - set(executor.loader.graph.nodes):
        raise Refused(f"The backup is from a version newer than this one: {sorted(unknown)[:3]}")
    leaves = [
        key
        for key in wanted
        if not any(c.key in wanted and c.key[0] == key[0] for c in _children(executor, key))
    ]
    executor.migrate(sorted(leaves))
    call_command("createcachetable", verbosity=0)
    remember("schema", "")


def _joined(executor: Any, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """With the migrations that stand for former ones in the place of those."""
    replacing = {
        key: set(one.replaces)
        for key, one in executor.loader.disk_migrations.items()
        if one.replaces
    }
    joined = {key for key, former in replacing.items() if former <= wanted}
    return (wanted | joined) - set().union(*replacing.values())


def _children(executor: Any, key: tuple[str, str]) -> Any:
    return executor.loader.graph.node_map[key].children


def _fill(cursor: Any, table: str, file: Path) -> None:
    with file.open("rb") as rows:
        columns = rows.readline().decode().strip()
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as into:
            while block := rows.read(1 << 20):
                into.write(block)


def _continue_sequences(cursor: Any, tables: set[str]) -> None:
    """Numbers the database hands out go on after the highest there is."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND is_identity = 'YES'"
    )
    for table, column in cursor.fetchall():
        if table in tables:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608  # ours
                f'coalesce(max("{column}"), 0) + 1, false) FROM "{table}"'
            )


def _tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - _NOT_KEPT)


def _columns(cursor: Any, table: str) -> list[str]:
    return [c.name for c in connection.introspection.get_table_description(cursor, table)]


def _counts(cursor: Any, tables: list[str]) -> dict[str, int]:
    counts = {}
    for table in sorted(set(tables) - _NOT_KEPT):
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # a table of ours
        counts[table] = int(cursor.fetchone()[0])
    return counts


def _heads(cursor: Any) -> list[list[Any]]:
    cursor.execute(_HEADS)
    return [
        [str(scope).replace("-", ""), sequence, hash_]
        for scope, sequence, hash_ in cursor.fetchall()
    ]
