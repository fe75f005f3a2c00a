"""The life of an action: added, changed, done, dropped, handed over."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions.commands.rights import (
    is_own_made_or_kept,
    is_own_or_handed_out,
    is_own_or_kept,
    must_be_open,
    owner_on_team,
)
from tospann.actions.models import Action, ActionState, Origin, Priority, Stage
from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project

Open = Literal["not_started", "under_way", "done"]


@command(needs=Power.KEEP_REGISTERS)
def add_action(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    description: OptionalText = "",
    owner: UUID | None = None,
    due_on: date | None = None,
    priority: Priority = Priority.NORMAL,
    origin_kind: Origin = "none",
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Action:
    """Add an action"""
    if origin_kind == "condition" and actor.mandate is None and actor.kind != "system":
        raise NotAllowed(gettext("Conditions come from decisions."))
    action = Action(
        id=id,
        project=project,
        number=next_number(project.pk),
        title=title,
        description=description,
        owner_id=owner_on_team(project.pk, owner),
        given_by_id=actor.person_id,
        due_on=due_on,
        priority=priority,
        origin_kind=origin_kind,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
    )
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS)
def add_own_action(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    description: OptionalText = "",
    due_on: date | None = None,
    priority: Priority = Priority.NORMAL,
) -> Action:
    """Add an action of one's own"""
    return add_action(
        actor,
        project,
        id=id,
        title=title,
        description=description,
        owner=actor.person_id,
        due_on=due_on,
        priority=priority,
    )


@command(needs=Power.OWN_ACTIONS, only_if=is_own_made_or_kept)
def change_action(
    actor: Actor,
    action: Action,
    *,
    title: Line,
    description: OptionalText = "",
    due_on: date | None = None,
    priority: Priority = Priority.NORMAL,
) -> Action:
    """Change an action"""
    must_be_open(action)
    action.title, action.description = title, description
    action.priority = priority
    set_due(action, due_on)
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def complete_action(actor: Actor, action: Action) -> Action:
    """Complete an action"""
    must_be_open(action)
    _close(action, ActionState.DONE)
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def reopen_action(actor: Actor, action: Action) -> Action:
    """Reopen an action"""
    if action.state == ActionState.OPEN:
        raise Invalid(gettext("This action is already open."))
    action.state, action.done_at, action.reason = ActionState.OPEN, None, ""
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def move_action(actor: Actor, action: Action, *, to: Open) -> Action:
    """Move an action on the board"""
    set_stage(action, Stage(to))
    action.save()
    return action


def set_stage(action: Action, to: Stage) -> None:
    """Not started, under way or done; whatever it was before."""
    if to is Stage.DONE:
        _close(action, ActionState.DONE)
        return
    action.state, action.done_at, action.reason = ActionState.OPEN, None, ""
    action.began_at = (action.began_at or timezone.now()) if to is Stage.UNDER_WAY else None


def set_due(action: Action, due_on: date | None) -> None:
    """A date that is set answers whoever asked for another."""
    if due_on != action.due_on:
        action.due_on, action.proposed_due_on = due_on, None


def give(actor: Actor, action: Action, owner: UUID | None) -> None:
    """To somebody else, who has said nothing about it yet."""
    if owner != action.owner_id:
        _answered(action)
    action.owner_id, action.given_by_id = owner, actor.person_id


def _close(action: Action, state: ActionState) -> None:
    action.state = state
    action.done_at = timezone.now() if state == ActionState.DONE else None
    _answered(action)


def not_stuck(action: Action) -> None:
    """Nobody is waited for any longer."""
    action.stuck_since, action.stuck_text = None, ""
    action.helper_id, action.reply_by, action.helped_at = None, None, None


def _answered(action: Action) -> None:
    not_stuck(action)
    action.proposed_due_on, action.flagged_by_id = None, None


@command(needs=Power.OWN_ACTIONS, only_if=is_own_made_or_kept)
def drop_action(actor: Actor, action: Action, *, reason: Text) -> Action:
    """Drop an action"""
    must_be_open(action)
    _close(action, ActionState.DROPPED)
    action.reason = reason
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_handed_out)
def hand_over_action(actor: Actor, action: Action, *, owner: UUID | None) -> Action:
    """Hand over an action"""
    must_be_open(action)
    give(actor, action, owner_on_team(action.project_id, owner))
    action.save()
    return action


@command(needs=Power.KEEP_REGISTERS)
def hand_over_of(
    actor: Actor, project: Project, *, person: UUID, owner: UUID | None = None
) -> list[UUID]:
    """Hand over everything open that a person owns in a project"""
    owner_on_team(project.pk, owner)
    found = Action.objects.filter(project=project, owner=person, state=ActionState.OPEN)
    handed = list(found.exclude(owner=owner).order_by("number"))
    for action in handed:
        give(actor, action, owner)
        action.save()
    return [action.pk for action in handed]


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """Give a person's open actions to another, where she is on the team; else to nobody (yet)."""
    for action in Action.objects.filter(owner=person, state=ActionState.OPEN).order_by("project"):
        can = to is not None and to.pk in projects.on_team(action.project_id)
        hand_over_action(actor, action, owner=to.pk if to and can else None)


def born(
    actor: Actor,
    project: Project,
    *,
    title: str,
    origin_kind: Origin,
    born_in: str,
    owner: UUID | None = None,
    due_on: date | None = None,
    born_label: str = "",
    born_link: str = "",
    id: UUID | None = None,
) -> Action:
    """An action that something else gives birth to. Called inside that something's command."""
    return add_action(
        actor,
        project,
        id=id or new_id(),
        title=title,
        owner=owner,
        due_on=due_on,
        origin_kind=origin_kind,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
    )
