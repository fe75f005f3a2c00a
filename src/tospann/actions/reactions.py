"""Who is told when an action is given, done, dropped, late, stuck or talked about."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from tospann.actions import queries, reminding
from tospann.actions.commands import (
    add_action,
    adjust_action,
    answer_late,
    answer_stuck,
    comment_on,
    complete_action,
    drop_action,
    edit_actions,
    hand_over_action,
    hand_over_of,
    move_action,
    remind,
    remind_overdue,
    report_late,
    report_stuck,
)
from tospann.actions.models import Action, ActionState, Comment, Reminder
from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.records import reference
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell

_GIVEN = gettext_noop("%(who)s gave you the action “%(title)s”.")
_GIVEN_MORE = gettext_noop("%(who)s gave you “%(title)s” and %(more)s more actions.")
_DONE = gettext_noop("%(who)s completed the action “%(title)s”, which you gave.")
_DROPPED = gettext_noop("%(who)s dropped the action “%(title)s”.")
_STUCK = gettext_noop("%(who)s is stuck with “%(title)s”: %(text)s")
_STUCK_BY = gettext_noop(
    "%(who)s is stuck with “%(title)s” and asks you to answer by %(day)s: %(text)s"
)
_HELPED = gettext_noop("%(who)s answered you about “%(title)s”, which is stuck.")
_LATE = gettext_noop("%(who)s asks for %(day)s as the due date of “%(title)s”.")
_MOVED = gettext_noop("%(who)s moved the due date of “%(title)s” to %(day)s.")
_ANSWERED = gettext_noop("%(who)s answered you: “%(title)s” is due %(day)s.")
_SAID = gettext_noop("%(who)s commented on “%(title)s”: %(text)s")
_MENTIONED = gettext_noop("%(who)s mentioned you on “%(title)s”: %(text)s")


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


@reaction(edit_actions, adjust_action, hand_over_of)
def tell_the_new_owners(entry: AuditEntry) -> None:
    """One notice each, however many they were given."""
    given: dict[UUID, list[Action]] = {}
    for action in _changed(entry):
        if action.owner_id and "owner_id" in _fields(entry, action):
            given.setdefault(action.owner_id, []).append(action)
    for owner, actions in given.items():
        one, more = actions[0], len(actions) - 1
        values = {"who": entry.detail.actor_name, "title": one.title, "more": more}
        said = Sentence(_GIVEN_MORE if more else _GIVEN, values)
        link = one.get_absolute_url() if not more else f"/p/{one.project.key}/tasks?mine=1"
        tell([owner], Kind.ACTION, said, link, entry, project=one.project)


def _fields(entry: AuditEntry, action: Action) -> Mapping[str, Any]:
    changed: Mapping[str, Mapping[str, Any]] = entry.detail.changes or {}
    fields: Mapping[str, Any] = changed.get(reference(action), {}).get("fields", {})
    return fields


@reaction(complete_action, move_action, edit_actions, adjust_action)
def tell_whoever_gave_it(entry: AuditEntry) -> None:
    for action in _changed(entry):
        if action.state == ActionState.DONE and "state" in _fields(entry, action):
            said, link = _said(_DONE, entry, action), action.get_absolute_url()
            tell([action.given_by_id], Kind.DONE, said, link, entry, project=action.project)


@reaction(drop_action)
def tell_both_that_it_is_dropped(entry: AuditEntry) -> None:
    for action in _changed(entry):
        if action.state == ActionState.DROPPED:
            said, link = _said(_DROPPED, entry, action), action.get_absolute_url()
            both = [action.owner_id, action.given_by_id]
            tell(both, Kind.NEWS, said, link, entry, project=action.project)


@reaction(report_stuck)
def tell_that_it_is_stuck(entry: AuditEntry) -> None:
    """Whoever is asked by name, with the day; whoever gave the action hears of it."""
    for action in _changed(entry):
        if not action.stuck_since:
            continue
        link, by_day = action.get_absolute_url(), action.helper_id and action.reply_by
        values = {"who": entry.detail.actor_name, "title": action.title}
        values |= {"text": _short(action.stuck_text), "day": f"day:{action.reply_by}"}
        said = Sentence(_STUCK_BY if by_day else _STUCK, values)
        tell(queries.asked_for_help(action), Kind.ASKED, said, link, entry, project=action.project)
        if action.helper_id:
            others = [one for one in queries.answerable(action) if one != action.helper_id]
            said = Sentence(_STUCK, values)
            tell(others, Kind.NEWS, said, link, entry, project=action.project)


@reaction(answer_stuck)
def tell_that_help_has_come(entry: AuditEntry) -> None:
    for action in _changed(entry):
        values = {"who": entry.detail.actor_name, "title": action.title}
        link = f"{action.get_absolute_url()}#comments"
        people = {action.flagged_by_id, action.owner_id}
        said = Sentence(_HELPED, values)
        tell(people, Kind.OUTCOME, said, link, entry, project=action.project)


@reaction(report_late)
def tell_that_it_will_be_late(entry: AuditEntry) -> None:
    """Whoever gave the action answers the wish; a date the owner moved herself is only news."""
    for action in _changed(entry):
        asked = action.proposed_due_on
        day = asked or action.due_on
        values = {"who": entry.detail.actor_name, "title": action.title, "day": f"day:{day}"}
        said = Sentence(_LATE if asked else _MOVED, values)
        people = queries.answerable(action) if asked else [action.owner_id, action.given_by_id]
        kind, link = Kind.ASKED if asked else Kind.NEWS, action.get_absolute_url()
        tell(people, kind, said, link, entry, project=action.project)


@reaction(answer_late)
def tell_the_answer(entry: AuditEntry) -> None:
    for action in _changed(entry):
        values = {"who": entry.detail.actor_name, "title": action.title}
        said = Sentence(_ANSWERED, values | {"day": f"day:{action.due_on}"})
        asker, link = action.flagged_by_id, action.get_absolute_url()
        people = [asker, action.owner_id]
        tell(people, Kind.OUTCOME, said, link, entry, project=action.project)


@reaction(comment_on)
def tell_of_the_comment(entry: AuditEntry) -> None:
    """Those mentioned, by mail; whoever owns, gave or has commented on the action, as news."""
    for ref in entry.detail.changes or {}:
        comment = find(ref) if ref.startswith("actions.comment:") else None
        if isinstance(comment, Comment):
            _tell_of(comment, entry)


def _tell_of(comment: Comment, entry: AuditEntry) -> None:
    action = comment.action
    who, text = entry.detail.actor_name, _short(comment.text)
    values = {"who": who, "title": action.title, "text": text}
    link = f"{action.get_absolute_url()}#comments"
    named = queries.still_on_team(comment)
    said = Sentence(_MENTIONED, values)
    tell(named, Kind.MENTIONED, said, link, entry, project=action.project)
    said, others = Sentence(_SAID, values), queries.concerned(action) - set(named)
    tell(others, Kind.NEWS, said, link, entry, project=action.project)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"


@reaction(remind, remind_overdue)
def remind_them(entry: AuditEntry) -> None:
    """One notice and one mail a person, with everything the act reminds her of."""
    refs = [ref for ref in entry.detail.changes or {} if ref.startswith("actions.reminder:")]
    found = Reminder.objects.filter(pk__in=[ref.partition(":")[2] for ref in refs])
    reminding.send(found, entry)
