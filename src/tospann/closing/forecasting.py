"""Keeping what a plan promised when it was frozen, and reading how such promises were kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import mean
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from tospann.closing.models import Forecast
from tospann.foundation.errors import CommandError
from tospann.planning import queries as plans
from tospann.planning import store
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.planning.simulate import events, running
from tospann.planning.simulate.running import Asked, Simulated
from tospann.planning.store import Loaded
from tospann.projects.models import Project

WHOLE = 0
SHORTEST = 5
"""Days: what was to be reached sooner than this says little of how late plans run."""
FEWEST = 3


def keep(project: Project) -> int:
    """Write down the forecast of the baseline in force, unless that is done; how many rows."""
    head = plans.plan(project)
    if head is None or head.baseline_revision is None:
        return 0
    kept = Forecast.objects.filter(project=project, revision=head.baseline_revision)
    if kept.exists():
        return 0
    loaded = store.load(head)
    if not loaded.rows or head.finish is None:
        return 0
    rows = list(_rows(head, head.finish, loaded, _simulated(head, loaded)))
    Forecast.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _simulated(head: Plan, loaded: Loaded) -> Simulated | None:
    risks, asked = list(events.events(head.project_id)), Asked()
    if not running.is_uncertain(loaded, risks, asked):
        return None
    try:
        return running.run(head, loaded, risks, asked)
    except CommandError:
        return None


def _rows(head: Plan, finish: date, loaded: Loaded, found: Simulated | None) -> Iterator[Forecast]:
    chances = {row.uid: (p50, p80) for row, p50, p80 in found.milestones} if found else {}
    whole = (found.certain_by(50), found.certain_by(80)) if found else (None, None)
    today = timezone.localdate()
    known: dict[str, Any] = {
        "project_id": head.project_id,
        "revision": head.baseline_revision,
        "made_on": today,
        "begins_on": max(today, head.start) if head.start else today,
    }
    yield Forecast(name=str(head)[:200], planned=finish, p50=whole[0], p80=whole[1], **known)
    for row in loaded.rows.values():
        ahead = row.kind == Kind.MILESTONE and row.state != State.DONE and row.is_active
        if ahead and row.finish is not None:
            p50, p80 = chances.get(row.uid, (None, None))
            shown = {"uid": row.uid, "name": row.name[:200], "planned": row.finish}
            yield Forecast(**shown, p50=p50, p80=p80, **known)


@dataclass(frozen=True)
class Held:
    """A forecast, and the day it came true; the whole plan has one when all of it is done."""

    project_id: UUID
    uid: int
    name: str
    begins_on: date
    planned: date
    p50: date | None
    p80: date | None
    actual: date | None

    @property
    def late(self) -> float | None:
        """By what share of its time it came late (below zero: early); None when unknown."""
        planned = (self.planned - self.begins_on).days
        if self.actual is None or planned < SHORTEST:
            return None
        return (self.actual - self.planned).days / planned

    def kept(self, day: date | None) -> bool | None:
        return None if self.actual is None or day is None else self.actual <= day


@dataclass(frozen=True)
class Score:
    """How often forecasts held."""

    rows: tuple[Held, ...] = field(default=())

    @property
    def reached(self) -> list[Held]:
        return [one for one in self.rows if one.actual is not None]

    @property
    def held50(self) -> tuple[int, int]:
        """How many 50 per cent days held, of how many."""
        return _share(one.kept(one.p50) for one in self.rows)

    @property
    def held80(self) -> tuple[int, int]:
        return _share(one.kept(one.p80) for one in self.rows)

    @property
    def planned(self) -> tuple[int, int]:
        return _share(one.kept(one.planned) for one in self.rows)

    @property
    def late(self) -> float | None:
        """How late things come on average, as a share of their time; None of fewer than three."""
        known = [one.late for one in self.rows if one.late is not None]
        return mean(known) if len(known) >= FEWEST else None

    @property
    def late_percent(self) -> int:
        return round(100 * (self.late or 0))


def _share(kept: Iterator[bool | None] | Any) -> tuple[int, int]:
    known = [one for one in kept if one is not None]
    return sum(known), len(known)


def held(projects: list[UUID] | None = None, pack: str = "") -> list[Held]:
    """The first forecast made of each thing, and what became of it. Three queries."""
    found = Forecast.objects.order_by("project_id", "uid", "revision")
    if projects is not None:
        found = found.filter(project__in=projects)
    if pack:
        found = found.filter(project__pack_key=pack)
    first: dict[tuple[UUID, int], Forecast] = {}
    for one in found:
        first.setdefault((one.project_id, one.uid), one)
    done = _done({project for project, _uid in first})
    return [_held(one, done.get(place)) for place, one in first.items()]


def _held(one: Forecast, actual: date | None) -> Held:
    days = (one.begins_on, one.planned, one.p50, one.p80)
    return Held(one.project_id, one.uid, one.name, *days, actual)


def _done(projects: set[UUID]) -> dict[tuple[UUID, int], date]:
    marks = Activity.objects.filter(project__in=projects, kind=Kind.MILESTONE, state=State.DONE)
    rows = marks.filter(finish__isnull=False).values_list("project_id", "uid", "finish")
    found = {(project, uid): finish for project, uid, finish in rows}
    plans_ = Plan.objects.filter(project__in=projects, percent__gte=100, finish__isnull=False)
    ended = {(pk, WHOLE): finish for pk, finish in plans_.values_list("project_id", "finish")}
    return {place: day for place, day in (found | ended).items() if day is not None}


def of_project(project: Project) -> Score:
    return Score(tuple(held([project.pk])))


def of_organisation(pack: str = "") -> Score:
    """Of all projects, or of those with a pack; numbers only, so everybody may know them."""
    return Score(tuple(held(pack=pack)))


def of_projects(projects: list[UUID]) -> dict[UUID, Score]:
    """Project by project, for those who see them."""
    rows: dict[UUID, list[Held]] = {}
    for one in held(projects):
        rows.setdefault(one.project_id, []).append(one)
    return {project: Score(tuple(listed)) for project, listed in rows.items()}


@dataclass(frozen=True)
class Counts:
    """Of what has come true: how many days held, of how many, as planned and by either chance."""

    planned: tuple[int, int] = (0, 0)
    held50: tuple[int, int] = (0, 0)
    held80: tuple[int, int] = (0, 0)

    def plus(self, other: "Counts") -> "Counts":
        pairs = zip(self._all, other._all, strict=True)
        return Counts(*((one[0] + two[0], one[1] + two[1]) for one, two in pairs))

    @property
    def _all(self) -> tuple[tuple[int, int], ...]:
        return self.planned, self.held50, self.held80


def counts(by: str, projects: list[UUID] | None = None) -> dict[Any, Counts]:
    """The same shares as ``held`` gives, counted in the database by a field of the forecast.

    ``by``: ``project__pack_key`` or ``project_id``. One query, however many forecasts there are.
    """
    first = Forecast.objects.filter(project=OuterRef("project"), uid=OuterRef("uid"))
    found = Forecast.objects.filter(~Exists(first.filter(revision__lt=OuterRef("revision"))))
    if projects is not None:
        found = found.filter(project__in=projects)
    rows: Any = found.alias(actual=_actual()).filter(actual__isnull=False).order_by()
    sums = {"reached": Count("pk"), "in_time": Count("pk", filter=Q(actual__lte=F("planned")))}
    for name in ("p50", "p80"):
        sums[f"{name}s"] = Count(name)
        sums[f"{name}_held"] = Count("pk", filter=Q(actual__lte=F(name)))
    return {
        row[by]: Counts(
            (row["in_time"], row["reached"]),
            (row["p50_held"], row["p50s"]),
            (row["p80_held"], row["p80s"]),
        )
        for row in rows.values(by).annotate(**sums)
    }


def _actual() -> Case:
    """The day a milestone was done, or the whole plan."""
    this = OuterRef("project")
    marks = Activity.objects.filter(project=this, uid=OuterRef("uid"), kind=Kind.MILESTONE)
    ended = Plan.objects.filter(project=this, percent__gte=100)
    return Case(
        When(uid=WHOLE, then=Subquery(ended.values("finish")[:1])),
        default=Subquery(marks.filter(state=State.DONE).values("finish")[:1]),
    )
