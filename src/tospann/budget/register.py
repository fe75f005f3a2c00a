"""The lists of budget lines, of costs and of the batches they came in, declared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, ExpressionWrapper, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.budget.closing import last_of
from tospann.budget.models import BudgetLine, CostType
from tospann.budget.queries.costs import reversed_among
from tospann.budget.veiling import LIFTED, Veil
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.ui.register import Column, Empty, Filter, Register, choice, flag, search

TYPES = {key: (label, "neutral") for key, label in CostType.choices}
LINES = Register(
    key="budget",
    title=_("Money"),
    lead=_("What the project may cost, what it has cost, and where it is heading"),
    columns=(),
    empty=Empty(
        _("No budget lines yet."),
        _("Begin with one line for each phase; they can be divided later."),
        icon="money",
    ),
    order=("code", "number"),
    also=("number", "starts_on", "ends_on", "activity_uid", "id"),
    live="budget",
)


def rows(found: QuerySet[Any], seen: Veil = LIFTED) -> QuerySet[Any]:
    """Lines with what the list works out of them, as they are shown to somebody."""
    money: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=2)
    expected = Coalesce(F("forecast"), F("amount"), output_field=money)
    listed: QuerySet[Any] = found.annotate(
        expected_cost=expected,
        over=expected - F("amount"),
        change=F("amount") - F("approved"),
        seen_spent=_seen_spent(seen),
    )
    return listed


def _seen_spent(seen: Veil) -> Any:
    if not seen.off:
        return F("spent")
    money: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=2)
    off = (When(pk=pk, then=Value(amount)) for pk, amount in seen.off.items())
    less = Case(*off, default=Value(Decimal(0)), output_field=money)
    return ExpressionWrapper(F("spent") - less, output_field=money)


def of(project: Project) -> Register:
    """The list with this project's phases and addresses."""
    columns = (
        Column("code", _("Code"), "key"),
        Column("name", _("Line"), "link"),
        Column("phase", _("Phase"), field="phase__name", sort="phase__position"),
        Column("cost_type", _("Cost type"), "state", states=TYPES, default=False),
        Column("wbs", _("WBS code"), "key", default=False),
        Column("approved", _("Approved"), "money", default=False),
        Column("amount", _("Budget"), "money"),
        Column("change", _("Change since approval"), "money", default=False),
        Column("spent", _("Incurred"), "money", field="seen_spent", href=_costs_of(project)),
        Column("accrued", _("Accrued"), "money", default=False),
        Column("committed", _("Committed"), "money"),
        Column("expected_cost", _("Forecast"), "money"),
        Column("over", _("Over or under"), "money"),
        Column("starts_on", _("From"), "date", default=False),
        Column("ends_on", _("To"), "date", default=False),
        Column("short", _("No."), "key", value=_number(project), sort="number", default=False),
    )
    phases = lambda: [(str(one.pk), one.name) for one in projects.phases(project)]  # noqa: E731
    filters = (
        search(_("Search"), "code", "name"),
        choice("phase", _("Phase"), phases, field="phase_id"),
        choice("type", _("Cost type"), CostType.choices, field="cost_type"),
        flag("over", _("Above the budget"), lambda found: found.filter(over__gt=0)),
    )
    link = lambda row: f"/p/{project.key}/money/{row['number']}"  # noqa: E731
    return replace(LINES, columns=columns, filters=filters, row_link=link)


def _number(project: Project) -> Any:
    return lambda row: f"{project.key}-B{row['number']}"


def _costs_of(project: Project) -> Any:
    """Where the figure comes from."""
    costs = reverse("money_costs", args=[project.key])
    return lambda row: f"{costs}?line={row['id']}" if row["seen_spent"] else None


SOURCES = {
    "manual": _("By hand"),
    "reported": _("Reported in total"),
    "csv": _("File"),
    "api": _("API"),
    "timesheets": _("Timesheets"),
    "invoice": _("Invoice"),
    "reversal": _("Reversal"),
}


def source_words(source: str) -> str:
    """Where costs come from, as it is called."""
    name = source.partition(":")[0].partition(".")[0]
    return str(SOURCES.get(name, name))


