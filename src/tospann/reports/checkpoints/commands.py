"""Sending a checkpoint report, asking for one, and answering it."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.foundation.arguments import OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.planning.models import Activity
from tospann.projects.models import Project
from tospann.reports.checkpoints import queries
from tospann.reports.models import Checkpoint

Uid = Field(ge=1, le=2**53)
_NOT_HERS = gettext_noop("Only whoever is responsible for the work package reports on it.")


@command(needs=Power.REPORT_PROGRESS, undoable=False)
def send_checkpoint(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    activity: int = Uid,
    state: Literal["green", "amber", "red"],
    done: OptionalText = "",
    next: OptionalText = "",
    problems: OptionalText = "",
    needs: OptionalText = "",
    expected_finish: date | None = None,
) -> Checkpoint:
    """Send a checkpoint report"""
    package = _package(actor, project, activity)
    if not (done or next or problems or needs):
        raise Invalid(gettext("Write a line about how it goes."), "done")
    if state != "green" and not (problems or needs):
        raise Invalid(gettext("Say what is wrong, or what you need."), "problems")
    if Checkpoint.objects.filter(pk=id).exists():
        raise Invalid(gettext("This was saved already. It was not saved twice."))
    last = Checkpoint.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    sent = Checkpoint(
        id=id,
        project=project,
        number=(last or 0) + 1,
        activity_uid=activity,
        package=package.name[:200],
        sent_by_id=actor.person_id,
        sent_at=timezone.now(),
        state=state,
        planned_finish=package.finish,
        expected_finish=expected_finish,
    )
    sent.done, sent.next, sent.problems, sent.needs = done, next, problems, needs
    sent.save()
    return sent


def _package(actor: Actor, project: Project, uid: int) -> Activity:
    """The work package, if it is the actor's to report on."""
    found = queries.packages(project).filter(uid=uid).first()
    if found is None:
        raise Gone
    is_hers = actor.person_id is not None and found.responsible_id == actor.person_id
    if not (is_hers or actor.kind == "system" or queries.may_report_all(actor, project.pk)):
        raise NotAllowed(gettext(_NOT_HERS))
    return found


@command(needs=Power.DRAFT_REPORT, undoable=False)
def answer_checkpoint(
    actor: Actor, checkpoint: Checkpoint, *, answer: OptionalText = ""
) -> Checkpoint:
    """Note that a checkpoint report is read, with an answer"""
    checkpoint.read_by_id, checkpoint.read_at = actor.person_id, timezone.now()
    checkpoint.answer = answer or checkpoint.answer
    checkpoint.save()
    return checkpoint


@command(needs=Power.DRAFT_REPORT, undoable=False)
def ask_for_checkpoint(actor: Actor, project: Project, *, activity: int = Uid) -> Project:
    """Ask for a checkpoint report"""
    package = queries.packages(project).filter(uid=activity).first()
    if package is None:
        raise Gone
    if package.responsible_id is None:
        raise Invalid(gettext("Nobody is responsible for this work package yet."), "activity")
    return project
