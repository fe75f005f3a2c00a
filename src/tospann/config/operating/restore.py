"""Filling an empty portal from a backup, and not calling it done before it is proven equal."""

import argparse
from pathlib import Path

from tospann.config.operating.backup import FILES, kept_files
from tospann.config.operating.folder import data_folder, is_empty
from tospann.config.operating.manifest import Manifest, copy_durably, sha256_of, sync_folders
from tospann.config.operating.refusals import Refused, say


def restore(asked: argparse.Namespace) -> int:
    """The command: into the data folder and database of the settings, which must be empty."""
    folder = asked.folder.absolute()
    made = Manifest.read(folder)
    if faults := made.faults_of_files(folder):
        raise Refused("The backup itself is damaged:\n  " + "\n  ".join(faults[:20]))
    _refuse_unless_empty(made)
    _put(made, folder)
    if faults := differences(made, folder):
        raise Refused("What was restored differs from the backup:\n  " + "\n  ".join(faults[:20]))
    rows = sum(made.counts.values())
    say(f"Restored {rows} rows and {len(made.files)} files, equal to the backup of {made.at}.")
    return 0


def differences(made: Manifest, folder: Path) -> list[str]:
    """Every way in which the portal differs from the backup it was restored from."""
    from django.conf import settings

    from tospann.config.operating import snapshots
    from tospann.config.operating.verify import audit_faults
    from tospann.documents.blobs import scrubbing

    counts, heads = snapshots.counts_and_heads()
    faults = [
        f"{table}: {counts.get(table)} rows instead of {made.counts.get(table)}"
        for table in sorted(counts.keys() | made.counts.keys())
        if counts.get(table) != made.counts.get(table)
    ]
    faults += [f"audit head {head} is missing" for head in made.heads if head not in heads]
    faults += snapshots.integrity_faults()
    for name, (sha256, _size) in made.files.items():
        if name.startswith(f"{FILES}/"):
            restored = settings.DATA_DIR / name.removeprefix(f"{FILES}/")
            if not restored.is_file() or sha256_of(restored) != sha256:
                faults.append(f"{name}: not as in the backup")
    faults += [f"{row}: its file is missing ({row.sha256})" for row in scrubbing.missing()]
    return faults + audit_faults()


def _refuse_unless_empty(made: Manifest) -> None:
    folder = data_folder()
    if not is_empty(folder):
        raise Refused(f"{folder} is not empty. Name a new folder with --data; nothing was changed.")
    import django

    django.setup()
    from tospann.config.operating import database, snapshots

    if snapshots.engine() != made.engine:
        raise Refused(
            f"The backup is of {made.engine}; this portal is set to use {snapshots.engine()}."
        )
    if not database.is_empty():
        raise Refused("The database is not empty. Name an empty one; nothing was changed.")
    known = database.migrations_on_disk()
    newer = [
        f"{a}.{n}" for a, names in made.migrations.items() for n in names if (a, n) not in known
    ]
    if newer:
        raise Refused(f"The backup is from a newer version: {', '.join(newer[:3])} is not known.")


def _put(made: Manifest, folder: Path) -> None:
    from django.conf import settings

    from tospann.config.operating import snapshots
    from tospann.foundation import triggers

    snapshots.put(folder, made.migrations)
    triggers.ensure()
    for inside in kept_files(folder / FILES):
        target = settings.DATA_DIR / inside
        target.unlink(missing_ok=True)  # the secret key the settings had just made
        copy_durably(folder / FILES / inside, target)
    sync_folders(settings.DATA_DIR)
