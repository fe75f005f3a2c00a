"""Who may do what with an action: conditions that commands name beside their power."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from tospann.actions.models import Action, ActionState, OriginKind
from tospann.foundation.authority import Actor, Power, Role, Sentence, rule
from tospann.foundation.errors import Invalid
from tospann.projects import queries as projects

MAY_WAIVE_CONDITIONS = frozenset({Role.MANAGER, Role.OWNER, Role.STEERING})

_NOT_YOURS = gettext_noop("This action belongs to somebody else. You may work with your own.")
_NOT_GIVEN_BY_YOU = gettext_noop(
    "Somebody else gave you this action. You may complete it, but not change it."
)
_NOT_ASKED = gettext_noop("Somebody else was asked. You may comment instead.")
_CONDITION = gettext_noop("This is a condition of a decision. Only %(roles)s may change it.")


def keeps_registers(actor: Actor, action: Action) -> bool:
    return rule(actor, Power.KEEP_REGISTERS, action.scope_id).may_decide


def is_own_or_kept(actor: Actor, action: Action) -> Sentence | None:
    """Completing and reopening: the owner of the action, or whoever keeps the registers."""
    if action.owner_id == actor.person_id or keeps_registers(actor, action):
        return None
    return Sentence(_NOT_YOURS)


def is_own_made_or_kept(actor: Actor, action: Action) -> Sentence | None:
    """Changing: what one made for oneself, or any as keeper; conditions only by deciders."""
    if action.origin_kind == OriginKind.CONDITION:
        if actor.roles_in(action.scope_id) & MAY_WAIVE_CONDITIONS:
            return None
        roles = f"role:{Role.MANAGER}+{Role.OWNER}"
        return Sentence(_CONDITION, {"roles": roles})
    if keeps_registers(actor, action):
        return None
    if action.owner_id != actor.person_id:
        return Sentence(_NOT_YOURS)
    return None if action.given_by_id == actor.person_id else Sentence(_NOT_GIVEN_BY_YOU)


class MayChange(Protocol):
    """Whether somebody may change this field of the action that stands in a row of the list."""

    def __call__(self, row: Mapping[str, Any], what: str) -> bool: ...


def may_change(actor: Actor, project: UUID) -> MayChange:
    """The answer of the conditions above for many rows at once."""
    keeps = rule(actor, Power.KEEP_REGISTERS, project).may_decide
    waives = bool(actor.roles_in(project) & MAY_WAIVE_CONDITIONS)
    works = rule(actor, Power.OWN_ACTIONS, project).may_decide

    def may(row: Mapping[str, Any], what: str) -> bool:
        own = row["owed_owner"] == actor.person_id
        if what == "state":
            return works and (keeps or own)
        if row["owed_origin"] == OriginKind.CONDITION:
            return works and waives
        return works and (keeps or (own and row["owed_given"] == actor.person_id))

    return may


def is_own_or_handed_out(actor: Actor, action: Action) -> Sentence | None:
    """Handing over: whoever keeps the registers, or what one made for oneself."""
    if keeps_registers(actor, action):
        return None
    return is_own_made_or_kept(actor, action)


def is_asked_or_kept(actor: Actor, action: Action) -> Sentence | None:
    """Answering somebody who is stuck: who was asked by name, who gave it, or any keeper."""
    asked = {action.helper_id, action.given_by_id} - {None}
    if actor.person_id in asked or keeps_registers(actor, action):
        return None
    return Sentence(_NOT_ASKED)


def owner_on_team(project_id: UUID, person: UUID | None, field: str = "owner") -> UUID | None:
    if person is not None and person not in projects.on_team(project_id):
        said = gettext("Only somebody on the project's team can own an action.")
        if field != "owner":
            said = gettext("Only somebody on the project's team can be asked.")
        raise Invalid(said, field)
    return person


def must_be_open(action: Action) -> None:
    if action.state != ActionState.OPEN:
        raise Invalid(gettext("This action is no longer open. Reopen it first."))
