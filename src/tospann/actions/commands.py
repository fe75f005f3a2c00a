"""Everything that changes an action. People work with their own; registers are kept by the two."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.actions.models import Action, ActionState, Origin, OriginKind, Priority
from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import PROJECT_ROLES, Actor, Power, Role, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project

TEAM = tuple(role for role in PROJECT_ROLES if role is not Role.GUEST)
MAY_WAIVE_CONDITIONS = frozenset({Role.MANAGER, Role.OWNER, Role.STEERING})

_NOT_YOURS = gettext_noop("This action belongs to somebody else. You may work with your own.")
_NOT_GIVEN_BY_YOU = gettext_noop(
    "Somebody else gave you this action. You may complete it, but not change it."
)
_CONDITION = gettext_noop("This is a condition of a decision. Only %(roles)s may change it.")


def _keeps_registers(actor: Actor, action: Action) -> bool:
    return rule(actor, Power.KEEP_REGISTERS, action.scope_id).may_decide


def is_own_or_kept(actor: Actor, action: Action) -> Sentence | None:
    """Completing and reopening: the owner of the action, or whoever keeps the registers."""
    if action.owner_id == actor.person_id or _keeps_registers(actor, action):
        return None
    return Sentence(_NOT_YOURS)


def is_own_made_or_kept(actor: Actor, action: Action) -> Sentence | None:
    """Changing: what one made for oneself, or any as keeper; conditions only by deciders."""
    if action.origin_kind == OriginKind.CONDITION:
        if actor.roles_in(action.scope_id) & MAY_WAIVE_CONDITIONS:
            return None
        roles = f"role:{Role.MANAGER}+{Role.OWNER}"
        return Sentence(_CONDITION, {"roles": roles})
    if _keeps_registers(actor, action):
        return None
    if action.owner_id != actor.person_id:
        return Sentence(_NOT_YOURS)
    return None if action.given_by_id == actor.person_id else Sentence(_NOT_GIVEN_BY_YOU)


def is_own_or_handed_out(actor: Actor, action: Action) -> Sentence | None:
    """Handing over: whoever keeps the registers, or what one made for oneself."""
    if _keeps_registers(actor, action):
        return None
    return is_own_made_or_kept(actor, action)


def _owner(project_id: UUID, person: UUID | None) -> UUID | None:
    if person is not None and person not in projects.holders(project_id, TEAM):
        raise Invalid(gettext("Only somebody on the project's team can own an action."), "owner")
    return person


def _must_be_open(action: Action) -> None:
    if action.state != ActionState.OPEN:
        raise Invalid(gettext("This action is no longer open. Reopen it first."))


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
        owner_id=_owner(project.pk, owner),
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
    _must_be_open(action)
    action.title, action.description = title, description
    action.due_on, action.priority = due_on, priority
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def complete_action(actor: Actor, action: Action) -> Action:
    """Complete an action"""
    _must_be_open(action)
    action.state, action.done_at = ActionState.DONE, timezone.now()
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


@command(needs=Power.OWN_ACTIONS, only_if=is_own_made_or_kept)
def drop_action(actor: Actor, action: Action, *, reason: Text) -> Action:
    """Drop an action"""
    _must_be_open(action)
    action.state, action.reason = ActionState.DROPPED, reason
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_handed_out)
def hand_over_action(actor: Actor, action: Action, *, owner: UUID | None) -> Action:
    """Hand over an action"""
    _must_be_open(action)
    action.owner_id = _owner(action.project_id, owner)
    action.given_by_id = actor.person_id
    action.save()
    return action


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """Give a person's open actions to another, where she is on the team; else to nobody (yet)."""
    for action in Action.objects.filter(owner=person, state=ActionState.OPEN).order_by("project"):
        can = to is not None and to.pk in projects.holders(action.project_id, TEAM)
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
