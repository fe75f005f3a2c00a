"""Saving everything an organisation would miss: the database first, then the files."""

import argparse
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tospann.config.operating.folder import DATABASE_COMPANIONS, REBUILT
from tospann.config.operating.manifest import (
    Manifest,
    copy_durably,
    every_file,
    sha256_of,
    sync_folders,
)
from tospann.config.operating.refusals import Refused, say

FILES = "files"


def backup(asked: argparse.Namespace) -> int:
    """The command: into a folder that does not exist yet."""
    import django

    django.setup()
    made = make(asked.folder.absolute())
    rows = sum(made.counts.values())
    say(f"Saved {rows} rows and {len(made.files)} files in {asked.folder}.")
    return 0


def make(target: Path) -> Manifest:
    """A whole backup, or nothing: it gets its name when every byte is on the disk."""
    from tospann.config.operating import database
    from tospann.documents.blobs import collecting

    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target} already exists. Name a new folder for each backup.")
    if not database.facts():
        raise Refused("There is nothing to save yet: the portal has never been started.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with collecting.quiet():  # what the copied database needs stays until it is copied too
        return _made(target)


def _made(target: Path) -> Manifest:
    from tospann import __version__
    from tospann.config.operating import database, snapshots

    part = Path(tempfile.mkdtemp(prefix=f".{target.name}-part-", dir=target.parent))
    try:
        counts, heads = snapshots.take(part)
        made = Manifest(
            version=__version__,
            engine=snapshots.engine(),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            migrations=database.applied(),
            counts=counts,
            heads=heads,
        )
        _copy_files(part)
        _take_inventory(made, part)
        made.write(part)
        sync_folders(part)
        if target.exists():
            target.rmdir()
        part.rename(target)
        _sync(target.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return made


def kept_files(folder: Path) -> list[Path]:
    """The files of the data folder that belong in a backup (the database is copied otherwise)."""
    database = _database_names(folder)
    found = []
    for path in every_file(folder):
        inside = path.relative_to(folder)
        if inside.parts[0] in REBUILT or inside.name in database or inside.suffix == ".tmp":
            continue
        found.append(inside)
    return sorted(found)


def _copy_files(part: Path) -> None:
    from django.conf import settings

    for inside in kept_files(settings.DATA_DIR):
        try:
            copy_durably(settings.DATA_DIR / inside, part / FILES / inside)
        except FileNotFoundError:
            # Removed since the list was made: then nothing in the copied database needs it.
            (part / FILES / inside).unlink(missing_ok=True)


def _take_inventory(made: Manifest, part: Path) -> None:
    for path in sorted(every_file(part)):
        made.files[str(path.relative_to(part))] = [sha256_of(path), path.stat().st_size]
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _database_names(folder: Path) -> set[str]:
    from django.conf import settings

    name = Path(str(settings.DATABASES["default"]["NAME"])).name
    return {name, *(f"{name}{end}" for end in DATABASE_COMPANIONS)}


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