def costs(project: Project, *, sees_people: bool) -> Register:
    """The list of costs; who worked and how long is only for those who may see rates."""
    people = (
        Column("person", _("Person"), "person", field="person__name", sort="", default=False),
        Column("hours", _("Hours"), "number", sort="", default=False),
    )
    lines = lambda: [(str(one.pk), str(one)) for one in _lines(project)]  # noqa: E731
    address = reverse("money", args=[project.key])
    return Register(
        key="costs",
        title=_("Costs"),
        lead=_("What has been used, each with where it comes from"),
        columns=(
            Column("booked_on", _("Date"), "date"),
            Column("text", _("Text"), "link", value=_text),
            Column("line", _("Line"), field="line__name", sort=""),
            Column("supplier", _("Supplier"), sort=""),
            Column("amount_nok", _("Amount"), "money"),
            Column("vat", _("VAT"), "money", sort="", default=False, currency="currency"),
            Column("foreign", _("In its currency"), value=_foreign, default=False),
            Column("source", _("Source"), value=_source),
            Column("external_id", _("Voucher"), "key", sort="", default=False),
            Column("late", _("Month closed"), value=_late),
            *(people if sees_people else ()),
        ),
        empty=Empty(
            _("No costs yet."),
            _("Record one by hand, or bring in a file from the accounting system."),
            icon="money",
        ),
        filters=(
            search(_("Search"), "text", "supplier", "external_id"),
            choice("line", _("Line"), lines, field="line_id"),
            Filter("month", _("Month"), _in_month, kind="hidden"),
            Filter("batch", _("Batch"), _in_batch, kind="hidden"),
            Filter("supplier", _("Supplier"), _from_supplier, kind="hidden"),
            flag("late", _("After closing"), lambda rows: rows.filter(is_late=True)),
        ),
        order=("-booked_on", "-id"),
        also=("amount", "currency", "text", "source", "is_late", "batch__number", "line__number"),
        row_link=lambda row: f"{address}/{row['line__number']}",
        live="budget",
    )


def _lines(project: Project) -> QuerySet[BudgetLine]:
    return BudgetLine.objects.filter(project=project).only("id", "code", "name")


def _late(row: Any) -> str:
    return str(_("After closing")) if row["is_late"] else ""


def _text(row: Any) -> str:
    return row["text"] or source_words(row["source"])


def _source(row: Any) -> str:
    return f"{source_words(row['source'])} · {row['batch__number']}"


def _foreign(row: Any) -> str:
    return "" if row["currency"] == "NOK" else f"{row['amount']} {row['currency']}"


def _in_month(rows: Any, value: str) -> Any:
    try:
        first = date.fromisoformat(f"{value[:7]}-01")
    except ValueError:
        return rows
    return rows.filter(booked_on__range=(first, last_of(first)))


def _in_batch(rows: Any, value: str) -> Any:
    return rows.filter(batch__number=int(value)) if value.isdecimal() and len(value) < 9 else rows


def _from_supplier(rows: Any, value: str) -> Any:
    return rows.filter(supplier=value)


def batches(project: Project) -> Register:
    """The batches that costs came in."""
    address = reverse("cost_batches", args=[project.key])
    return Register(
        key="cost_batches",
        title=_("Batches of costs"),
        lead=_("Each file, timesheet and invoice that was recorded, and what can be reversed"),
        columns=(
            Column("number", _("No."), "link"),
            Column("created_at", _("Recorded"), "date"),
            Column("source", _("Source"), value=lambda row: source_words(row["source"])),
            Column("file_name", _("File"), sort=""),
            Column("rows", _("Rows"), "number"),
            Column("total", _("Amount"), "money"),
            Column("late_rows", _("After closing"), "number", default=False),
            Column("person", _("Recorded by"), "person", field="person__name", sort=""),
            Column("reversed", _("State"), value=_reversed),
        ),
        empty=Empty(_("No costs yet."), icon="money"),
        order=("-number",),
        also=("source",),
        complete=_say_reversed,
        row_link=lambda row: f"{address}/{row['number']}",
        live="budget",
    )


def _say_reversed(rows: list[dict[str, Any]]) -> None:
    """Which of these are taken back (one query: joined, the list is read anew for each row)."""
    taken_back = reversed_among([row["pk"] for row in rows])
    for row in rows:
        row["is_reversed"] = row["pk"] in taken_back


def _reversed(row: Any) -> str:
    return str(_("Reversed")) if row.get("is_reversed") else ""
