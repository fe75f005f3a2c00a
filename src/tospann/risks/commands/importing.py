"""Bringing in a spreadsheet that was read and checked: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions.models import Action
from tospann.foundation import undo
from tospann.foundation.arguments import Hash
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import reference, remove_all, save_all
from tospann.foundation.transactions import next_number
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.risks import sheets
from tospann.risks.commands import keeping
from tospann.risks.models import Risk, StagedRisks

ORIGIN = "risks.stagedrisks"


@command(needs=Power.KEEP_REGISTERS)
def import_risks(
    actor: Actor, project: Project, *, staged: UUID, content_hash: Hash
) -> StagedRisks:
    """Bring in risks from a spreadsheet"""
    file = StagedRisks.objects.filter(pk=staged, project=project).first()
    if file is None or file.expires_at is None or file.person_id != actor.person_id:
        raise Gone
    if sheets.content_hash(file.rows) != content_hash:
        raise Invalid(gettext("The file is not the one that was shown. Read it again."))
    team = set(projects.on_team(project.pk))
    _add(actor, project, file, [row for row in file.rows if "number" not in row], team)
    _change(project, [row for row in file.rows if len(row) > len(("number", "version"))], team)
    StagedRisks.objects.filter(pk=file.pk).update(expires_at=None)
    return file


@import_risks.undo
def take_back(actor: Actor, project: Project, entry: AuditEntry) -> None:
    """Remove what came in and put back what was changed, provided nobody built on any of it."""
    changes = entry.detail.changes or {}
    made = {ref: change for ref, change in changes.items() if change.get("created")}
    found = {reference(risk): risk for risk in Risk.objects.filter(project=project)}
    led_on = set(Action.objects.filter(project=project).values_list("born_in", flat=True))
    for ref, change in made.items():
        if ref not in found or ref in led_on or found[ref].version != change["version"]:
            raise Stale(change["label"])
    remove_all(found[ref] for ref in made)
    undo.put_back({ref: change for ref, change in changes.items() if ref not in made})


def _add(
    actor: Actor, project: Project, file: StagedRisks, rows: Sequence[Any], team: set[UUID]
) -> None:
    now = timezone.now()
    made = [
        Risk(
            id=new_id(),
            project=project,
            number=next_number(project.pk),
            raised_by_id=actor.person_id,
            born_in=f"{ORIGIN}:{file.pk}",
            born_label=file.file_name[:200],
            created_at=now,
            moved_at=now,
            **_values(row, team),
        )
        for row in rows
    ]
    save_all(made, contents_kept=True)


def _change(project: Project, rows: Sequence[Any], team: set[UUID]) -> None:
    """Rows that say something else than the risk did, provided it still has that version."""
    wanted = {row["number"]: row for row in rows if "number" in row}
    for risk in Risk.objects.filter(project=project, number__in=list(wanted)).order_by("number"):
        row = wanted.pop(risk.number)
        if risk.version != row["version"]:
            said = gettext("%(what)s was changed meanwhile. Read the file again.")
            raise Invalid(said % {"what": f"{project.key}-{risk.number}"})
        keeping.change(risk, _values(row, team))
    if wanted:
        raise Gone


def _values(row: Mapping[str, Any], team: set[UUID]) -> dict[str, Any]:
    values = sheets.applied(row)
    if values.get("owner_id") and values["owner_id"] not in team:
        raise Invalid(gettext("Only somebody on the project's team can own this."))
    return values
