"""``tospann archive``: the whole project as a folder that outlives the portal."""

import argparse
import shutil
from typing import TYPE_CHECKING

from tospann.config.operating.refusals import Refused, say

if TYPE_CHECKING:
    from tospann.archiving.packing import Packed


def archive(asked: argparse.Namespace) -> int:
    """Into a folder that does not exist yet; 1 when the Noark extract is not valid."""
    import django

    django.setup()
    from tospann.archiving import schemas
    from tospann.archiving.packing import pack
    from tospann.config.operating import database
    from tospann.projects.models import Project

    database.prepare()
    project = Project.objects.filter(key=asked.project.upper()).first()
    if project is None:
        raise Refused(f"There is no project {asked.project}.")
    folder = asked.folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{asked.folder} already exists. Name a new folder.")
    try:
        schemas.configured()
    except schemas.Unusable as unusable:
        raise Refused(str(unusable)) from None
    folder.mkdir(parents=True, exist_ok=True)
    try:
        packed = pack(project, folder, asked.by, _told)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    say(f"{packed.documents} documents, {packed.files} files in {asked.folder}.")
    for code, number in packed.remarks:
        if code in _REMARKS:
            say(f"note: {number} {_REMARKS[code]}")
    for fault in packed.faults:
        say(f"FAULT  {fault}")
    say(_verdict(packed))
    return 1 if packed.faults else 0


def _verdict(packed: "Packed") -> str:
    from tospann.archiving.schemas import SETTING

    if packed.is_validated:
        return "The Noark 5 extract is " + ("NOT valid." if packed.faults else "valid.")
    return (
        "The Noark 5 extract has NOT been validated: the published schemas are not here. "
        f"Name their folder in {SETTING}."
    )


_REMARKS = {
    "missing": "files are missing or damaged, and left out",
    "no_lasting_copy": "files have no copy in a lasting format",
}


def _told(done: int, total: int) -> None:
    if done == total or done % max(1, total // 10) == 0:
        say(f"{done} of {total}")
