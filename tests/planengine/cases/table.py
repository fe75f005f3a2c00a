"""Reads the cases of this folder: Markdown that a planner can check with a calendar and a pencil.

A case is a `## heading`, sentences with the arithmetic, settings as `- bullets`, a table of
activities and a table of what must come out. See README.md for the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from planengine import (
    Activity,
    Assignment,
    Calendar,
    CalendarException,
    Constraint,
    ConstraintKind,
    DayHours,
    Gap,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Profile,
    Progress,
    Resource,
    ResourceKind,
    ScheduleFrom,
    ScheduleOptions,
    TaskType,
    Week,
    day,
)

YEAR = 2026
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
UNITS = {"m": 60, "h": 3600, "d": 8 * 3600, "w": 40 * 3600}
ELAPSED = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
MOMENT = r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}(?: \d{4})? \d\d:\d\d"


@dataclass
class Case:
    """One case: the plan, and for each activity the columns that must come out."""

    title: str
    plan: Plan = field(default_factory=lambda: Plan(start=at("Mon 2 Nov 08:00")))
    uids: dict[str, int] = field(default_factory=dict)
    expected: list[dict[str, str]] = field(default_factory=list)
    fails: str = ""
    known: str = ""


def at(text: str) -> int:
    """The instant of «Mon 2 Nov 08:00»; the weekday must be right."""
    words = text.split()
    year = words.pop(3) if len(words) == 5 else str(YEAR)
    found = date(int(year), MONTHS.index(words[2]) + 1, int(words[1]))
    if DAYS[found.weekday()] != words[0]:
        raise ValueError(f"{text} is a {DAYS[found.weekday()]}")
    return day(found) * 86_400 + clock(words[3])


def clock(text: str) -> int:
    """Seconds after midnight of «08:00»; «24:00» is midnight at the end of the day."""
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def duration(text: str) -> tuple[int, bool]:
    """Seconds of «1d 4h» or «2ed», and whether they are elapsed."""
    sign = -1 if text.startswith("-") else 1
    total, elapsed = 0.0, False
    for number, mark, unit in re.findall(r"([\d.]+)(e?)([mhdw])", text):
        total += float(number) * (ELAPSED if mark else UNITS)[unit]
        elapsed = elapsed or bool(mark)
    return sign * int(total), elapsed


def read(path: Path) -> list[Case]:
    """Every case of a file."""
    found: list[Case] = []
    for section in re.split(r"^## ", path.read_text(), flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        found.append(_case(title.strip(), body))
    return found


def _case(title: str, body: str) -> Case:
    case = Case(title)
    standard = Calendar(1, "Standard")
    case.plan = replace(case.plan, calendar=1, calendars=(standard,))
    tables = [_table(block) for block in re.findall(r"(?:^\|.*\n?)+", body, flags=re.MULTILINE)]
    for line in re.findall(r"^- (.*)$", body, flags=re.MULTILINE):
        _setting(case, line)
    _activities(case, tables[0])
    if len(tables) > 1:
        case.expected = tables[1]
    if not case.fails and not case.expected:
        raise ValueError(f"{title}: nothing is expected")
    return case


def _table(block: str) -> list[dict[str, str]]:
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in block.splitlines()]
    head = rows[0]
    return [dict(zip(head, row, strict=True)) for row in rows[2:]]


def _setting(case: Case, line: str) -> None:
    word, _, rest = line.partition(" ")
    if word in ("start", "finish", "status"):
        name = "status_date" if word == "status" else word
        case.plan = replace(case.plan, **{name: at(rest)})
    elif word == "calendar":
        case.plan = replace(case.plan, calendars=(*case.plan.calendars, _calendar(case, rest)))
    elif word == "resource":
        case.plan = replace(case.plan, resources=(*case.plan.resources, _resource(case, rest)))
    elif word == "fails":
        case.fails = rest
    elif word == "known":
        case.known = rest.removeprefix("difference: ")
    elif line.startswith("reschedule after "):
        options = replace(case.plan.options, reschedule_uncompleted=True)
        status = at(rest.removeprefix("after "))
        case.plan = replace(case.plan, status_date=status, options=options)
    elif line.startswith("project calendar "):
        case.plan = replace(case.plan, calendar=_named(case, rest.removeprefix("calendar ")))
    elif line == "from finish":
        case.plan = replace(case.plan, schedule_from=ScheduleFrom.FINISH)
    else:
        case.plan = replace(case.plan, options=_option(case.plan.options, line))


def _option(options: ScheduleOptions, line: str) -> ScheduleOptions:
    if line == "profile p6":
        return replace(options, profile=Profile.P6)
    if line == "multiple critical paths":
        return replace(options, multiple_critical_paths=True)
    if line == "constraints give way to links":
        return replace(options, honor_constraints=False)
    if line == "started work is not split":
        return replace(options, split_in_progress=False)
    if line.startswith("critical up to "):
        return replace(options, critical_slack=duration(line.removeprefix("critical up to "))[0])
    raise ValueError(f"unknown setting: {line}")


def _named(case: Case, name: str) -> int:
    for row in case.plan.calendars:
        if row.name == name:
            return row.uid
    raise ValueError(f"no calendar {name}")


def _calendar(case: Case, text: str) -> Calendar:
    head, _, rest = text.partition(": ")
    name, _, base = head.partition(" on ")
    under = _named(case, base) if base else None
    week: list[DayHours | None] = [None if base else ()] * 7
    exceptions: list[CalendarException] = []
    for part in rest.split("; "):
        words = part.split()
        if words[0] == "off" or re.match(r"\w{3} \d+ [A-Z]", part):
            exceptions.append(_exception(part))
            continue
        hours = tuple((clock(a), clock(b)) for a, b in (w.split("-") for w in words[1:]))
        first, _, last = words[0].partition("-")
        for number in range(DAYS.index(first), DAYS.index(last or first) + 1):
            week[number] = hours
    uid = len(case.plan.calendars) + 1
    return Calendar(uid, name, _week(week), under, tuple(exceptions))


def _week(days: list[DayHours | None]) -> Week:
    first, second, third, fourth, fifth, sixth, seventh = days
    return (first, second, third, fourth, fifth, sixth, seventh)


def _exception(part: str) -> CalendarException:
    words = part.removeprefix("off ").split()
    number = at(" ".join([*words[:3], "00:00"])) // 86_400
    hours = tuple((clock(a), clock(b)) for a, b in (w.split("-") for w in words[3:]))
    return CalendarException(number, number, hours)


def _resource(case: Case, text: str) -> Resource:
    name, _, rest = text.partition(": ")
    row = Resource(len(case.plan.resources) + 1, name)
    for part in filter(None, rest.split("; ")):
        if part.startswith("calendar "):
            row = replace(row, calendar=_named(case, part.removeprefix("calendar ")))
        elif part == "material":
            row = replace(row, kind=ResourceKind.MATERIAL)
        else:
            raise ValueError(f"unknown about a resource: {part}")
    return row


def _activities(case: Case, rows: list[dict[str, str]]) -> None:
    path: list[int] = []
    made: list[Activity] = []
    for number, row in enumerate(rows, 1):
        name = row["activity"].lstrip("· ")
        level = row["activity"].count("· ")
        del path[level:]
        seconds, elapsed = duration(row["takes"])
        activity = Activity(
            number, name, path[-1] if path else None, duration=seconds, elapsed=elapsed
        )
        case.uids[name] = number
        path.append(number)
        made.append(activity)
    for number, row in enumerate(rows, 1):
        for rule in filter(None, row.get("rules", "").split("; ")):
            made[number - 1] = _ruled(case, made[number - 1], rule)
        links = tuple(
            _link(case, text, number) for text in filter(None, row.get("after", "").split(", "))
        )
        case.plan = replace(case.plan, links=(*case.plan.links, *links))
    case.plan = replace(case.plan, activities=tuple(made))


def _link(case: Case, text: str, successor: int) -> Link:
    found = re.fullmatch(r"(.*?)(?: (FS|SS|FF|SF))?(?:([+-])([\d.]+)(%|e?[mhdw]))?", text)
    if found is None:
        raise ValueError(f"not a link: {text}")
    name, kind, sign, number, unit = found.groups()
    lag, how = 0, LagFormat.WORKING
    if unit == "%":
        lag, how = int(number), LagFormat.PERCENT
    elif unit:
        lag, elapsed = duration(number + unit)
        how = LagFormat.ELAPSED if elapsed else how
    lag = -lag if sign == "-" else lag
    return Link(case.uids[name], successor, LinkKind(kind or "FS"), lag, how)


def _ruled(case: Case, row: Activity, rule: str) -> Activity:
    word, _, rest = rule.partition(" ")
    if word in set(ConstraintKind):
        return replace(row, constraint=Constraint(ConstraintKind(word), at(rest) if rest else None))
    if word in ("manual", "paused", "stored"):
        first, last = (at(text) for text in rest.split(" to "))
        if word == "paused":
            return replace(row, gaps=(*row.gaps, Gap(first, last)))
        mode = Mode.MANUAL if word == "manual" else Mode.AUTO
        return replace(row, mode=mode, start=first, finish=last)
    if word == "by":
        return _assigned(case, row, rest)
    known = _WORDS.get(word) or _WORDS.get(rule)
    if known is None:
        raise ValueError(f"unknown rule: {rule}")
    return known(case, row, rest)


def _assigned(case: Case, row: Activity, text: str) -> Activity:
    words = text.split()
    resource = next(one for one in case.plan.resources if one.name == words[0])
    units, work = 1.0, None
    for word in words[1:]:
        if word.endswith("%"):
            units = float(word[:-1]) / 100
        else:
            work = duration(word)[0]
    if work is None:
        work = int(row.duration * units)
    known = case.plan.assignments
    made = Assignment(len(known) + 1, row.uid, resource.uid, units, work)
    case.plan = replace(case.plan, assignments=(*known, made))
    return row


def _done(row: Activity, **what: Any) -> Activity:
    return replace(row, progress=replace(row.progress or Progress(), **what))


_WORDS: dict[str, Any] = {
    "deadline": lambda _, row, text: replace(row, deadline=at(text)),
    "calendar": lambda case, row, text: replace(row, calendar=_named(case, text)),
    "levelled": lambda _, row, text: replace(row, levelling_delay=duration(text)[0]),
    "milestone": lambda _, row, __: replace(row, milestone=True),
    "inactive": lambda _, row, __: replace(row, active=False),
    "fixed duration": lambda _, row, __: replace(row, task_type=TaskType.FIXED_DURATION),
    "ignores resource calendars": lambda _, row, __: replace(row, ignore_resource_calendars=True),
    "started": lambda _, row, text: _done(row, actual_start=at(text)),
    "finished": lambda _, row, text: _done(
        row,
        actual_finish=at(text),
        percent=100.0,
        actual_duration=row.duration,
        remaining=0,
    ),
    "done": lambda _, row, text: _done(
        row,
        actual_duration=duration(text)[0],
        remaining=row.duration - duration(text)[0],
        percent=100.0 * duration(text)[0] / row.duration,
    ),
    "left": lambda _, row, text: _done(row, remaining=duration(text)[0]),
    "stopped": lambda _, row, text: _done(row, stop=at(text)),
    "resumes": lambda _, row, text: _done(row, resume=at(text)),
}
