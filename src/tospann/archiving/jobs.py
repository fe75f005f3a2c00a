"""Making an archive package in the background, with progress."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.archiving.models import Package
from tospann.archiving.packing import Packed, pack
from tospann.archiving.schemas import Unusable
from tospann.documents import blobs
from tospann.foundation.authority import Sentence
from tospann.jobs import progress
from tospann.jobs.queue import job
from tospann.people.models import Person
from tospann.projects.models import Project

KEPT = 2
"""Packages of a project that stay; they can be made again."""


@job(retries=0)
def make_package(*, project: str, person: str, work: str) -> None:
    of = Project.objects.get(pk=project)
    by = Person.objects.get(pk=person)
    with progress.reported(work):
        with tempfile.TemporaryDirectory(
            prefix="archive-", dir=settings.FILE_UPLOAD_TEMP_DIR
        ) as at:
            _make(of, by, Path(at), work)
        progress.finish(work, reverse("archiving:packages", args=[of.key]))


def _make(project: Project, by: Person, folder: Path, work: str) -> None:
    root = folder / f"{project.key}-arkiv"
    root.mkdir()
    packed = _packed(project, by, root, work)
    if packed.faults:
        said = Sentence(gettext_noop("The Noark extract is not valid: %(fault)s"))
        raise progress.WorkFailed(Sentence(said.msgid, {"fault": packed.faults[0]}))
    zipped = folder / "package.zip"
    _zip(root, zipped)
    shutil.rmtree(root)
    blob = blobs.put(_pieces(zipped))
    Package.objects.create(
        project=project,
        made_by=by,
        sha256=blob.sha256,
        size=blob.size,
        documents=packed.documents,
        files=packed.files,
        remarks=packed.remarks,
    )
    _forget_old(project.pk)


def _packed(project: Project, by: Person, root: Path, work: str) -> Packed:
    try:
        return pack(project, root, by.name, lambda done, all_: progress.report(work, done, all_))
    except Unusable as unusable:
        raise progress.WorkFailed(unusable.because) from None


def _zip(root: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(root.parent))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(2**20):
            yield piece


def _forget_old(project_id: UUID) -> None:
    found = Package.objects.filter(project_id=project_id).values_list("pk", flat=True)
    Package.objects.filter(pk__in=list(found[KEPT:])).delete()
