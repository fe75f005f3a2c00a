"""The three workbooks: the budget, the cost report, and the timesheets of a project."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tospann.budget.models import Accrual, BudgetLine, CostType
from tospann.budget.queries.costs import shown
from tospann.budget.veiling import Veil
from tospann.control.lines import ore
from tospann.control.pictures import names
from tospann.control.report import Report, kroner
from tospann.control.workbooks.writing import Column, workbook
from tospann.planning.models import Activity
from tospann.projects.models import Project
from tospann.timesheets.models import Hours, State

MOST_ROWS = 50_000
Rows = Iterable[Sequence[Any]]


def budget(project: Project, seen: Veil) -> bytes:
    """The budget: what may be changed in it, and what it has come to."""
    columns = budget_columns()
    rows = BudgetLine.objects.filter(project=project).select_related("phase", "project")
    with workbook() as made:
        listed = [_line(one, seen) for one in rows.order_by("code", "number")]
        made.sheet(_("Budget"), columns, listed, total())
    return made.stream.getvalue()


def total() -> str:
    """What the row of sums is called."""
    return _("Total")


def budget_columns() -> list[Column]:
    return [
        Column("number", _("No.")),
        Column("code", _("Code")),
        Column("name", _("Line"), "name"),
        Column("wbs", _("WBS code")),
        Column("phase", _("Phase")),
        Column("type", _("Cost type")),
        Column("starts_on", _("From"), "day"),
        Column("ends_on", _("To"), "day"),
        Column("amount", _("Budget"), "money", is_summed=True),
        Column("approved", _("Approved"), "money", is_summed=True),
        Column("change", _("Change since approval"), "money", "{amount}-{approved}", True),
        Column("incurred", _("Incurred"), "money", is_summed=True),
        Column("committed", _("Committed"), "money", is_summed=True),
        Column("forecast", _("Forecast"), "money", is_summed=True),
        Column("over", _("Over or under"), "money", "{forecast}-{amount}", True),
    ]


def _line(one: BudgetLine, seen: Veil) -> Sequence[Any]:
    return (
        one.short_id,
        one.code,
        one.name,
        one.wbs,
        one.phase.name if one.phase else "",
        str(CostType(one.cost_type).label),
        one.starts_on,
        one.ends_on,
        one.amount,
        one.approved,
        one.amount - (one.approved or 0),
        one.incurred - seen.off.get(one.pk, Decimal(0)),
        one.committed,
        one.expected,
        one.expected - one.amount,
    )


def cost_report(project: Project, report: Report) -> bytes:
    """How the money stands: by line, by part of the plan, by period, and every cost behind it."""
    with workbook() as made:
        made.sheet(_("Lines"), _standing_columns(_("Budget line")), _lines(report), total())
        made.sheet(_("Parts"), _standing_columns(_("Part of the plan")), _parts(report), total())
        made.sheet(_("Periods"), _period_columns(), _periods(report), total())
        made.sheet(_("Costs"), _cost_columns(), _costs(project, report), total())
    return made.stream.getvalue()


def _standing_columns(first: str) -> list[Column]:
    words = names()
    return [
        Column("code", _("Code")),
        Column("name", first, "name"),
        Column("bac", _("Budget"), "money", is_summed=True),
        Column("pv", words["pv"], "money", is_summed=True),
        Column("ev", words["ev"], "money", is_summed=True),
        Column("ac", words["ac"], "money", is_summed=True),
        Column("sv", _("Progress against plan"), "money", "{ev}-{pv}", True),
        Column("cv", _("Cost against work done"), "money", "{ev}-{ac}", True),
        Column("forecast", words["forecast"], "money", is_summed=True),
    ]


def _lines(report: Report) -> Rows:
    return [(one.code, one.name, *_standing(one)) for one in report.rows]


def _parts(report: Report) -> Rows:
    calendar = _("Follows the calendar")
    return [(one.number, one.name or calendar, *_standing(one)) for one in report.groups]


def _standing(row: Any) -> Sequence[Any]:
    amounts = (row.bac, row.pv, row.ev, row.ac, row.ev - row.pv, row.ev - row.ac, row.expected)
    return [kroner(amount) for amount in amounts]


def _period_columns() -> list[Column]:
    words = names()
    return [
        Column("first", _("From"), "day"),
        Column("last", _("To"), "day"),
        Column("planned", words["pv"], "money", is_summed=True),
        Column("earned", words["ev"], "money", is_summed=True),
        Column("spent", words["ac"], "money", is_summed=True),
        Column("expected", _("Still expected"), "money", is_summed=True),
    ]


def _periods(report: Report) -> Rows:
    return [
        (one.first, one.last, *map(kroner, (one.planned, one.earned, one.spent, one.expected)))
        for one in report.periods
    ]


def _cost_columns() -> list[Column]:
    return [
        Column("day", _("Date"), "day"),
        Column("line", _("Budget line"), "name"),
        Column("supplier", _("Supplier")),
        Column("person", _("Person")),
        Column("text", _("Text"), "name"),
        Column("hours", _("Hours"), "number"),
        Column("amount", _("Cost"), "money", is_summed=True),
    ]


def _costs(project: Project, report: Report) -> Iterator[Sequence[Any]]:
    """Every cost, and what is accrued: together what is spent. Beyond so many, the older as one."""
    rest = report.whole.ac
    for row in (*_accrued(project), *_booked(project, report)):
        rest -= ore(row[-1])
        yield row
    if rest:
        yield (None, "", "", "", _("Older costs"), None, kroner(rest))


def _accrued(project: Project) -> Iterator[Sequence[Any]]:
    rows = Accrual.objects.filter(project=project, released_on=None).order_by("booked_on", "id")
    for row in rows.values("booked_on", "line__code", "line__name", "text", "amount"):
        said = _("Accrued: %(text)s") % {"text": row["text"]}
        yield (row["booked_on"], _line_name(row), "", "", said, None, row["amount"])


def _booked(project: Project, report: Report) -> Iterator[Sequence[Any]]:
    """The newest first; for those who may not see rates their hours are one row."""
    if report.hours:
        yield (None, "", "", "", _("Hours"), None, kroner(report.hours))
    rows = shown(project, is_lifted=report.people is not None).order_by("-booked_on", "-id")
    names = ("booked_on", "line__code", "line__name", "supplier", "text", "amount_nok")
    for row in rows.values(*names, "person__name", "hours")[:MOST_ROWS]:
        yield (
            row["booked_on"],
            _line_name(row),
            row["supplier"],
            row["person__name"] or "",
            row["text"],
            row["hours"],
            row["amount_nok"],
        )


def _line_name(row: Mapping[str, Any]) -> str:
    return f"{row['line__code']} {row['line__name']}".strip()


def timesheets(project: Project) -> bytes:
    """The hours written on the project, newest week first; without what an hour costs."""
    columns = [
        Column("person", _("Person")),
        Column("day", _("Day"), "day"),
        Column("task", _("Task"), "name"),
        Column("kind", _("Type of work")),
        Column("comment", _("Comment"), "name"),
        Column("state", _("State")),
        Column("hours", _("Hours"), "number", is_summed=True),
    ]
    with workbook() as made:
        made.sheet(_("Timesheets"), columns, _hours(project), total())
    return made.stream.getvalue()


def _hours(project: Project) -> Iterator[Sequence[Any]]:
    tasks = Activity.objects.filter(project=project)
    known = {
        uid: f"{number} {name}" for uid, number, name in tasks.values_list("uid", "number", "name")
    }
    states = {key: str(label) for key, label in State.choices}
    rows = Hours.objects.filter(project=project).order_by("-day", "sheet__person__name", "id")
    shown = ("day", "uid", "kind", "hours", "comment", "sheet__person__name", "sheet__state")
    for row in rows.values(*shown)[:MOST_ROWS]:
        yield (
            row["sheet__person__name"],
            row["day"],
            known.get(row["uid"], ""),
            row["kind"],
            row["comment"],
            states.get(row["sheet__state"], ""),
            row["hours"],
        )
