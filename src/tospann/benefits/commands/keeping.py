"""What the commands on benefits check alike."""

from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.errors import CommandError, Invalid
from tospann.projects import queries as projects
from tospann.projects.models import Goal

KIND = "benefit_plan"
"""What the authority matrix calls changes of the plan for benefits."""
_NOT_YOURS = gettext_noop(
    "This is measured by somebody else. Whoever owns the benefit or keeps the registers may too."
)


class AlreadyAdded(CommandError):
    """The same form was sent twice: what it holds is saved once."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext("This was saved already. It was not saved twice."))


def ours(project_id: UUID, person: UUID | None, field: str) -> UUID | None:
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Choose somebody on the project's team."), field)
    return person


def goal_of(project_id: UUID, goal: UUID | None) -> UUID | None:
    if goal is not None and not Goal.objects.filter(project=project_id, pk=goal).exists():
        raise Invalid(gettext("There is no such goal in this project."), "goal")
    return goal


def hers_or_kept(actor: Actor, scope_id: UUID, *people: UUID | None) -> Sentence | None:
    """One of these people, or whoever keeps the registers or the plan for benefits."""
    if actor.person_id is not None and actor.person_id in people:
        return None
    powers = (Power.KEEP_REGISTERS, Power.EDIT_BENEFITS)
    if any(rule(actor, power, scope_id).may_decide for power in powers):
        return None
    return Sentence(_NOT_YOURS)
