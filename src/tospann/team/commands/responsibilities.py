"""The responsibility matrix: rows with exactly one who answers for each."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.people.models import Person
from tospann.planning.models import Activity
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.team.models import Duty, Letter, Responsibility

MOST_ROWS = 500
People = Annotated[list[UUID], Field(max_length=50)]
Uid = Annotated[int, Field(ge=1, le=2**53)]


@command(needs=Power.KEEP_TEAM)
def add_responsibility(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    accountable: UUID,
    responsible: People = [],  # noqa: B006  # a model's default
    consulted: People = [],  # noqa: B006  # as above
    informed: People = [],  # noqa: B006  # as above
    task_uid: Uid | None = None,
) -> Responsibility:
    """Add a row to the responsibility matrix

    One person answers for it (A); others may do it (R), be consulted (C) or be told (I).
    """
    rows = Responsibility.objects.filter(project=project)
    if rows.count() >= MOST_ROWS:
        raise Invalid(gettext("The matrix is full. Remove rows that are done with."))
    _refuse_task(project, task_uid)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    row = Responsibility(
        id=id,
        project=project,
        position=last + 1,
        title=title,
        task_uid=task_uid,
        accountable_id=_of_team(project.pk, accountable),
    )
    row.save()
    _set_duties(row, {"R": responsible, "C": consulted, "I": informed})
    return row


@command(needs=Power.KEEP_TEAM)
def change_responsibility(
    actor: Actor,
    responsibility: Responsibility,
    *,
    title: Line,
    accountable: UUID,
    responsible: People = [],  # noqa: B006  # a model's default
    consulted: People = [],  # noqa: B006  # as above
    informed: People = [],  # noqa: B006  # as above
) -> Responsibility:
    """Change a row of the responsibility matrix"""
    if accountable != responsibility.accountable_id:
        responsibility.accountable_id = _of_team(responsibility.project_id, accountable)
    responsibility.title = title
    responsibility.save()
    _set_duties(responsibility, {"R": responsible, "C": consulted, "I": informed})
    return responsibility


@command(needs=Power.KEEP_TEAM)
def give_responsibility(
    actor: Actor, responsibility: Responsibility, *, person: UUID
) -> Responsibility:
    """Let somebody else answer for a row of the responsibility matrix"""
    responsibility.accountable_id = _of_team(responsibility.project_id, person)
    responsibility.save()
    return responsibility


@command(needs=Power.KEEP_TEAM)
def remove_responsibility(actor: Actor, responsibility: Responsibility) -> None:
    """Remove a row of the responsibility matrix"""
    for duty in Duty.objects.filter(responsibility=responsibility):
        duty.delete()
    responsibility.delete()


def _of_team(project_id: UUID, person: UUID) -> UUID:
    if person not in projects.on_team(project_id):
        raise Invalid(
            gettext("Only somebody on the project's team can be in the matrix."), "accountable"
        )
    return person


def _refuse_task(project: Project, uid: int | None) -> None:
    if uid is None:
        return
    if not Activity.objects.filter(project=project, uid=uid).exists():
        raise Invalid(gettext("There is no such activity in the plan."), "task_uid")
    if Responsibility.objects.filter(project=project, task_uid=uid).exists():
        raise Invalid(gettext("This task has a row already."), "task_uid")


def _set_duties(row: Responsibility, wanted: dict[str, Iterable[UUID]]) -> None:
    """Whoever had a part keeps it, also when she has left; new ones are on the team."""
    had = {(one.letter, one.person_id): one for one in Duty.objects.filter(responsibility=row)}
    want = {(Letter(letter), who) for letter, people in wanted.items() for who in people}
    new = want - had.keys()
    team = set(projects.on_team(row.project_id)) if new else set()
    if any(who not in team for _letter, who in new):
        raise Invalid(gettext("Only somebody on the project's team can be in the matrix."))
    for key, duty in had.items():
        if key not in want:
            duty.delete()
    for letter, who in sorted(new):
        Duty(
            id=new_id(),
            project_id=row.project_id,
            responsibility=row,
            person_id=who,
            letter=letter,
        ).save()


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """A leaver's rows: to whoever takes over where she is on the team, else to a manager there."""
    for row in Responsibility.objects.filter(accountable=person).order_by("project_id"):
        team = set(projects.on_team(row.project_id)) - {person.pk}
        leaders = projects.holders(row.project_id, [Role.MANAGER, Role.COORDINATOR])
        heir = to.pk if to is not None and to.pk in team else None
        heir = heir or min((one for one in leaders if one != person.pk), default=None)
        if heir is not None:
            give_responsibility(actor, row, person=heir)
