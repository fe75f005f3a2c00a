"""Who is told when an action is given, done or dropped."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from tospann.actions.commands import (
    add_action,
    complete_action,
    drop_action,
    hand_over_action,
)
from tospann.actions.models import Action, ActionState
from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell

_GIVEN = gettext_noop("%(who)s gave you the action “%(title)s”.")
_DONE = gettext_noop("%(who)s completed the action “%(title)s”, which you gave.")
_DROPPED = gettext_noop("%(who)s dropped the action “%(title)s”.")


def _changed(entry: AuditEntry) -> Iterator[Action]:
    """The actions the act changed, as they are now (none when its detail is erased)."""
    for ref in entry.detail.changes or {}:
        found = find(ref) if ref.startswith("actions.action:") else None
        if isinstance(found, Action):
            yield found


def _said(msgid: str, entry: AuditEntry, action: Action) -> Sentence:
    return Sentence(msgid, {"who": entry.detail.actor_name, "title": action.title})


@reaction(add_action, hand_over_action)
def tell_the_new_owner(entry: AuditEntry) -> None:
    for action in _changed(entry):
        if action.state == ActionState.OPEN:
            said, link = _said(_GIVEN, entry, action), action.get_absolute_url()
            tell([action.owner_id], Kind.ACTION, said, link, entry, project=action.project)


@reaction(complete_action)
def tell_whoever_gave_it(entry: AuditEntry) -> None:
    for action in _changed(entry):
        if action.state == ActionState.DONE:
            said, link = _said(_DONE, entry, action), action.get_absolute_url()
            tell([action.given_by_id], Kind.DONE, said, link, entry, project=action.project)


@reaction(drop_action)
def tell_both_that_it_is_dropped(entry: AuditEntry) -> None:
    for action in _changed(entry):
        if action.state == ActionState.DROPPED:
            said, link = _said(_DROPPED, entry, action), action.get_absolute_url()
            both = [action.owner_id, action.given_by_id]
            tell(both, Kind.NEWS, said, link, entry, project=action.project)
