"""The hours of a project are approved or returned, many at once, as one act."""

from collections.abc import Callable, Sequence
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Line
from tospann.foundation.authority import POWERS, Actor, Power, Strength
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid
from tospann.projects.models import Project
from tospann.projects.queries import holders
from tospann.timesheets import costing, work
from tospann.timesheets.commands.saving import settle
from tospann.timesheets.models import LOCKED, Sheet, State, Week

Chosen = Annotated[list[UUID], Field(min_length=1, max_length=500)]


@command(needs=Power.APPROVE_HOURS, undoable=False)
def approve_hours(actor: Actor, project: Project, *, sheets: Chosen) -> list[UUID]:
    """Approve hours

    They become actual work in the plan and costs in the budget.
    """
    found = _chosen(project, sheets)
    _not_her_own(actor, project, found)
    for sheet in found:
        _must_be(sheet, {State.SUBMITTED}, _not_sent)
    _decide(actor, found, State.APPROVED)
    work.tell_plan(actor, project, found)
    costing.record(actor, project, found)
    return [sheet.pk for sheet in found]


@command(needs=Power.APPROVE_HOURS, undoable=False)
def return_hours(actor: Actor, project: Project, *, sheets: Chosen, reason: Line) -> list[UUID]:
    """Return hours

    Their writer can change them again. What was approved is taken out of plan and budget.
    """
    found = _chosen(project, sheets)
    for sheet in found:
        _must_be(sheet, LOCKED, _not_sent)
    approved = [sheet for sheet in found if sheet.state == State.APPROVED]
    _not_her_own(actor, project, approved)
    _decide(actor, found, State.RETURNED, reason)
    work.tell_plan(actor, project, approved)
    costing.take_back(actor, project, approved)
    return [sheet.pk for sheet in found]


def _chosen(project: Project, ids: Sequence[UUID]) -> list[Sheet]:
    """The sheets, locked; their weeks before them, as whoever saves a week does."""
    weeks = Sheet.objects.filter(project=project, pk__in=ids).values("week_id")
    list(Week.objects.select_for_update().filter(pk__in=weeks).order_by("pk").values_list("pk"))
    mine = Sheet.objects.select_for_update(of=("self",)).filter(project=project, pk__in=ids)
    found = list(mine.select_related("person").order_by("pk"))
    if len(found) != len(set(ids)):
        raise Gone
    return found


def _must_be(sheet: Sheet, states: frozenset[str] | set[State], said: Callable[[], str]) -> None:
    if sheet.state not in states:
        raise Invalid(said() % {"name": sheet.person.name, "week": sheet}, "sheets")


def _not_sent() -> str:
    return gettext("The hours of %(name)s for %(week)s do not wait for approval.")


def _not_her_own(actor: Actor, project: Project, sheets: Sequence[Sheet]) -> None:
    """Somebody else approves one's own hours, where there is somebody else."""
    own = [sheet for sheet in sheets if sheet.person_id == actor.person_id]
    if not own or actor.person_id is None:
        return
    roles = [role for role, how in POWERS[Power.APPROVE_HOURS].items() if how is Strength.DECIDE]
    if set(holders(project.pk, roles)) - {actor.person_id}:
        raise Invalid(gettext("Somebody else approves your own hours."), "sheets")


def _decide(actor: Actor, sheets: Sequence[Sheet], state: State, reason: str = "") -> None:
    now = timezone.now()
    for sheet in sheets:
        sheet.state, sheet.reason = state, reason
        sheet.decided_at, sheet.decided_by_id = now, actor.person_id
        sheet.save()
    weeks = Week.objects.filter(pk__in=[sheet.week_id for sheet in sheets]).order_by("pk")
    of_week: dict[UUID, list[Sheet]] = {}
    for sheet in Sheet.objects.filter(week__in=[week.pk for week in weeks]):
        of_week.setdefault(sheet.week_id, []).append(sheet)
    for week in weeks:
        settle(week, of_week[week.pk])
