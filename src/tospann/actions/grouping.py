"""What is owed, put in columns and groups: read in pages, counted in the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.actions import owed, sources
from tospann.actions.models import Action, ActionState, Reminder, Stage
from tospann.actions.sources import Owed, Row
from tospann.projects.models import Project

CARDS = 40
A_PAGE = 200
ON_BOARD = (Stage.NOT_STARTED, Stage.UNDER_WAY, Stage.DONE)


@dataclass(frozen=True)
class Line:
    """One thing owed, ready to be shown."""

    ref: int
    short_id: str
    kind: str
    title: str
    href: str
    owner: str
    due: date | None
    is_late: bool
    state: str
    is_high: bool
    is_action: bool
    asked: date | None


def line(key: str, row: Mapping[str, Any]) -> Line:
    return Line(
        ref=row["owed_ref"],
        short_id=sources.short_id(key, row),
        kind=sources.label(row["owed_kind"]),
        title=row["owed_title"],
        href=sources.address(key, row),
        owner=row["owed_owner_name"],
        due=row["owed_due"],
        is_late=sources.is_late(row),
        state="stuck" if row["owed_stuck"] and row["owed_rank"] == 0 else row["owed_state"],
        is_high=row["owed_priority"] == "high",
        is_action=row["owed_kind"] == owed.KIND,
        asked=row["owed_asked"],
    )


@dataclass(frozen=True)
class BoardColumn:
    stage: Stage
    total: int
    cards: Sequence[Line]


def board(rows: Owed, key: str) -> list[BoardColumn]:
    """Three columns, the most urgent of each; what was done last stands first under done."""
    counted: dict[str, int] = {}
    for group in rows.per("owed_state"):
        counted[group["owed_state"]] = counted.get(group["owed_state"], 0) + group["n"]
    return [
        BoardColumn(stage, counted.get(stage, 0), _cards(rows, key, stage)) for stage in ON_BOARD
    ]


def _cards(rows: Owed, key: str, stage: Stage) -> list[Line]:
    order = ("-owed_ref",) if stage is Stage.DONE else sources.URGENT_FIRST
    found = rows.filter(owed_state=stage).order_by(*order)
    return [line(key, row) for row in found[:CARDS]]


@dataclass
class Group:
    """A heading with how much there is, and those of its lines that stand on this page."""

    name: str
    href: str = ""
    total: int = 0
    late: int = 0
    stuck: int = 0
    is_late: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Grouped:
    groups: list[Group]
    page: int
    pages: int
    total: int

    def address(self, page: int) -> str:
        return f"?page={page}"


def by_person(project: Project, asked: str) -> Grouped:
    """The open things of each person, the most urgent first; nobody's last."""
    rows = sources.of_project(project).filter(owed_rank=0)
    groups: dict[Any, Group] = {}
    for counted in rows.per("owed_owner", "owed_owner_name"):
        owner = counted["owed_owner"]
        group = groups.setdefault(owner, _of_person(project, owner, counted["owed_owner_name"]))
        _add(group, counted)
    order = ("owed_owner_name", "owed_owner", *sources.URGENT_FIRST)
    return _paged(project, rows.order_by(*order), groups, lambda row: row["owed_owner"], asked)


def _of_person(project: Project, owner: UUID | None, name: str) -> Group:
    query = urlencode({"owner": owner or "nobody"})
    return Group(name or _("Nobody yet"), f"{reverse('tasks', args=[project.key])}?{query}")


def by_week(project: Project, asked: str) -> Grouped:
    """Overdue, this week, the weeks to come, and what has no date."""
    rows, today = sources.of_project(project).filter(owed_rank=0), timezone.localdate()
    groups: dict[Any, Group] = {}
    for counted in sorted(rows.per("owed_by"), key=lambda one: one["owed_by"]):
        week = _week(counted["owed_by"], today)
        _add(groups.setdefault(week, _of_week(week, today)), counted)
    order = ("owed_by", "owed_owner_name")
    return _paged(
        project, rows.order_by(*order), groups, lambda row: _week(row["owed_by"], today), asked
    )


def _week(due: date, today: date) -> date:
    """The Monday of the week; the day before all days for what is overdue, NEVER without a date."""
    if due == sources.NEVER:
        return sources.NEVER
    return date.min if due < today else due - timedelta(days=due.weekday())


def _of_week(monday: date, today: date) -> Group:
    if monday == sources.NEVER:
        return Group(_("No due date"))
    if monday == date.min:
        return Group(_("Overdue"), is_late=True)
    name = _("Week %(week)s, %(year)s") % dict(
        zip(("year", "week"), monday.isocalendar()[:2], strict=True)
    )
    return Group(_("This week") if monday <= today else name)


def _add(group: Group, counted: Mapping[str, Any]) -> None:
    group.total += counted["n"]
    group.late += counted["late"]
    group.stuck += counted["stuck"]


def _paged(
    project: Project,
    rows: Owed,
    groups: Mapping[Any, Group],
    key_of: Callable[[Row], Any],
    asked: str,
) -> Grouped:
    """The page's rows under their headings; a heading without a row on the page is left out."""
    total = sum(group.total for group in groups.values())
    pages = max(1, -(-total // A_PAGE))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else 1
    shown: dict[Any, Group] = {}
    for row in rows[(number - 1) * A_PAGE : number * A_PAGE]:
        key = key_of(row)
        shown.setdefault(key, groups.get(key) or Group("")).lines.append(line(project.key, row))
    return Grouped(list(shown.values()), number, pages, total)


@dataclass(frozen=True)
class Debt:
    """What one person owes another."""

    owner: str
    given_by: str
    href: str
    open: int
    overdue: int
    stuck: int
    oldest: date | None
    reminded_on: date | None


def who_owes_whom(project: Project) -> list[Debt]:
    """Each person's open actions by who gave them, the most overdue first. Two queries."""
    late = Q(due_on__lt=timezone.localdate())
    rows = Action.objects.filter(project=project, state=ActionState.OPEN).order_by()
    pairs = rows.values("owner_id", "owner__name", "given_by_id", "given_by__name").annotate(
        n=Count("pk"),
        late=Count("pk", filter=late),
        stuck=Count("pk", filter=Q(stuck_since__isnull=False)),
        oldest=Min("due_on"),
    )
    reminders = Reminder.objects.filter(project=project).order_by()
    last = dict(reminders.values_list("person_id").annotate(on=Max("on")))
    debts = [_debt(project.key, pair, last) for pair in pairs]
    return sorted(debts, key=lambda debt: (-debt.overdue, -debt.open, debt.owner, debt.given_by))


def _debt(key: str, pair: Mapping[str, Any], last: Mapping[UUID, date]) -> Debt:
    query = {"owner": pair["owner_id"] or "nobody"}
    if pair["given_by_id"]:
        query["given"] = pair["given_by_id"]
    return Debt(
        owner=pair["owner__name"] or "",
        given_by=pair["given_by__name"] or "",
        href=f"{reverse('tasks', args=[key])}?{urlencode(query)}",
        open=pair["n"],
        overdue=pair["late"],
        stuck=pair["stuck"],
        oldest=pair["oldest"],
        reminded_on=last.get(pair["owner_id"]),
    )
