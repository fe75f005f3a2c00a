"""How a draft is shown: its rows beside the plan's own, its changes one by one, what they do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import planengine as engine
from tospann.people.models import Person
from tospann.planning.drafts.models import Draft, StepState
from tospann.planning.drafts.steps import Step
from tospann.planning.editor import sheets
from tospann.planning.editor import views as editor
from tospann.planning.editor.wire import Wire
from tospann.planning.models import Kind
from tospann.planning.prepare import Prepared, parsed
from tospann.planning.projection import working_days
from tospann.planning.saying import named, reader, with_rows_of
from tospann.projects.models import Project
from tospann.ui.jinja import language

MOST = 200
"""Changes shown one by one."""
MOST_ROWS = 40
"""Rows that move, shown one by one where there is no chart."""


Earlier = tuple[int, Prepared] | None
"""A version of the draft the browser has, and what it made of the plan."""


class Change(NamedTuple):
    """A step in words: what it is called by, whether it counts, who did it and when."""

    number: int
    counts: bool
    sentences: list[str]
    by: str
    at: datetime


def drawn(draft: Draft, tried: Prepared, project: Project, earlier: Earlier = None) -> Wire:
    """The draft as the chart gets it, beside the plan: whole, or what differs from ``earlier``."""
    before = None
    if earlier is not None:
        version, old = earlier
        before = (version, _beside(old))
    found = editor.drawn(tried.after, draft.version, project, before, beside=tried.before)
    found["steps"] = {"undo": draft.may_undo, "redo": draft.may_redo}
    return found


def _beside(tried: Prepared) -> sheets.Sheet:
    after, before = (sheets.sheet(one, language()) for one in (tried.after, tried.before))
    return sheets.beside(after, before)


def changes(draft: Draft, tried: Prepared) -> list[Change]:
    """The steps of the draft, the latest first; those undone or replaced are not there."""
    steps = [step for step in draft.steps if step["state"] in {StepState.IN, StepState.OUT}]
    shown = list(reversed(steps))[:MOST]
    plan = with_rows_of(tried.before.plan, tried.after.plan)
    names = _people(shown)
    return [_said(step, plan, names) for step in shown]


def _said(step: Step, plan: engine.Plan, names: dict[str, str]) -> Change:
    sentences = engine.describe_all(parsed(step["edits"][:MOST]), plan, reader())
    return Change(
        number=step["n"],
        counts=step["state"] == StepState.IN,
        sentences=named(sentences),
        by=names.get(step["by"], ""),
        at=datetime.fromisoformat(step["at"]),
    )


def _people(steps: Sequence[Step]) -> dict[str, str]:
    wanted = {UUID(step["by"]) for step in steps}
    found = Person.objects.filter(pk__in=wanted).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def moved_rows(tried: Prepared) -> list[dict[str, Any]]:
    """Tasks and milestones whose finish is another day, for where there is no chart."""
    before = tried.before.rows
    found = []
    for uid, row in tried.after.rows.items():
        was = before.get(uid)
        if row.kind == Kind.SUMMARY or (was is not None and was.finish == row.finish):
            continue
        days = working_days(was.finish if was else None, row.finish)
        was_finish = was.finish if was else None
        is_milestone = row.kind == Kind.MILESTONE
        moved = {"was": was_finish, "now": row.finish, "days": days}
        found.append({"name": row.name, "is_milestone": is_milestone, **moved})
    return found[:MOST_ROWS]
