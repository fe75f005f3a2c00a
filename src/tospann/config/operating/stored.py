"""Kept files from the command line: reading them all again, and removing what nobody needs."""

import argparse

from tospann.config.operating.refusals import Refused, say

MEGABYTE = 1_000_000


def scrub(asked: argparse.Namespace) -> int:
    """Every file read again and compared with its hash; 1 at any fault that is left."""
    _ready()
    from tospann.documents.blobs.scrubbing import scrub as read_again

    backup = asked.backup.absolute() if asked.backup else None
    if backup is not None and not (backup / "manifest.json").is_file():
        raise Refused(f"{backup} is not a whole backup: it has no manifest.json.")
    report = read_again(backup=backup)
    for sha256 in report.healed:
        say(f"MENDED   {sha256}")
    for what, faults in (("DAMAGED", report.damaged), ("MISSING", report.missing)):
        for sha256, rows in faults.items():
            say(f"{what:<8} {sha256}  {', '.join(rows) or 'nobody needs it'}")
    say(f"{report}.")
    return 0 if report.is_whole else 1


def gc(asked: argparse.Namespace) -> int:
    """Files that no row names and that are older than a day."""
    _ready()
    from tospann.documents.blobs import collecting

    try:
        found = collecting.collect(
            is_trial=asked.dry_run, even_many=asked.even_many or asked.dry_run
        )
    except collecting.Stopped as stopped:
        raise Refused(str(stopped)) from None
    if asked.dry_run:
        for one in found.unneeded:
            say(f"{one.sha256}  {one.size:>12}  {one.kept_at:%Y-%m-%d}")
    what = "would be removed" if asked.dry_run else "removed"
    say(
        f"{len(found.unneeded)} files ({found.bytes / MEGABYTE:.1f} MB) and {found.parts} broken-"
        f"off uploads {what}; {found.kept} files are needed or younger than a day."
    )
    return 0


def _ready() -> None:
    import django

    django.setup()
    from tospann.config.operating import database

    if database.is_empty():
        raise Refused("The database is empty. Is --data right?")
    database.refuse_newer()
