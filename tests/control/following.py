"""A project whose budget is tied to its plan, frozen, with progress and costs."""

from datetime import date, timedelta
from decimal import Decimal

from tests.budget import starting

import planengine as engine
from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.projects.models import Project

FIRST = date(2027, 8, 9)
"""A Monday with eleven weeks after it that have no public holiday."""
WEEK = timedelta(days=7)


def friday(week):
    """The last working day of week 1, 2, …"""
    return FIRST + (week - 1) * WEEK + timedelta(days=4)


def followed(*amounts, **values):
    """A project of one week's work after another, each with a budget line of its own."""
    made = starting.project(start=FIRST, finish=friday(max(len(amounts), 1)), **values)
    rows = [
        PlannedRow(f"Uke {week}", 1, friday(week) - timedelta(days=4), friday(week))
        for week in range(1, len(amounts) + 1)
    ]
    planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
    planning.set_baseline(made.owner, plan(made), base_revision=plan(made).revision, name="")
    lines = starting.started(made, *amounts)
    for uid, line in enumerate(lines, start=1):
        tie(made, line, uid)
    return made


def tie(made, line, uid):
    line.refresh_from_db()
    budget.change_line(made.manager, line, **starting.values(line, activity_uid=uid))


def untie(made, number):
    """The line follows the calendar instead of its task."""
    line = BudgetLine.objects.get(project=made.project, number=number)
    values = starting.values(line, activity_uid=None, starts_on=FIRST, ends_on=friday(1))
    budget.change_line(made.manager, line, **values)


def plan(made):
    found = Plan.objects.get(project=made.project)
    found.project = Project.objects.get(pk=made.project.pk)
    return found


def progress(made, shares):
    """So much of each week's work is done, 0–1."""
    edits = [
        engine.edit_to_json(engine.SetProgress(uid, engine.Progress(percent=100 * share)))
        for uid, share in enumerate(shares, start=1)
        if share
    ]
    if not edits:
        return
    head = plan(made)
    planning.apply_edits(made.manager, head, base_revision=head.revision, edits=edits)


def earn(made, amounts, earned):
    """Progress from the first week on, until so much is earned."""
    shares = []
    for amount in amounts:
        part = min(earned, amount)
        shares.append(part / amount if amount else 0)
        earned -= part
    progress(made, shares)


def spend(made, *costs, **more):
    """``(line number, day, kroner)`` recorded as one batch."""
    lines = {line.number: line.pk for line in BudgetLine.objects.filter(project=made.project)}
    rows = [
        budget.CostRow(line=lines[number], booked_on=day, amount=Decimal(str(amount)), **more)
        for number, day, amount in costs
    ]
    budget.record_costs(made.coordinator, made.project, id=new_id(), rows=rows)
