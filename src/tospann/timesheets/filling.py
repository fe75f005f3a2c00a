"""Filling in a week: as planned, as last week, and lines that are added."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict

from tospann.timesheets import expected, lines, planned, queries
from tospann.timesheets.grid import Grid
from tospann.timesheets.planned import Task
from tospann.ui.holidays import public_holidays

_CHOSEN = re.compile(r"([0-9a-f-]{36}):(\d{0,10}):([a-z0-9_]{0,60})")


def tasks(grid: Grid) -> list[Task]:
    """Her tasks that run this week or are late."""
    if grid.tasks is None:
        projects = [one.pk for one in grid.projects]
        grid.tasks = planned.tasks(grid.person, projects, grid.monday) if projects else []
    return grid.tasks


def offer_planned(grid: Grid) -> None:
    """A line for each task planned for the week, so that hours have where to go."""
    hours = planned.week(tasks(grid), grid.monday, (planned.HALF * 15,) * 7)
    for project, entries in hours.items():
        there = {(row.project.pk, row.uid) for row in grid.rows}
        for entry in entries:
            if (project, entry.uid) not in there:
                grid.row_for(project, entry.uid, "")


def as_planned(grid: Grid) -> bool:
    hours = expected.of(grid.person, grid.monday)
    return grid.fill(planned.week(tasks(grid), grid.monday, hours), grid.empty_days)


def as_last_week(grid: Grid) -> bool:
    """The hours of the week before, on days that are empty and no holidays."""
    before = queries.mine(grid.person, grid.monday - timedelta(days=7))
    found = {sheet.project_id: lines.read(sheet.lines) for sheet in before.sheets}
    days = [step for step in grid.empty_days if not _is_holiday(grid, step)]
    return grid.fill(found, days)


def _is_holiday(grid: Grid, step: int) -> bool:
    day = grid.monday + timedelta(days=step)
    return day in public_holidays(day.year)


def add(grid: Grid, data: QueryDict) -> Mapping[str, Any]:
    """A line for what was chosen; else the tasks that were sought, to choose from."""
    match = _CHOSEN.fullmatch(data.get("add", ""))
    words = data.get("find", "").replace("\x00", "").strip()[:100]
    if match:
        grid.row_for(UUID(match[1]), int(match[2]) if match[2] else None, match[3])
        return {}
    if not words:
        return {"words": "", "found": []}
    found = queries.tasks_like(grid.projects, words)
    if len(found) == 1:
        grid.row_for(found[0]["project_id"], found[0]["uid"], "")
        return {}
    return {"words": words, "found": found}
