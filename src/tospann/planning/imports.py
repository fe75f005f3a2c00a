"""Bringing a file in: read it confined, keep it with a report, then apply or propose it."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from tospann.foundation.authority import Actor, Ruling
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.ids import new_id
from tospann.jobs import incoming
from tospann.planning import commands, queries, staging
from tospann.planning.models import Plan, Revision, StagedImport
from tospann.projects.models import Project

READER = "tospann.planning.reading:read_plan"
WORKBOOKS = "tospann.planning.reading_workbooks:read_workbook"
_ZIP = b"PK\x03\x04"


def ensure_plan(actor: Actor, project: Project) -> Plan:
    """The project's plan, started when there is none yet."""
    return queries.plan(project) or commands.start_plan(actor, project)


def stage(actor: Actor, project: Project, file: IO[bytes], name: str) -> StagedImport:
    """Read a file and keep what it holds for a day. ``Invalid`` says what is wrong, and where."""
    commands.require_editor(actor, ensure_plan(actor, project))
    file.seek(0)
    reader = WORKBOOKS if file.read(len(_ZIP)) == _ZIP else READER
    file.seek(0)
    result, file_hash = incoming.read(reader, file, incoming.most_bytes(), _why)
    staging.forget_earlier(project, actor.person_id)
    now = timezone.now()
    return StagedImport.objects.create(
        id=new_id(),
        project=project,
        person_id=actor.person_id,
        file_name=incoming.shown_name(name, "plan.xml"),
        file_hash=file_hash,
        content_hash=result["content_hash"],
        content=base64.b85decode(result["content"]),
        report=result["report"],
        created_at=now,
        expires_at=now + incoming.KEPT_FOR,
    )


def _why(answer: Mapping[str, Any]) -> str:
    language = "nb" if (get_language() or "nb").startswith("n") else "en"
    return str(answer[language])


def assess(actor: Actor, head: Plan, staged: StagedImport) -> Ruling:
    """Who decides about bringing this in, as the plan is now."""
    said = {
        "staged": staged.pk,
        "content_hash": staged.content_hash,
        "base_revision": head.revision,
    }
    return commands.import_plan.assess(actor, head, said)


def submit_import(
    actor: Actor, head: Plan, staged: StagedImport, base_revision: int
) -> Done[Revision] | Proposed:
    """Apply what was staged, or propose it; a proposed file is kept until it is decided."""
    outcome = submit(
        actor,
        commands.import_plan.on(head),
        staged=staged.pk,
        content_hash=staged.content_hash,
        base_revision=base_revision,
    )
    if isinstance(outcome, Proposed):
        staging.keep_for_decision(staged)
    return outcome


def import_file(actor: Actor, project: Project, path: Path) -> Done[Revision] | Proposed:
    """Read a file on this machine and apply or propose it (``tospann import-plan``)."""
    head = ensure_plan(actor, project)
    with path.open("rb") as file:
        staged = stage(actor, project, file, path.name)
    head.refresh_from_db()
    return submit_import(actor, head, staged, head.revision)


def account(outcome: Done[Revision] | Proposed) -> str:
    """What came of an import, in a sentence."""
    if isinstance(outcome, Proposed):
        return gettext("Sent as a proposal. %(why)s") % {"why": outcome.ruling}
    language = "nb" if (get_language() or "nb").startswith("n") else "en"
    return str(outcome.result.sentences[0][language])
