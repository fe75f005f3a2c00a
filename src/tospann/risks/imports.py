"""Bringing a spreadsheet in: read it confined, check every row, keep it until it is confirmed."""

from collections.abc import Mapping
from typing import IO, Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.jobs import confined, incoming
from tospann.projects.models import Project
from tospann.risks import sheets
from tospann.risks.models import StagedRisks

READER = "tospann.jobs.sheet_reading:read_sheet"
MOST_BYTES = 10 * confined.MEGABYTE


def read(file: IO[bytes]) -> Any:
    """Headings and rows of the file's first sheet; ``Invalid`` says why it cannot be read."""
    return incoming.read(READER, file, MOST_BYTES, _refusal)[0]


def _refusal(answer: Mapping[str, Any]) -> str:
    if answer["code"] == "too_many_rows":
        return gettext("The sheet has too many rows. Divide it.")
    return gettext("This is not an Excel file (.xlsx).")


def stage(
    actor: Actor, project: Project, file: IO[bytes], name: str
) -> tuple[sheets.Sheet, StagedRisks | None]:
    """What the file holds; kept for a day to be confirmed when nothing is wrong with it."""
    found = read(file)
    sheet = sheets.understand(project, found["headings"], found["rows"])
    if sheet.faults:
        return sheet, None
    _forget(project, actor)
    staged = StagedRisks.objects.create(
        id=new_id(),
        project=project,
        person_id=actor.person_id,
        file_name=incoming.shown_name(name, "risks.xlsx"),
        content_hash=sheets.content_hash(sheet.rows),
        rows=sheet.rows,
        counts={
            "new": sheet.new,
            "changed": sheet.changed,
            "same": sheet.same,
            "not_read": sheet.not_read,
        },
        expires_at=timezone.now() + incoming.KEPT_FOR,
    )
    return sheet, staged


def _forget(project: Project, actor: Actor) -> None:
    """Only a person's latest file waits, and none longer than its day."""
    mine = Q(project=project, person=actor.person_id)
    old = StagedRisks.objects.filter(mine | Q(expires_at__lt=timezone.now()))
    old.filter(expires_at__isnull=False).delete()


def staged(actor: Actor, project: Project, pk: UUID) -> StagedRisks:
    """A file of the actor's own that waits, or 404."""
    found = StagedRisks.objects.filter(pk=pk, project=project, person=actor.person_id)
    one = found.filter(expires_at__gte=timezone.now()).first()
    if one is None:
        raise Http404
    return one
