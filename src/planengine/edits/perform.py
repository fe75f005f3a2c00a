"""Doing edits: each one checks, changes the draft and returns the edits that undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from planengine.edits import kinds
from planengine.edits.draft import Draft
from planengine.edits.errors import EditError
from planengine.edits.kinds import Edit
from planengine.model import Activity, Baseline, Calendar, Link, LinkKey, Plan

Undo = tuple[Edit, ...]
Kind = TypeVar("Kind", bound=Edit)
Way = Callable[[Draft, Kind], Undo]
_WAYS: dict[type[Edit], Callable[[Draft, Any], Undo]] = {}


def perform(draft: Draft, edit: Edit) -> Undo:
    """Do one edit on a draft. Raises `EditError` before anything is changed."""
    if isinstance(edit, kinds.ActivityFields):
        return _set_activity(draft, edit)
    if isinstance(edit, kinds.PlanFields):
        return _set_plan(draft, edit)
    return _WAYS[type(edit)](draft, edit)


def _way(
    kind: type[Kind],
) -> Callable[[Callable[[Draft, Kind], Undo]], Callable[[Draft, Kind], Undo]]:
    def keep(function: Callable[[Draft, Kind], Undo]) -> Callable[[Draft, Kind], Undo]:
        _WAYS[kind] = function
        return function

    return keep


def _set_activity(draft: Draft, edit: kinds.ActivityFields) -> Undo:
    row = draft.activity(edit.uid)
    if isinstance(edit, kinds.SetCalendar) and edit.calendar is not None:
        _calendar(draft, edit.calendar, "calendar")
    names = [item.name for item in fields(cast(Any, edit)) if item.name != "uid"]
    before = {name: getattr(row, name) for name in names}
    draft.activities[row.uid] = replace(row, **{name: getattr(edit, name) for name in names})
    return (_same_kind(edit, uid=edit.uid, **before),)


def _set_plan(draft: Draft, edit: kinds.PlanFields) -> Undo:
    if isinstance(edit, kinds.SetPlanCalendar) and edit.calendar is not None:
        _calendar(draft, edit.calendar, "calendar")
    names = [item.name for item in fields(cast(Any, edit))]
    before = {name: draft.head.get(name, getattr(draft.plan, name)) for name in names}
    draft.head.update({name: getattr(edit, name) for name in names})
    return (_same_kind(edit, **before),)


def _same_kind(edit: Edit, **values: Any) -> Edit:
    return type(edit)(**values)


@_way(kinds.AddActivity)
def _add_activity(draft: Draft, edit: kinds.AddActivity) -> Undo:
    row = edit.activity
    if row.uid < 1:
        raise EditError("activity.uid", "activity.uid", row.uid)
    if row.uid in draft.activities:
        raise EditError("activity.exists", "activity.uid", row.uid)
    if row.parent is not None:
        draft.activity(row.parent, "activity.parent")
    if row.calendar is not None:
        _calendar(draft, row.calendar, "activity.calendar")
    draft.place(row, edit.position)
    return (kinds.RemoveActivity(row.uid),)


@_way(kinds.RemoveActivity)
def _remove_activity(draft: Draft, edit: kinds.RemoveActivity) -> Undo:
    draft.activity(edit.uid)
    family = draft.family(edit.uid)
    rows = [draft.activities[uid] for uid in family]
    links = [draft.drop_link(key) for uid in family for key in draft.links_of(uid)]
    taken = [draft.drop_assignment(uid) for top in family for uid in draft.assignments_of(top)]
    position = draft.unplace(edit.uid)
    for uid in family:
        draft.drop_activity(uid)
    return (
        kinds.AddActivity(rows[0], position),
        *(kinds.AddActivity(row) for row in rows[1:]),
        *(kinds.AddLink(link) for link in links),
        *(kinds.AddAssignment(row) for row in taken),
    )


@_way(kinds.MoveActivity)
def _move_activity(draft: Draft, edit: kinds.MoveActivity) -> Undo:
    row = draft.activity(edit.uid)
    if edit.parent is not None:
        draft.activity(edit.parent, "parent")
        if draft.is_within(edit.parent, edit.uid):
            raise EditError("parent.inside", "parent", edit.uid)
    stays = edit.parent == row.parent
    room = len(draft.siblings(edit.parent)) - stays
    if edit.position is not None and not 0 <= edit.position <= room:
        raise EditError("position.range", "position", edit.position)
    position = draft.unplace(edit.uid)
    draft.place(row if stays else replace(row, parent=edit.parent), edit.position)
    return (kinds.MoveActivity(edit.uid, row.parent, position),)


def _name(key: LinkKey) -> str:
    return f"{key[0]} → {key[1]} ({key[2]})"


def _check_ends(draft: Draft, link: Link) -> None:
    draft.activity(link.predecessor, "link.predecessor")
    draft.activity(link.successor, "link.successor")
    if link.predecessor == link.successor:
        raise EditError("link.self", "link.successor", link.successor)
    one, other = link.predecessor, link.successor
    if draft.is_within(one, other) or draft.is_within(other, one):
        raise EditError("link.ancestor", "link", _name(link.key))


@_way(kinds.AddLink)
def _add_link(draft: Draft, edit: kinds.AddLink) -> Undo:
    _check_ends(draft, edit.link)
    if edit.link.key in draft.links:
        raise EditError("link.exists", "link", _name(edit.link.key))
    draft.put_link(edit.link)
    return (kinds.RemoveLink(*edit.link.key),)


@_way(kinds.ChangeLink)
def _change_link(draft: Draft, edit: kinds.ChangeLink) -> Undo:
    before = draft.links.get(edit.key)
    if before is None:
        raise EditError("link.unknown", "predecessor", _name(edit.key))
    if edit.link.key[:2] != edit.key[:2]:
        raise EditError("link.ends", "link", _name(edit.key))
    if edit.link.key != edit.key and edit.link.key in draft.links:
        raise EditError("link.exists", "link.kind", _name(edit.link.key))
    draft.drop_link(edit.key)
    draft.put_link(edit.link)
    return (kinds.ChangeLink(*edit.link.key, before),)


@_way(kinds.RemoveLink)
def _remove_link(draft: Draft, edit: kinds.RemoveLink) -> Undo:
    if edit.key not in draft.links:
        raise EditError("link.unknown", "predecessor", _name(edit.key))
    return (kinds.AddLink(draft.drop_link(edit.key)),)


@_way(kinds.AddResource)
def _add_resource(draft: Draft, edit: kinds.AddResource) -> Undo:
    row = edit.resource
    if row.uid in draft.resources:
        raise EditError("resource.exists", "resource.uid", row.uid)
    if row.calendar is not None:
        _calendar(draft, row.calendar, "resource.calendar")
    draft.resources[row.uid] = row
    return (kinds.RemoveResource(row.uid),)


@_way(kinds.ChangeResource)
def _change_resource(draft: Draft, edit: kinds.ChangeResource) -> Undo:
    row = edit.resource
    before = draft.resources.get(row.uid)
    if before is None:
        raise EditError("resource.unknown", "resource.uid", row.uid)
    if row.calendar is not None:
        _calendar(draft, row.calendar, "resource.calendar")
    draft.resources[row.uid] = row
    return (kinds.ChangeResource(before),)


@_way(kinds.RemoveResource)
def _remove_resource(draft: Draft, edit: kinds.RemoveResource) -> Undo:
    if edit.uid not in draft.resources:
        raise EditError("resource.unknown", "uid", edit.uid)
    taken = [uid for uid, row in draft.assignments.items() if row.resource == edit.uid]
    rows = [draft.drop_assignment(uid) for uid in taken]
    before = draft.resources.pop(edit.uid)
    return (kinds.AddResource(before), *(kinds.AddAssignment(row) for row in rows))


@_way(kinds.AddAssignment)
def _add_assignment(draft: Draft, edit: kinds.AddAssignment) -> Undo:
    if edit.assignment.uid in draft.assignments:
        raise EditError("assignment.exists", "assignment.uid", edit.assignment.uid)
    _check_assignment(draft, edit)
    draft.put_assignment(edit.assignment)
    return (kinds.RemoveAssignment(edit.assignment.uid),)


@_way(kinds.ChangeAssignment)
def _change_assignment(draft: Draft, edit: kinds.ChangeAssignment) -> Undo:
    before = draft.assignments.get(edit.assignment.uid)
    if before is None:
        raise EditError("assignment.unknown", "assignment.uid", edit.assignment.uid)
    _check_assignment(draft, edit)
    draft.put_assignment(edit.assignment)
    return (kinds.ChangeAssignment(before),)


def _check_assignment(draft: Draft, edit: kinds.AddAssignment | kinds.ChangeAssignment) -> None:
    row = edit.assignment
    draft.activity(row.activity, "assignment.activity")
    if row.resource is not None and row.resource not in draft.resources:
        raise EditError("resource.unknown", "assignment.resource", row.resource)


@_way(kinds.RemoveAssignment)
def _remove_assignment(draft: Draft, edit: kinds.RemoveAssignment) -> Undo:
    if edit.uid not in draft.assignments:
        raise EditError("assignment.unknown", "uid", edit.uid)
    return (kinds.AddAssignment(draft.drop_assignment(edit.uid)),)


def _calendar(draft: Draft, uid: int, path: str) -> Calendar:
    row = draft.calendars.get(uid)
    if row is None:
        raise EditError("calendar.unknown", path, uid)
    return row


@_way(kinds.AddCalendar)
def _add_calendar(draft: Draft, edit: kinds.AddCalendar) -> Undo:
    row = edit.calendar
    if row.uid in draft.calendars:
        raise EditError("calendar.exists", "calendar.uid", row.uid)
    if row.base is not None:
        _calendar(draft, row.base, "calendar.base")
    draft.calendars[row.uid] = row
    return (kinds.RemoveCalendar(row.uid),)


@_way(kinds.ChangeCalendar)
def _change_calendar(draft: Draft, edit: kinds.ChangeCalendar) -> Undo:
    before = _calendar(draft, edit.calendar.uid, "calendar.uid")
    if edit.calendar.base is not None:
        _calendar(draft, edit.calendar.base, "calendar.base")
    draft.calendars[before.uid] = edit.calendar
    return (kinds.ChangeCalendar(before),)


@_way(kinds.RemoveCalendar)
def _remove_calendar(draft: Draft, edit: kinds.RemoveCalendar) -> Undo:
    before = _calendar(draft, edit.uid, "uid")
    used = {draft.head.get("calendar", draft.plan.calendar)}
    used.update(row.base for row in draft.calendars.values())
    used.update(row.calendar for row in draft.resources.values())
    used.update(row.calendar for row in draft.activities.values())
    if edit.uid in used:
        raise EditError("calendar.in_use", "uid", edit.uid)
    del draft.calendars[edit.uid]
    return (kinds.AddCalendar(before),)


@_way(kinds.SetException)
def _set_exception(draft: Draft, edit: kinds.SetException) -> Undo:
    calendar = _calendar(draft, edit.calendar, "calendar")
    days = (edit.exception.first_day, edit.exception.last_day)
    before = [row for row in calendar.exceptions if (row.first_day, row.last_day) == days]
    kept = tuple(row for row in calendar.exceptions if (row.first_day, row.last_day) != days)
    changed = replace(calendar, exceptions=(*kept, edit.exception))
    draft.calendars[calendar.uid] = changed
    if before:
        return (kinds.SetException(calendar.uid, before[0]),)
    return (kinds.RemoveException(calendar.uid, *days),)


@_way(kinds.RemoveException)
def _remove_exception(draft: Draft, edit: kinds.RemoveException) -> Undo:
    calendar = _calendar(draft, edit.calendar, "calendar")
    days = (edit.first_day, edit.last_day)
    gone = [row for row in calendar.exceptions if (row.first_day, row.last_day) == days]
    if not gone:
        raise EditError("exception.unknown", "first_day", f"{days[0]}–{days[1]}")
    kept = tuple(row for row in calendar.exceptions if (row.first_day, row.last_day) != days)
    draft.calendars[calendar.uid] = replace(calendar, exceptions=kept)
    return (kinds.SetException(calendar.uid, gone[0]),)


@_way(kinds.SetBaseline)
def _set_baseline(draft: Draft, edit: kinds.SetBaseline) -> Undo:
    _check_number(edit.number, "number")
    rows = _chosen(draft, edit.activities)
    undo = _baseline_undo(rows, edit.number)
    for row in rows:
        cost = row.fixed_cost if row.cost is None else row.cost
        now = Baseline(edit.number, row.start, row.finish, row.duration, row.work, cost)
        draft.activities[row.uid] = _with_baseline(row, edit.number, now)
    return undo


@_way(kinds.ClearBaseline)
def _clear_baseline(draft: Draft, edit: kinds.ClearBaseline) -> Undo:
    _check_number(edit.number, "number")
    rows = _chosen(draft, edit.activities)
    undo = _baseline_undo(rows, edit.number)[1:]
    for row in rows:
        draft.activities[row.uid] = _with_baseline(row, edit.number, None)
    return undo


@_way(kinds.RestoreBaselines)
def _restore_baselines(draft: Draft, edit: kinds.RestoreBaselines) -> Undo:
    for place, item in enumerate(edit.rows):
        draft.activity(item.activity, f"rows[{place}].activity")
        _check_number(item.baseline.number, f"rows[{place}].baseline.number")
    undo: list[Edit] = []
    for item in edit.rows:
        row, number = draft.activities[item.activity], item.baseline.number
        undo = [kinds.ClearBaseline(number, (row.uid,)), *_baseline_undo([row], number)[1:], *undo]
        draft.activities[row.uid] = _with_baseline(row, number, item.baseline)
    return tuple(undo)


def _check_number(number: int, path: str) -> None:
    if not 0 <= number <= 10:
        raise EditError("baseline.number", path, number)


def _chosen(draft: Draft, uids: tuple[int, ...] | None) -> list[Activity]:
    if uids is None:
        return list(draft.activities.values())
    chosen = dict.fromkeys(uids)
    return [draft.activity(uid, f"activities[{place}]") for place, uid in enumerate(chosen)]


def _baseline_undo(rows: Iterable[Activity], number: int) -> Undo:
    """Clear the baseline of these activities, then restore what they had."""
    had = tuple(
        kinds.BaselineOf(row.uid, item)
        for row in rows
        for item in row.baselines
        if item.number == number
    )
    clear = kinds.ClearBaseline(number, tuple(row.uid for row in rows))
    return (clear, kinds.RestoreBaselines(had)) if had else (clear,)


def _with_baseline(row: Activity, number: int, baseline: Baseline | None) -> Activity:
    kept = tuple(item for item in row.baselines if item.number != number)
    if baseline is not None:
        kept = (*kept, baseline)
    return row if kept == row.baselines else replace(row, baselines=kept)


@_way(kinds.ReplacePlan)
def _replace_plan(draft: Draft, edit: kinds.ReplacePlan) -> Undo:
    before: Plan = draft.replace_with(edit.plan)
    return (kinds.ReplacePlan(before),)
