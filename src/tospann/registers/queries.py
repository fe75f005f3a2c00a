"""Reading the registers a project keeps for itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.people.models import Person
from tospann.projects.models import ChoiceList, Project, RegisterDefinition
from tospann.registers import columns as typed
from tospann.registers.models import Line

KEPT_ELSEWHERE = frozenset(
    {
        *("risk", "issue", "change", "decision", "lesson", "quality", "stakeholder", "benefit"),
        *("communication", "deliverable", "resource_allocation", "notice_of_change", "contract"),
        "task",
    }
)
"""Registers of a pack that have pages of their own: their rows lie with those capabilities."""
BY_URGENCY = ("-is_open", F("due_on").asc(nulls_last=True), F("number").asc())


@dataclass(frozen=True)
class Kept:
    """A register with its columns and states."""

    definition: RegisterDefinition
    columns: list[typed.Column]
    states: tuple[typed.Choice, ...]

    @property
    def own(self) -> list[typed.Column]:
        """The columns kept in ``values``; the state has a column of the table."""
        return [one for one in self.columns if one.key != typed.STATUS]

    def state(self, key: str) -> typed.Choice:
        """What is no longer in the list reads as it is kept."""
        return next((one for one in self.states if one.key == key), typed.Choice(key, key))


def definitions(project: Project) -> QuerySet[RegisterDefinition]:
    """The registers of the project's own, in order."""
    return RegisterDefinition.objects.filter(project=project).exclude(key__in=KEPT_ELSEWHERE)


def all_keys(project: Project) -> set[str]:
    """Every key that is taken, also by what has pages of its own."""
    found = RegisterDefinition.objects.filter(project=project).values_list("key", flat=True)
    return {*found, *KEPT_ELSEWHERE}


def counted(project: Project) -> list[dict[str, Any]]:
    """The registers with how many rows they have, open and overdue. One query."""
    today = timezone.localdate()
    late = Q(lines__is_open=True, lines__due_on__lt=today)
    rows = definitions(project).annotate(
        total=Count("lines"),
        open=Count("lines", filter=Q(lines__is_open=True)),
        late=Count("lines", filter=late),
    )
    fields = ("key", "title", "total", "open", "late")
    return [dict(row) for row in rows.order_by("position").values(*fields)]


def lists_of(project_id: UUID) -> dict[str, Any]:
    return dict(ChoiceList.objects.filter(project=project_id).values_list("key", "values"))


def register(project: Project, key: str) -> Kept:
    """One register, or 404."""
    found = definitions(project).filter(key=key).first()
    if found is None:
        raise Http404
    return whole(found)


def all_of(project: Project) -> list[Kept]:
    """Every register with its columns. Two queries."""
    lists = lists_of(project.pk)
    return [_with(one, lists) for one in definitions(project).order_by("position")]


def whole(definition: RegisterDefinition) -> Kept:
    """A register with what its project's lists give it to choose from. One query."""
    return _with(definition, lists_of(definition.project_id))


def _with(definition: RegisterDefinition, lists: dict[str, Any]) -> Kept:
    found = typed.columns(definition.columns, lists)
    return Kept(definition, found, typed.states(found))


def line(project: Project, number: int) -> Line:
    """One row of the project by its number, or 404."""
    found = Line.objects.filter(project=project, number=number)
    row = found.select_related("project", "register", "owner", "raised_by").first()
    if row is None:
        raise Http404
    return row


def lines(kept: Kept) -> QuerySet[Line]:
    return Line.objects.filter(register=kept.definition)


def is_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def overdue(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.filter(is_open=True, due_on__lt=timezone.localdate())


def people_in(kept: Kept, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The names of those a page's rows name. One query, none where no column holds people."""
    keys = [one.key for one in kept.own if one.kind == "person"]
    named = {row["values"][key] for row in rows for key in keys if row["values"].get(key)}
    if not named:
        return {}
    found = Person.objects.filter(pk__in=named).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def board(kept: Kept, most: int) -> list[tuple[typed.Choice, list[dict[str, Any]], int]]:
    """The rows by state: the most urgent of each, and how many there are. Two queries a state."""
    of = lines(kept)
    counts = dict(of.order_by().values_list("state").annotate(n=Count("pk")))
    fields = ("number", "title", "owner__name", "due_on", "is_open", "version", "pk")
    return [
        (
            one,
            list(of.filter(state=one.key).order_by(*BY_URGENCY).values(*fields)[:most]),
            counts.get(one.key, 0),
        )
        for one in kept.states
    ]


def cross(kept: Kept, down: typed.Column | None, across: typed.Column | None) -> dict[Any, int]:
    """How many open rows have each pair of values; None is not filled in. One query."""
    rows = lines(kept).filter(is_open=True).values_list("values", flat=True)
    found: dict[Any, int] = {}
    for values in rows.iterator(chunk_size=2000):
        pair = tuple(values.get(one.key) if one else None for one in (down, across))
        found[pair] = found.get(pair, 0) + 1
    return found


def open_of(person: Person) -> QuerySet[Line]:
    return Line.objects.filter(owner=person, is_open=True).select_related("project")


def open_count(person: Person) -> int:
    return open_of(person).count()
