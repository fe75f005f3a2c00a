"""Owner, due date, state and priority in one change: of one action in its row, or of many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field

from tospann.actions.commands.keeping import Open, give, set_due, set_stage
from tospann.actions.commands.rights import (
    is_own_made_or_kept,
    is_own_or_kept,
    must_be_open,
    owner_on_team,
)
from tospann.actions.models import Action, Priority, Stage
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.projects.models import Project

What = Literal["owner", "due_on", "state", "priority"]
Change = Annotated[list[What], Field(min_length=1)]
Chosen = Annotated[list[UUID], Field(min_length=1, max_length=500)]


@command(needs=Power.OWN_ACTIONS)
def edit_actions(
    actor: Actor,
    project: Project,
    *,
    actions: Chosen,
    change: Change,
    owner: UUID | None = None,
    due_on: date | None = None,
    state: Open | None = None,
    priority: Priority = Priority.NORMAL,
) -> list[UUID]:
    """Change several actions at once

    Only what `change` names is changed, so an empty owner or due date can be set, too.
    """
    if "owner" in change:
        owner_on_team(project.pk, owner)
    found = list(Action.objects.filter(project=project, pk__in=actions).order_by("number"))
    if len(found) != len(set(actions)):
        raise Gone
    for action in found:
        _adjust(actor, action, Wanted(change, owner, due_on, state, priority))
    return [action.pk for action in found]


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def adjust_action(
    actor: Actor,
    action: Action,
    *,
    change: Change,
    owner: UUID | None = None,
    due_on: date | None = None,
    state: Open | None = None,
    priority: Priority = Priority.NORMAL,
) -> Action:
    """Adjust an action"""
    if "owner" in change:
        owner_on_team(action.project_id, owner)
    _adjust(actor, action, Wanted(change, owner, due_on, state, priority))
    return action


@dataclass(frozen=True)
class Wanted:
    """What is to become of an action; only what `change` names counts."""

    change: Sequence[What]
    owner: UUID | None
    due_on: date | None
    state: Open | None
    priority: Priority


def _adjust(actor: Actor, action: Action, wanted: Wanted) -> None:
    change = wanted.change
    if "state" in change and wanted.state is None:
        raise Invalid(gettext("This is required."), "state")
    _may(actor, action, change)
    if "owner" in change and action.owner_id != wanted.owner:
        give(actor, action, wanted.owner)
    if "due_on" in change:
        set_due(action, wanted.due_on)
    if "priority" in change:
        action.priority = wanted.priority
    if "state" in change and wanted.state and action.stage != wanted.state:
        set_stage(action, Stage(wanted.state))
    action.save()


def _may(actor: Actor, action: Action, change: Sequence[What]) -> None:
    """What is more than the state needs the right to change; and only what is open changes."""
    more = set(change) != {"state"}
    refused = (is_own_made_or_kept if more else is_own_or_kept)(actor, action)
    if refused:
        raise NotAllowed(f"{action}: {refused}")
    if more and "state" not in change:
        must_be_open(action)
