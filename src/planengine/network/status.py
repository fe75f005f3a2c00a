"""Moving what is not done past a date: the edits that “reschedule uncompleted work” stands for."""

from __future__ import annotations

from dataclasses import replace

from planengine.edits import Edit, SetConstraint, SetProgress
from planengine.model import Activity, Constraint, ConstraintKind, Mode, Plan
from planengine.network.scheduling import schedule


def reschedule_uncompleted(plan: Plan, after: int) -> tuple[Edit, ...]:
    """The edits that let no work lie undone before an instant; none is made silently.

    What has not begun and would start before gets *start no earlier than* that instant; the rest
    of what is under way resumes there, when the plan lets work in progress be split. Activities
    with a date constraint, those a person sets the dates of, inactive ones and summaries stay as
    they are (Microsoft, “Update work on a project”). Raises `InvalidPlan` as `schedule` does.
    """
    dates = schedule(plan)
    net = dates.network
    edits: list[Edit] = []
    for row in plan.activities:
        node = net.index.get(row.uid)
        if node is None or not row.active or row.mode is Mode.MANUAL:
            continue
        rule = net.rules.get(node)
        if rule is not None and rule.done is not None:
            continue
        if rule is not None and rule.began is not None:
            if rule.resume < after and plan.options.split_in_progress:
                edits.append(_resumed(row, rule.began, net.clocks[node].next_start(after)))
        elif dates[row.uid].start < after and not _dated(row):
            floor = Constraint(ConstraintKind.START_NO_EARLIER_THAN, after)
            edits.append(SetConstraint(row.uid, floor))
    return tuple(edits)


def _dated(row: Activity) -> bool:
    return row.constraint is not None and row.constraint.date is not None


def _resumed(row: Activity, began: int, resume: int) -> Edit:
    """What is made stays; the rest begins at `resume`."""
    return SetProgress(row.uid, replace(row.progress, actual_start=began, resume=resume))
