"""Reading risks, problems and deviations of a project the actor sees."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.http import Http404
from django.utils import timezone

from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.risks import matrix
from tospann.risks.models import Deviation, Movement, Problem, Risk, RiskKind, RiskState

Kept = TypeVar("Kept", Risk, Problem, Deviation)
KINDS: tuple[type[Risk] | type[Problem] | type[Deviation], ...] = (Risk, Problem, Deviation)
_OPEN = "open"
OPEN_FIRST = Case(When(state=_OPEN, then=0), default=1, output_field=IntegerField())
BY_URGENCY = (OPEN_FIRST, F("due_on").asc(nulls_last=True), F("number").asc())


def one(model: type[Kept], project: Project, number: int) -> Kept:
    """One row of the project by its number, or 404."""
    found = model.objects.filter(project=project, number=number)
    row = found.select_related("project", "owner", "raised_by", "case").first()
    if row is None:
        raise Http404
    return row


def risks(project: Project) -> QuerySet[Risk]:
    return Risk.objects.filter(project=project)


def problems(project: Project) -> QuerySet[Problem]:
    return Problem.objects.filter(project=project)


def deviations(project: Project) -> QuerySet[Deviation]:
    return Deviation.objects.filter(project=project)


def open_problems(project: Project) -> QuerySet[Problem]:
    """What has happened and is not solved, the most urgent first."""
    return problems(project).filter(state=_OPEN).select_related("owner").order_by(*BY_URGENCY)


def open_deviations(project: Project) -> QuerySet[Deviation]:
    return deviations(project).filter(state=_OPEN).select_related("owner").order_by(*BY_URGENCY)


def is_overdue(due_on: date | None, state: str) -> bool:
    return state == _OPEN and due_on is not None and due_on < timezone.localdate()


def overdue(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.filter(state=_OPEN, due_on__lt=timezone.localdate())


def ranked(rows: QuerySet[Risk], scales: matrix.Scales, prefix: str = "") -> QuerySet[Any, Any]:
    """The rows with ``level``: the rank of their cell now (``prefix`` "residual_": afterwards)."""
    cell = F(f"{prefix}probability") * 10 + F(f"{prefix}impact")
    whens = [
        When(kind=of.kind, cell__in=cells, then=Value(level.rank))
        for of in (scales.threat, scales.opportunity)
        for level in of.levels
        if (cells := [10 * probability + impact for probability, impact in of.pairs(level.key)])
    ]
    level = Case(*whens, default=Value(0), output_field=IntegerField())
    return rows.alias(cell=cell).annotate(**{f"{prefix}level": level})


def at_level(rows: QuerySet[Risk], of: matrix.Matrix, key: str) -> QuerySet[Risk]:
    """The rows lying in one of a level's cells."""
    pairs = of.pairs(key)
    cells = [10 * probability + impact for probability, impact in pairs]
    cell = F("probability") * 10 + F("impact")
    return rows.alias(cell=cell).filter(kind=of.kind, cell__in=cells)


def cell_counts(project: Project, kind: str, prefix: str = "") -> dict[tuple[int, int], int]:
    """How many open rows of the kind lie in each cell (probability, impact)."""
    fields = (f"{prefix}probability", f"{prefix}impact")
    found = risks(project).filter(state=RiskState.OPEN, kind=kind, **{f"{fields[0]}__gte": 1})
    counted = found.order_by().values_list(*fields).annotate(count=Count("pk"))
    return {(row, column): count for row, column, count in counted if column}


def top_risks(project: Project, n: int = 5, kind: str = RiskKind.THREAT) -> list[dict[str, Any]]:
    """The open risks of the highest level, with ``level`` (a matrix.Level or None). 2 queries."""
    scales = matrix.of_project(project)
    found = risks(project).filter(state=RiskState.OPEN, kind=kind, probability__isnull=False)
    listed = ranked(found, scales).order_by("-level", F("due_on").asc(nulls_last=True), "number")
    fields = ("number", "title", "kind", "probability", "impact", "due_on", "strategy")
    rows = listed.values(*fields, owner_name=F("owner__name"))[:n]
    of = scales.of(kind)
    return [
        {
            **row,
            "short_id": f"{project.key}-{row['number']}",
            "link": f"/p/{project.key}/risks/{row['number']}",
            "level": of.level(row["probability"], row["impact"]),
        }
        for row in rows
    ]


@dataclass(frozen=True)
class Moved:
    """A row that came, moved or was closed since a day. ``before`` is empty when it is new."""

    kind: str
    number: int
    title: str
    link: str
    is_new: bool
    state: str
    before: dict[str, Any]
    after: dict[str, Any]
    rank_before: int
    rank_after: int
    moved_at: datetime

    @property
    def direction(self) -> str:
        """new · up · down · closed · reopened · changed, as a reader would say it."""
        if self.is_new:
            return "new"
        if self.state != self.before.get("state"):
            return "reopened" if self.state == _OPEN else "closed"
        if self.rank_after != self.rank_before:
            return "up" if self.rank_after > self.rank_before else "down"
        return "changed"


STANDING = ("probability", "impact", "residual_probability", "residual_impact")


def moved_since(project: Project, day: date, most: int = 200) -> list[Moved]:
    """What came, moved or was closed since the day began, latest first. 5 queries."""
    since = timezone.make_aware(datetime.combine(day, time.min))
    moves = Movement.objects.filter(project=project, at__gte=since).order_by("-id")
    earlier: dict[UUID, dict[str, Any]] = dict(moves.values_list("row_id", "before"))
    scales = matrix.of_project(project)
    found: list[Moved] = []
    for model in KINDS:
        fields = ["pk", "number", "title", "state", "created_at", "moved_at"]
        fields += ["kind", *STANDING] if model is Risk else []
        rows = model.objects.filter(project=project, moved_at__gte=since)
        for row in rows.order_by("-moved_at").values(*fields)[:most]:
            moved = _moved(project, model, row, earlier.get(row["pk"]), since, scales)
            found += [moved] if moved else []
    return sorted(found, key=lambda one: one.moved_at, reverse=True)[:most]


def _moved(
    project: Project,
    model: type[Risk] | type[Problem] | type[Deviation],
    row: dict[str, Any],
    before: dict[str, Any] | None,
    since: datetime,
    scales: matrix.Scales,
) -> Moved | None:
    """None when it went back to where it was."""
    is_new = row["created_at"] >= since
    after = {name: row[name] for name in ("state", *STANDING) if name in row}
    if not is_new and (before is None or before == after):
        return None
    earlier = {} if is_new or before is None else before
    of = scales.of(row.get("kind", ""))
    page = model._meta.model_name or ""
    return Moved(
        kind=row.get("kind", page),
        number=row["number"],
        title=row["title"],
        link=f"/p/{project.key}/{page}s/{row['number']}",
        is_new=is_new,
        state=row["state"],
        before=earlier,
        after=after,
        rank_before=of.rank(earlier.get("probability"), earlier.get("impact")),
        rank_after=of.rank(after.get("probability"), after.get("impact")),
        moved_at=row["moved_at"],
    )


def open_rows_of(person: Person) -> list[Risk | Problem | Deviation]:
    """The open rows the person owns, of all three kinds, project by project."""
    found: list[Risk | Problem | Deviation] = []
    for model in KINDS:
        rows = model.objects.filter(owner=person, state=_OPEN)
        found += rows.select_related("project").order_by("project_id", "number")
    return found


def open_count(person: Person) -> int:
    """How many of those there are."""
    return sum(model.objects.filter(owner=person, state=_OPEN).count() for model in KINDS)
