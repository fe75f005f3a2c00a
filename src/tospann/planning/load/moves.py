"""What a draft makes of the load: before and after, what waits for whom, and what that costs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

import planengine as engine
from planengine.levelling import Remaining
from planengine.levelling.staffing import pin_of
from tospann.budget.queries import money
from tospann.people.models import Person
from tospann.planning.load.levelling import units_of
from tospann.planning.load.staffing import Staffed, staffed
from tospann.planning.load.weeks import Line, lines, mondays
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared
from tospann.planning.projection import Row, day_of, working_days
from tospann.planning.store import Loaded
from tospann.ui import formats
from tospann.ui.jinja import language

MOST_MOVES = 100
MOST_LEFT = 20
MOST_NAMED = 4
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Move:
    """A task that lies otherwise: how much later, what no slack absorbs, and what that costs."""

    uid: int
    number: str
    name: str
    starts: tuple[date | None, date | None]
    finishes: tuple[date | None, date | None]
    days: int
    beyond: int
    overdue: int
    waits_for: tuple[str, ...]
    cost: Decimal


@dataclass(frozen=True)
class Compared:
    """A resource before and after."""

    name: str
    person: UUID | None
    before: Line
    after: Line

    @property
    def is_over(self) -> bool:
        return bool(self.before.weeks_over or self.after.weeks_over)


@dataclass(frozen=True)
class Levelled:
    """The load before and after a change, what it moves, and what is still too much and why."""

    compared: tuple[Compared, ...]
    moves: tuple[Move, ...]
    left: tuple[str, ...]
    finishes: tuple[date | None, date | None]
    per_week: Decimal

    @property
    def days(self) -> int:
        return working_days(*self.finishes)

    @property
    def cost(self) -> Decimal:
        """What the later finish costs, by what a week more of the project does."""
        return cost_of(self.days, self.per_week)

    @property
    def over(self) -> tuple[float, float]:
        """Hours beyond what there is, before and after."""
        both = ((one.before.over, one.after.over) for one in self.compared)
        before, after = zip(*both, strict=True) if self.compared else ((), ())
        return round(sum(before), 1), round(sum(after), 1)

    @property
    def shown(self) -> list[Compared]:
        """Whoever is wanted for too much, before or after."""
        return [one for one in self.compared if one.is_over]


def cost_of(days: int, per_week: Decimal) -> Decimal:
    """Kroner for so many working days more."""
    return (per_week * max(days, 0) / 5).quantize(Decimal(1))


def of_change(head: Plan, tried: Prepared) -> Levelled:
    """What the change does to the load, from this week on."""
    both = [staffed(one, units_of(one.plan)) for one in (tried.before, tried.after)]
    weeks = weeks_of(tried.before, tried.after)
    before, after = ({one.resource: one for one in lines(of, weeks)} for of in both)
    names = names_of(both[1])
    running = money(head.project).running_per_week
    return Levelled(
        compared=tuple(
            Compared(names.get(uid, before[uid].name), before[uid].person, before[uid], after[uid])
            for uid in before
            if uid in after
        ),
        moves=_moves(both[0], both[1], tried, names, running),
        left=tuple(left_over(both[1], tried.after, names)),
        finishes=(tried.before.finish, tried.after.finish),
        per_week=running,
    )


def weeks_of(*plans: Loaded) -> list[date]:
    """From this week to the end of the plan."""
    today = timezone.localdate()
    ends = [one.finish for one in plans if one.finish]
    return mondays(today, max([today, *ends]))


def names_of(of: Staffed) -> dict[int, str]:
    """What each resource is called: the person, where it is one of ours."""
    people = of.people
    known = dict(Person.objects.filter(pk__in=set(people.values())).values_list("pk", "name"))
    called = {one.uid: one.name for one in of.plan.resources}
    return called | {uid: known[pk] for uid, pk in people.items() if pk in known}


def _moves(
    before: Staffed, after: Staffed, tried: Prepared, names: Mapping[int, str], running: Decimal
) -> tuple[Move, ...]:
    if before.schedule is None or after.schedule is None:
        return ()
    collided: dict[int, set[int]] = defaultdict(set)
    for one in engine.overloads(before.schedule):
        for uid in one.activities:
            collided[uid].add(one.resource)
    touched = [edit.uid for edit in tried.edits if isinstance(edit, engine.SetLevellingDelay)]
    found = []
    for uid in touched:
        was, row = tried.before.rows.get(uid), tried.after.rows.get(uid)
        if was is None or row is None or was.finish == row.finish:
            continue
        waits = tuple(sorted(names[one] for one in collided.get(uid, ())))
        found.append(_move(before.schedule, was, row, waits, running))
    return tuple(sorted(found, key=lambda one: (-one.cost, -one.days, one.number))[:MOST_MOVES])


def _move(
    schedule: engine.Schedule, was: Row, row: Row, waits: tuple[str, ...], running: Decimal
) -> Move:
    slack = max(schedule[row.uid].total_slack, 0) // (schedule.plan.minutes_per_day * 60)
    days = working_days(was.finish, row.finish)
    beyond = max(days - slack, 0)
    late = row.deadline is not None and row.finish is not None and row.finish > row.deadline
    return Move(
        uid=row.uid,
        number=row.number,
        name=row.name,
        starts=(was.start, row.start),
        finishes=(was.finish, row.finish),
        days=days,
        beyond=beyond,
        overdue=working_days(row.deadline, row.finish) if late else 0,
        waits_for=waits,
        cost=cost_of(beyond, running),
    )


def collisions(of: Staffed, loaded: Loaded, names: Mapping[int, str]) -> list[str]:
    """What is too much from now on as the plan stands, and which tasks want the same time."""
    called = {uid: row.name for uid, row in loaded.rows.items()}
    return _unlike(
        [
            _("%(name)s, %(first)s to %(last)s: %(tasks)s")
            % {
                "name": names[one.resource],
                "first": formats.short_date(first, language()),
                "last": formats.short_date(last, language()),
                "tasks": _listed([called.get(uid, str(uid)) for uid in one.activities]),
            }
            for one, first, last in _coming(of)
        ]
    )[:MOST_LEFT]


def _listed(found: Sequence[str]) -> str:
    quoted = ", ".join(_("“%(name)s”") % {"name": name} for name in found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    return quoted if more <= 0 else _("%(tasks)s and %(n)s more") % {"tasks": quoted, "n": more}


def _coming(of: Staffed) -> Iterator[tuple[engine.Overload, date, date]]:
    if of.schedule is None:
        return
    today = timezone.localdate()
    for one in engine.overloads(of.schedule):
        first, last = day_of(one.start), day_of(one.finish)
        if first is not None and last is not None and last >= today:
            yield one, first, last


def left_over(of: Staffed, loaded: Loaded, names: Mapping[int, str]) -> list[str]:
    """What is still too much from now on, and why it cannot make way, in sentences."""
    rows = {one.uid: one for one in of.plan.activities}
    called = {uid: row.name for uid, row in loaded.rows.items()}
    said: list[str] = []
    for one, _first, _last in _coming(of):
        pins = ((uid, pin_of(of.plan, rows[uid])) for uid in one.activities)
        reasons = tuple((uid, pin) for uid, pin in pins if pin is not None)
        said.append(Remaining(one, reasons).sentence(called, names[one.resource], language()))
    return _unlike(said)[:MOST_LEFT]


def _unlike(said: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(said))
