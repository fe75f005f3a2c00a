"""At night: the trash is emptied, kept bytes are read again, and what nobody needs is removed."""

import structlog
from django.utils import timezone

from tospann.documents import commands, locks, queries
from tospann.documents.blobs import collecting, scrubbing
from tospann.documents.dav import passing
from tospann.foundation.authority import SYSTEM
from tospann.foundation.errors import CommandError
from tospann.jobs.queue import job
from tospann.jobs.schedule import every

log = structlog.get_logger()


@every("daily 02:00")
@job(retries=1)
def empty_the_trash() -> int:
    """What was thrown away 30 days ago goes for good; never what is on hold or to be retained."""
    before, done = commands.due_before(), 0
    for document in queries.to_purge(before, timezone.localdate()):
        commands.purge_document(SYSTEM, document)
        done += 1
    for folder in queries.folders_to_purge(before):
        try:
            commands.purge_folder(SYSTEM, folder)
        except CommandError:  # something in it has to stay
            continue
    locks.forget_old()
    passing.forget_old()
    return done


@every("daily 02:10")
@job(retries=1)
def read_files_again() -> str:
    """A thirtieth of all files every night; faults are told in the log."""
    return str(scrubbing.scrub(day=timezone.localdate()))


@every("sunday 02:40")
@job(retries=1)
def remove_unneeded_files() -> str:
    try:
        return f"{collecting.collect().removed} files removed"
    except collecting.Stopped as stopped:
        log.warning("no files were removed", because=str(stopped))
        return str(stopped)
