"""Files that were read and wait to be applied: their content, and how long they stay."""

import json
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

import planengine as engine
from tospann.jobs import incoming
from tospann.planning import store
from tospann.planning.models import Plan, StagedImport
from tospann.projects.models import Project

StagedId = UUID
KEPT_WHEN_PROPOSED = timedelta(days=180)


def content(file: StagedImport) -> engine.Plan:
    """The plan the file held."""
    return engine.from_json(json.loads(zlib.decompress(bytes(file.content))))


def merged(head: Plan, incoming: engine.Plan) -> engine.Plan:
    """The incoming plan with what files do not hold: who is responsible, the frozen baseline."""
    now = store.load(head).plan
    was = {row.uid: row for row in now.activities}
    rows = []
    for row in incoming.activities:
        before = was.get(row.uid)
        kept: dict[str, Any] = {}
        if before is not None and before.name == row.name and row.responsible is None:
            kept["responsible"] = before.responsible
        if head.baseline_revision is not None:
            kept["baselines"] = before.baselines if before is not None else ()
        rows.append(replace(row, **kept))
    return replace(incoming, name=incoming.name or now.name, activities=tuple(rows))


def said(file: StagedImport, count: int) -> dict[str, object]:
    """What the revision says about the import: the file, its hash and how much it held."""
    short = file.file_hash[:12]
    return {
        "uids": [],
        "nb": f"Hentet inn planen fra «{file.file_name}» ({count} aktiviteter, SHA-256 {short}…).",
        "en": f"Imported the plan from “{file.file_name}” ({count} activities, SHA-256 {short}…).",
    }


def keep_for_decision(file: StagedImport) -> None:
    """A proposed import waits for its decision, however long that takes."""
    StagedImport.objects.filter(pk=file.pk).update(expires_at=timezone.now() + KEPT_WHEN_PROPOSED)


def forget_earlier(project: Project, person_id: UUID | None) -> None:
    """Only a person's latest file waits, unless an earlier one was proposed."""
    soon = timezone.now() + incoming.KEPT_FOR
    waiting = StagedImport.objects.filter(project=project, expires_at__lte=soon)
    mine = Q(person_id=person_id) if person_id else Q(person__isnull=True)
    waiting.filter(mine).delete()


def forget_expired() -> int:
    """Remove what nobody applied in time."""
    return StagedImport.objects.filter(expires_at__lt=timezone.now()).delete()[0]
