"""What a form says about a task, as edits: only what differs from the plan."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import planengine as engine
from planengine.edits import Edit
from planengine.instants import DAY
from tospann.planning.projection import day_of, person_of
from tospann.planning.skeleton import BEGINS, ENDS, duration, no_earlier, span
from tospann.ui.holidays import is_working_day


def of_task(one: engine.Activity, said: Mapping[str, Any], *, has_children: bool) -> list[Edit]:
    """The edits that make the activity what the form says."""
    uid = one.uid
    found: list[Edit] = []
    if said["name"] != one.name:
        found.append(engine.RenameActivity(uid, said["name"]))
    if not has_children:
        found += _dates(one, said["start"], said["finish"], milestone=said["milestone"])
    responsible = _text(said["responsible"])
    if responsible != one.responsible:
        found.append(engine.SetResponsible(uid, responsible))
    if said["deadline"] != day_of(one.deadline):
        found.append(engine.SetDeadline(uid, _at(said["deadline"], one.deadline, ENDS)))
    if said["notes"] != one.notes:
        found.append(engine.SetNotes(uid, said["notes"]))
    if said["parent"] != one.parent:
        found.append(engine.MoveActivity(uid, said["parent"]))
    return found


def ending_on(one: engine.Activity, until: date) -> list[Edit]:
    """The edits that end the task on that day, or the first working day after it."""
    while not is_working_day(until):
        until += timedelta(days=1)
    start = day_of(one.start)
    said = {
        "name": one.name,
        "start": min(start, until) if start else None,
        "finish": until,
        "milestone": one.milestone,
        "responsible": person_of(one),
        "deadline": day_of(one.deadline),
        "notes": one.notes,
        "parent": one.parent,
    }
    return of_task(one, said, has_children=False)


def shifted_to(one: engine.Activity, until: date) -> list[Edit]:
    """The edits that move the whole task so that it ends about then; what is begun, only ends."""
    start, finish = day_of(one.start), day_of(one.finish)
    if one.milestone or one.progress.actual_start is not None or start is None or finish is None:
        return ending_on(one, until)
    begins_on = start + (until - finish)
    while not is_working_day(begins_on):
        begins_on += timedelta(days=1)
    if begins_on == start:
        return []
    begins = _at(begins_on, one.start, BEGINS)
    length = (one.finish or 0) - (one.start or 0)
    ends = None if begins is None else begins + length
    return [
        engine.SetDates(one.uid, begins, ends),
        engine.SetConstraint(one.uid, no_earlier(begins)),
    ]


def new_task(uid: int, said: Mapping[str, Any]) -> list[Edit]:
    """The edit that adds what the form says, last under its parent."""
    start, finish = span(said["start"], said["finish"], milestone=said["milestone"])
    activity = engine.Activity(
        uid=uid,
        name=said["name"],
        parent=said["parent"],
        milestone=said["milestone"],
        duration=0 if said["milestone"] else duration(said["start"], said["finish"]),
        start=start,
        finish=finish,
        constraint=no_earlier(start) if said["start"] or said["milestone"] else None,
        deadline=_at(said.get("deadline"), None, ENDS),
        responsible=_text(said.get("responsible")),
        notes=said.get("notes", ""),
    )
    return [engine.AddActivity(activity)]


def _dates(
    one: engine.Activity, start: date | None, finish: date | None, *, milestone: bool
) -> list[Edit]:
    """New days keep their time of day. A typed start binds the schedule, as a person means it."""
    found: list[Edit] = []
    if milestone:
        start = finish = finish or start
    if milestone != (one.milestone or one.duration == 0):
        found.append(engine.SetMilestone(one.uid, milestone))
    was = (day_of(one.start), day_of(one.finish))
    if (start, finish) == was and not found:
        return []
    if milestone:
        begins = ends = _at(finish, one.finish, ENDS)
    else:
        begins, ends = _at(start, one.start, BEGINS), _at(finish, one.finish, ENDS)
    if milestone or one.duration == 0 or (start and finish):
        length = 0 if milestone else duration(start, finish)
        if length != one.duration:
            found.append(engine.SetDuration(one.uid, length))
    found.append(engine.SetDates(one.uid, begins, ends))
    if start != was[0]:
        found.append(engine.SetConstraint(one.uid, no_earlier(begins)))
    return found


def _at(day: date | None, before: int | None, otherwise: int) -> int | None:
    """The day with the time of day it had, or the usual one."""
    if day is None:
        return None
    if before is not None and day == day_of(before):
        return before
    time = otherwise if before is None else before % DAY
    return engine.day(day) * DAY + time


def _text(person: UUID | str | None) -> str | None:
    return str(person) if person else None


def moved(plan: engine.Plan, uid: int, way: str) -> list[Edit]:
    """The edit that indents, outdents or shifts an activity; nothing when it cannot go there."""
    rows = {row.uid: row for row in plan.activities}
    one = rows[uid]
    siblings = [row.uid for row in plan.activities if row.parent == one.parent]
    place = siblings.index(uid)
    if way == "in" and place > 0:
        return [engine.MoveActivity(uid, siblings[place - 1])]
    if way == "out" and one.parent is not None:
        above = rows[one.parent].parent
        uncles = [row.uid for row in plan.activities if row.parent == above]
        return [engine.MoveActivity(uid, above, uncles.index(one.parent) + 1)]
    if way == "up" and place > 0:
        return [engine.MoveActivity(uid, one.parent, place - 1)]
    if way == "down" and place + 1 < len(siblings):
        return [engine.MoveActivity(uid, one.parent, place + 1)]
    return []
