"""What the chart is sent: one array for each field, all of a plan or the rows that changed.

Numbers that lie close to those before them go as differences, and a column whose values are all
the usual one is left empty: ten thousand rows stay small.
"""

import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

import planengine as engine
from planengine.instants import DAY, weekday
from tospann.planning.editor.sheets import Line, Sheet

Wire = dict[str, Any]
WORTH_PACKING = 2_000
_PLAIN = (
    "name", "kind", "duration", "unit", "percent", "critical", "slack", "constraint", "calendar",
    "manual", "idle", "length", "base_length", "was_length", "change",
)  # fmt: skip
_INSTANTS = ("start", "deadline", "base_start", "was_start")
_USUAL: dict[str, Any] = {
    **dict.fromkeys(("kind", "duration", "percent", "critical", "manual", "idle", "length"), 0),
    **dict.fromkeys(("name", "constraint", "calendar", "change"), ""),
    "unit": "d",
}


def whole(sheet: Sheet, people: dict[str, str]) -> Wire:
    """Every row. ``people`` gives names by id."""
    return {
        "base": None,
        "gone": [],
        "order": None,
        **_rows([*sheet.lines.values()], sheet, people),
    }


def changed(base: int, before: Sheet, after: Sheet, people: dict[str, str]) -> Wire:
    """The rows that differ from those of the revision ``base``."""
    lines = [line for uid, line in after.lines.items() if before.lines.get(uid) != line]
    gone = [uid for uid in before.lines if uid not in after.lines]
    uids = list(after.lines)
    order = _steps(uids) if uids != list(before.lines) else None
    return {"base": base, "gone": gone, "order": order, **_rows(lines, after, people)}


def head(sheet: Sheet, number: int, now: datetime) -> Wire:
    """What concerns the whole plan. ``now`` is the project's clock."""
    plan = sheet.plan
    first, last = _reach(sheet)
    return {
        "revision": number,
        "zero": plan.start // 60,
        "start": first,
        "finish": last,
        "today": engine.instant(now) // 60,
        "status": None if plan.status_date is None else plan.status_date // 60,
        "hours": {
            "day": plan.minutes_per_day,
            "week": plan.minutes_per_week,
            "month": plan.days_per_month,
        },
        "calendars": [one.name for one in plan.calendars],
        "off": _days_off(plan, first, last),
    }


def _reach(sheet: Sheet) -> tuple[int, int]:
    """From the first start to the last finish, also of what stands beside the rows."""
    lines = sheet.lines.values()
    bars = [(line.start, line.length) for line in lines]
    bars += [(line.was_start, line.was_length) for line in lines if line.was_start is not None]
    zero = sheet.plan.start // 60
    starts = [start for start, _length in bars if start is not None]
    ends = [start + length for start, length in bars if start is not None and length is not None]
    return min([zero, *starts]), max([zero, *ends])


def _rows(lines: Sequence[Line], sheet: Sheet, people: dict[str, str]) -> Wire:
    zero = sheet.plan.start // 60
    names = {"": 0}
    responsible = []
    for line in lines:
        name = people.get(line.responsible or "", "")
        responsible.append(names.setdefault(name, len(names)))
    columns = {name: [getattr(line, name) for line in lines] for name in _PLAIN}
    for name in _INSTANTS:
        values = [getattr(line, name) for line in lines]
        columns[name] = [None if value is None else value - zero for value in values]
    columns["responsible"] = responsible
    rows = {name: _unless_usual(values, _USUAL.get(name)) for name, values in columns.items()}
    rows["responsible"] = _unless_usual(responsible, 0)
    rows["uid"] = _steps(line.uid for line in lines)
    rows["parent"] = _steps(line.parent for line in lines)
    return {"people": list(names), "rows": rows, "links": _links(lines)}


def _unless_usual(values: list[Any], usual: Any) -> list[Any]:
    return [] if all(value == usual for value in values) else values


def _steps(values: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *values])]


def _links(lines: Sequence[Line]) -> list[list[Any]]:
    found = [(line.uid, *link) for line in lines for link in line.before]
    return [
        _steps(uid for uid, _from, _kind, _lag in found),
        [before - uid for uid, before, _kind, _lag in found],
        _unless_usual([kind for _uid, _from, kind, _lag in found], 0),
        _unless_usual([lag for _uid, _from, _kind, lag in found], ""),
    ]


def _days_off(plan: engine.Plan, first: int, last: int) -> dict[str, list[int]]:
    """Which days nobody works: the usual days of the week, and where a day differs from them."""
    calendar = next((one for one in plan.calendars if one.uid == plan.calendar), None)
    if calendar is None:
        return {"week": [5, 6], "days": [], "worked": []}
    usual = [place for place, hours in enumerate(calendar.week) if hours == ()]
    first, last = first * 60 // DAY - 60, last * 60 // DAY + 120
    free: list[int] = []
    worked: list[int] = []
    for one in calendar.exceptions:
        for day in range(max(one.first_day, first), min(one.last_day, last) + 1):
            if one.hours and weekday(day) in usual:
                worked.append(day)
            elif not one.hours and weekday(day) not in usual:
                free.append(day)
    return {"week": usual, "days": free, "worked": worked}


def answer(request: HttpRequest, value: Wire, status: int = 200) -> HttpResponse:
    """The value as JSON, packed when it is large and the browser unpacks it.

    It holds no secret beside what the reader typed, so packing tells nobody anything.
    """
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(content_type="application/json", status=status)
    patch_vary_headers(response, ["Accept-Encoding"])
    if packs and len(body) > WORTH_PACKING:
        body = gzip.compress(body, 5, mtime=0)
        response["Content-Encoding"] = "gzip"
    response.content = body
    response["Content-Length"] = str(len(body))
    return response
