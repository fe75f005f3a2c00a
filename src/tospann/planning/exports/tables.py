"""The plan as a table for spreadsheets: a row for each activity, with real dates and numbers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

import planengine as engine
from tospann.planning.dating import schedule_of
from tospann.planning.editor.typed import predecessors
from tospann.planning.exports.taken import Taken
from tospann.planning.models import Kind, State
from tospann.planning.projection import Row, day_of
from tospann.planning.queries import people_choices

Headings = list[tuple[str, str]]


def headings() -> Headings:
    return [
        (_("Number"), "key"),
        (_("Level"), "number"),
        (_("Name"), "link"),
        (_("Kind"), "text"),
        (_("Start"), "date"),
        (_("Finish"), "date"),
        (_("Days"), "number"),
        (_("Percent complete"), "number"),
        (_("State"), "text"),
        (_("Responsible"), "person"),
        (_("Waits for"), "text"),
        (_("Deadline"), "date"),
        (_("Baseline start"), "date"),
        (_("Baseline finish"), "date"),
        (_("On the critical path"), "text"),
        (_("Notes"), "link"),
    ]


def rows(head: Taken, language: str) -> Iterator[Sequence[Any]]:
    """Every activity in outline order; two queries."""
    loaded = head.loaded
    plan, found = loaded.plan, schedule_of(loaded)
    people = dict(people_choices(head.project))
    numbers = {row.uid: row.number for row in loaded.rows.values()}
    bound: dict[int, list[engine.Link]] = {}
    for link in plan.links:
        bound.setdefault(link.successor, []).append(link)
    for one in plan.activities:
        row = loaded.rows[one.uid]
        before = predecessors(bound.get(one.uid, ()), numbers, plan, language)
        critical = found is not None and row.kind != Kind.SUMMARY and found[one.uid].is_critical
        who = people.get(one.responsible or "", "")
        yield _line(one, row, plan, before, who, _("yes") if critical else "")


def _line(
    one: engine.Activity, row: Row, plan: engine.Plan, before: str, who: str, critical: str
) -> Sequence[Any]:
    days = one.duration / (plan.minutes_per_day * 60)
    return (
        row.number,
        row.level,
        row.name,
        str(Kind(row.kind).label),
        row.start,
        row.finish,
        None if row.kind == Kind.SUMMARY else round(days, 2),
        round(row.percent, 1),
        str(State(row.state).label),
        who,
        before,
        day_of(one.deadline),
        row.baseline_start,
        row.baseline_finish,
        critical,
        one.notes,
    )
