"""One side of a conflict: a project, its plan as it would be, and what it wants of the person.

Days are ordinals. Pure but for reading the plans: nothing here writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

import planengine as engine
from planengine.edits import Edit
from planengine.levelling.staffing import pin_of
from tospann.budget.queries import money
from tospann.planning import store
from tospann.planning.models import Kind, Plan, State
from tospann.planning.prepare import Prepared, prepared
from tospann.planning.projection import Row, working_days
from tospann.planning.store import Loaded
from tospann.projects.models import Project
from tospann.resources.load import Share, agreed_shares
from tospann.ui.holidays import is_working_day

DAY_TOO_MUCH, DAY_TOO_LATE = 12_000.0, 6_000.0
"""What a day of somebody's beyond what there is, and a day after a deadline, weigh in kroner when
arrangements are compared; people see the days themselves."""
Busy = dict[int, float]
"""Day → the share of the person's day that is wanted."""


@dataclass(frozen=True)
class Task:
    """A task that wants the person; ``own`` when it is hers to answer for, not assigned to her."""

    uid: int
    number: str
    name: str
    first: date
    last: date
    share: float
    own: bool
    movable: bool


@dataclass(frozen=True)
class Side:
    """A project with the edits a way out would make in its plan."""

    project: Project
    head: Plan
    person: UUID
    full: float
    promised: tuple[Share, ...]
    running: Decimal
    tried: Prepared
    edits: tuple[Edit, ...] = ()

    @property
    def loaded(self) -> Loaded:
        return self.tried.after

    @property
    def head_plan(self) -> engine.Plan:
        """The plan as it is."""
        return self.tried.before.plan

    def changed(self, edits: Sequence[Edit]) -> "Side":
        """The same project with these edits of its plan as it is."""
        if not edits:
            return self
        return replace(self, edits=tuple(edits), tried=prepared(self.head, edits))

    @property
    def days(self) -> int:
        """How many working days later the plan finishes."""
        return working_days(self.tried.before.finish, self.tried.after.finish)

    @property
    def cost(self) -> Decimal:
        """What that costs, by what a week more of the project does."""
        return self.running * max(self.days, 0) / 5

    def tasks(self) -> list[Task]:
        """What the plan still wants of the person, by the day it begins."""
        plan = self.loaded.plan
        rows = {one.uid: one for one in plan.activities}
        assigned = _assigned(plan, self.person)
        anybody = {one.activity for one in plan.assignments}
        found = []
        for row in self.loaded.rows.values():
            if not _wanted(row) or row.start is None or row.finish is None:
                continue
            own = row.responsible_id == self.person and row.uid not in anybody
            if own or row.uid in assigned:
                share = self._share(row.start) if own else assigned[row.uid]
                moves = pin_of(plan, rows[row.uid]) is None and row.start >= timezone.localdate()
                one = (row.uid, row.number, row.name, row.start, row.finish, share, own, moves)
                found.append(Task(*one))
        return sorted(found, key=lambda one: (one.first, one.uid))

    def _share(self, day: date) -> float:
        """Being responsible takes what was agreed, else the whole of her days."""
        mine = (one for one in self.promised if one.person == self.person)
        return sum(one.share for one in mine if one.first <= day <= one.last) or self.full

    def busy(self, tasks: Iterable[Task] | None = None) -> Busy:
        return busy(self.tasks() if tasks is None else tasks)


def _wanted(row: Row) -> bool:
    return row.kind == Kind.TASK and row.is_active and row.state != State.DONE


def _assigned(plan: engine.Plan, person: UUID) -> dict[int, float]:
    """What the tasks she is assigned to take of her."""
    hers = {one.uid for one in plan.resources if one.person == str(person)}
    found: dict[int, float] = defaultdict(float)
    for one in plan.assignments:
        if one.resource in hers and one.units > 0:
            found[one.activity] += one.units
    return found


def busy(tasks: Iterable[Task]) -> Busy:
    """Day by day, from today: assignments add up, being responsible for several counts once."""
    today = timezone.localdate().toordinal()
    assigned: Busy = defaultdict(float)
    own: Busy = defaultdict(float)
    for one in tasks:
        for day in working_ordinals(max(one.first.toordinal(), today), one.last.toordinal()):
            if one.own:
                own[day] = max(own[day], one.share)
            else:
                assigned[day] += one.share
    return {day: assigned.get(day, 0.0) + own.get(day, 0.0) for day in {*assigned, *own}}


def working_ordinals(first: int, last: int) -> Iterator[int]:
    return (day for day in range(first, last + 1) if is_working_day(date.fromordinal(day)))


def side(project: Project, person: UUID, full: float) -> Side:
    """The project as it is now."""
    head = Plan.objects.select_related("project").filter(project=project).first()
    head = head or Plan(project=project)
    loaded = store.load(head)
    return Side(
        project=project,
        head=head,
        person=person,
        full=full,
        promised=tuple(agreed_shares(project.pk)),
        running=money(project).running_per_week,
        tried=Prepared(loaded, loaded, (), None),
    )


def total(parts: Iterable[Busy]) -> Busy:
    found: Busy = defaultdict(float)
    for one in parts:
        for day, share in one.items():
            found[day] += share
    return dict(found)


def over_days(sides: Sequence[Side], full: float) -> float:
    """Days of work beyond what she has, on days that more than one project wants."""
    each = [one.busy() for one in sides]
    together = total(each)
    return round(
        sum(
            share - full
            for day, share in together.items()
            if share > full + 1e-6 and sum(day in one for one in each) > 1
        ),
        3,
    )


def score(sides: Sequence[Side], full: float) -> tuple[float, ...]:
    """How good an arrangement is, smaller being better: kroner with what still collides and what
    misses its deadline counted as such; then days.
    """
    cost = sum((one.cost for one in sides), Decimal(0))
    late, moved = sum(_overdue(one) for one in sides), sum(_moved(one) for one in sides)
    left = over_days(sides, full)
    weighed = float(cost) + DAY_TOO_MUCH * left + DAY_TOO_LATE * late
    return weighed, left, sum(max(one.days, 0) for one in sides), moved


def _overdue(one: Side) -> int:
    """Working days by which deadlines are missed that were kept before."""
    before, after = one.tried.before.rows, one.tried.after.rows
    late = 0
    for uid, row in after.items():
        was = before.get(uid)
        if row.deadline and row.finish and was and was.finish and was.finish <= row.deadline:
            late += max(working_days(row.deadline, row.finish), 0)
    return late


def _moved(one: Side) -> int:
    before, after = one.tried.before.rows, one.tried.after.rows
    uids = {uid for uid in after if uid in before and after[uid].finish != before[uid].finish}
    return sum(abs(working_days(before[uid].finish, after[uid].finish)) for uid in uids)
