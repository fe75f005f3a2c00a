"""Bringing the data of an earlier version up to this one, with a way back."""

import argparse
from datetime import UTC, datetime

from tospann import __version__
from tospann.config.operating.refusals import Refused, say


def upgrade(asked: argparse.Namespace) -> int:
    """Back up, migrate, prove the audit log; nothing is done when nothing waits."""
    import django

    django.setup()
    from tospann.config.operating import database, verify

    database.refuse_newer()
    if database.is_empty():
        raise Refused("There is nothing to upgrade yet: `tospann start` makes the database.")
    waiting = database.pending()
    if not waiting:
        database.migrate()  # what lies outside the migrations is made again
        say(f"The data is already that of version {__version__}.")
        return 0
    if faults := verify.chain_faults():
        raise Refused("The audit log is not whole; nothing was changed:\n  " + "\n  ".join(faults))
    if not asked.no_backup:
        say(f"Backup made first: {_save()}")
    database.migrate()
    if faults := verify.audit_faults():
        raise Refused("After the upgrade the audit log is not whole:\n  " + "\n  ".join(faults))
    say(f"Upgraded to version {__version__}: {len(waiting)} steps.")
    return 0


def _save() -> str:
    from django.conf import settings

    from tospann.config.operating.backup import make

    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = settings.DATA_DIR.parent / f"{settings.DATA_DIR.name}-before-{__version__}-{moment}"
    make(target)
    return str(target)
