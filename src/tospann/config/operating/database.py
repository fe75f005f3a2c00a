"""Whether the database fits this version, and bringing it there.

A small table outside Django's models keeps which migrations the database has seen, so that an
ordinary start compares one line instead of loading and planning all migrations.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from tospann import __version__
from tospann.config.operating.refusals import Refused

TABLE = "tospann_installation"


def prepare() -> None:
    """Before serving: create what an empty database lacks, refuse one of another version."""
    known = facts()
    if known.get("schema") == schema_stamp():
        return
    if is_empty():
        migrate()
        return
    refuse_newer()
    if pending():
        raise Refused(
            "The data is from an earlier version. Run `tospann upgrade`: it backs up first, "
            "then brings the data up to this version."
        )
    migrate()  # nothing waits, but the stamp or the triggers may be missing


def migrate() -> None:
    """Apply all migrations, then create what lies outside them."""
    call_command("migrate", verbosity=0, interactive=False)
    complete()


def complete() -> None:
    """The cache table, the audit triggers, the organisation, and the stamp."""
    from tospann.config.operating.first import ensure_organisation
    from tospann.foundation import triggers

    call_command("createcachetable", verbosity=0)
    triggers.ensure()
    ensure_organisation()
    remember("schema", schema_stamp())
    remember("version", __version__)


def schema_stamp() -> str:
    """The names of all migrations of all apps, as one short text."""
    names = sorted(
        f"{config.label}.{file.stem}"
        for config in apps.get_app_configs()
        for file in Path(config.path, "migrations").glob("0*.py")
    )
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:20]


def is_empty() -> bool:
    return not set(connection.introspection.table_names()) - {TABLE}


def migrations_on_disk() -> set[tuple[str, str]]:
    """The migrations this version knows, including those it has replaced."""
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return set(known) | {old for migration in known.values() for old in migration.replaces}


def unknown() -> list[str]:
    """Migrations the database has seen and this version does not know."""
    installed = {config.label for config in apps.get_app_configs()}
    known = migrations_on_disk()
    return [
        f"{app}.{name}"
        for app, names in applied().items()
        for name in names
        if app in installed and (app, name) not in known
    ]


def refuse_newer() -> None:
    """A newer version has been here: going on would damage what it wrote."""
    if newer := unknown():
        raise Refused(
            f"The data was last used by a newer version ({facts().get('version', '?')}; this is "
            f"{__version__}) and cannot go back: {', '.join(newer[:3])} is not known here. "
            "Install that version again, or restore the backup made before the upgrade."
        )


def pending() -> list[str]:
    """Migrations that wait."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def applied() -> dict[str, list[str]]:
    """The migrations the database has seen, by app."""
    from django.db.migrations.recorder import MigrationRecorder

    seen: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        seen.setdefault(app, []).append(name)
    return seen


def facts() -> dict[str, str]:
    """What the database remembers about the portal it belongs to."""
    if TABLE not in connection.introspection.table_names():
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, fact FROM {TABLE}")  # noqa: S608  # our own table's name
        return dict(cursor.fetchall())


def remember(name: str, fact: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} "
            "(name varchar(60) PRIMARY KEY, fact varchar(500) NOT NULL)"
        )
        cursor.execute(f"DELETE FROM {TABLE} WHERE name = %s", [name])  # noqa: S608  # our own
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s)", [name, fact])  # noqa: S608  # our own
