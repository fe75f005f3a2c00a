"""Reminding people of what they owe: one action, or everything overdue, at most once a day each."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions import queries
from tospann.actions.commands.rights import must_be_open
from tospann.actions.models import Action, Reminder
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import save_all
from tospann.projects.models import Project


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def remind(actor: Actor, action: Action) -> Action:
    """Remind the owner of an action"""
    must_be_open(action)
    if action.owner_id is None:
        raise Invalid(gettext("Nobody owns this action yet, so nobody can be reminded."))
    today = timezone.localdate()
    if Reminder.objects.filter(action=action, on=today).exists():
        raise Invalid(gettext("The owner was reminded of this today already."))
    _remind(actor, [(action.pk, action.owner_id)], action.project_id)
    return action


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def remind_overdue(actor: Actor, project: Project) -> list[UUID]:
    """Remind everyone of what is overdue

    Each person gets one mail that lists hers. Gives the people reminded; whoever was reminded of
    an action today is not reminded of it again.
    """
    due = queries.to_be_reminded(project).order_by("due_on", "number")
    owed = list(due.values_list("pk", "owner_id"))
    _remind(actor, owed, project.pk)
    return sorted({owner for _action, owner in owed}, key=str)


def _remind(actor: Actor, owed: list[tuple[UUID, UUID]], project: UUID) -> None:
    today = timezone.localdate()
    save_all(
        Reminder(action_id=action, person_id=owner, by_id=actor.person_id, on=today,
                 project_id=project)
        for action, owner in owed
    )  # fmt: skip
