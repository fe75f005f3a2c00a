"""What was delivered, sent as the manager's letter; and memos of what somebody hands over."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import OptionalText
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.people.models import Deputy, Person
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.team.models import DeliveredLetter, Memo
from tospann.team.queries import delivered, holdings

Receivers = Annotated[list[UUID], Field(min_length=1, max_length=200)]


@command(needs=Power.PUBLISH_REPORT, undoable=False)
def send_delivered(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    month: date,
    people: Receivers,
    message: OptionalText = "",
) -> DeliveredLetter:
    """Send the list of what was delivered in a month"""
    first = month.replace(day=1)
    found = delivered.of_month(project, first)
    if not found:
        raise Invalid(gettext("Nothing was delivered that month."), "month")
    team = set(projects.on_team(project.pk))
    if any(person not in team for person in people):
        raise Invalid(gettext("Only somebody on the project's team can be chosen here."), "people")
    letter = DeliveredLetter(
        id=id,
        project=project,
        month=first,
        message=message,
        content=[one.to_json() for one in found],
        recipients=[str(person) for person in dict.fromkeys(people)],
        sent_by_id=actor.person_id,
        sent_at=timezone.now(),
    )
    letter.save()
    return letter


@command(needs=Power.OWN_ACTIONS)
def write_memo(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    person: UUID,
    to: UUID | None = None,
    note: OptionalText = "",
) -> Memo:
    """Write a hand-over memo

    From everything that is open with somebody: her own, or anybody's for those who keep the team.
    """
    if person != actor.person_id and not rule(actor, Power.KEEP_TEAM, project.pk).may_decide:
        raise NotAllowed(gettext("You write the hand-over memo of what is yours."))
    if to is not None and not _may_take_over(project, person, to):
        raise Invalid(gettext("Only somebody on the project's team can be chosen here."), "to")
    if not Person.objects.filter(pk=person).exists():
        raise Invalid(gettext("There is no such person."), "person")
    content: list[dict[str, Any]] = [one.to_json() for one in holdings.of(project, person)]
    memo = Memo(
        id=id,
        project=project,
        person_id=person,
        to_id=to,
        note=note,
        content=content,
        made_by_id=actor.person_id,
        made_at=timezone.now(),
    )
    memo.save()
    return memo


def _may_take_over(project: Project, person: UUID, to: UUID) -> bool:
    """On the team, or the deputy of whoever hands over: she holds the same roles meanwhile."""
    if to in projects.on_team(project.pk):
        return True
    today = timezone.localdate()
    return Deputy.objects.filter(person=person, deputy=to, ends_on__gte=today).exists()
