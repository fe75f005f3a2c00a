"""What the portfolio would be like if projects began later or stopped. Computed; nothing written.

What is under way goes on in both: facts are not moved. A project that stops begins nothing more.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

import planengine as engine
from planengine.edits import Edit
from tospann.benefits.models import Benefit, BenefitState
from tospann.budget.queries import money
from tospann.conflicts.finding import ahead, over, wanted_of
from tospann.conflicts.queries import LEADING
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Person
from tospann.planning import store
from tospann.planning.models import Kind, Plan, State
from tospann.planning.prepare import Prepared, prepared
from tospann.planning.preview import delay
from tospann.planning.projection import Row, working_days
from tospann.planning.store import Loaded
from tospann.projects.models import Gate, GateState, Project, ProjectState
from tospann.projects.queries import SEES_EVERY_PROJECT, visible_projects
from tospann.resources import capacity, load, rates
from tospann.resources.models import Load

MOST_CHOSEN = 6
MOST_SHOWN = 100
DAYS = 5
Dates = tuple[date | None, date | None]


@dataclass(frozen=True)
class Choice:
    """What is tried with a project: so many weeks later, or stopped where that is None."""

    project: Project
    weeks: int | None


@dataclass(frozen=True)
class Moved:
    """A gate's day before and after; None after is one that falls away."""

    gate: UUID
    name: str
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Effect:
    """What it does to a benefit: days later, or lost where that is None."""

    title: str
    per_year: Decimal | None
    currency: str
    days: int | None


@dataclass(frozen=True)
class Outcome:
    """What a choice does to its project. Money is None for whoever does not see it."""

    choice: Choice
    tried: Prepared | None
    gates: tuple[Moved, ...]
    benefits: tuple[Effect, ...]
    costs: Decimal | None
    frees: Decimal | None

    @property
    def has_plan(self) -> bool:
        return self.tried is not None

    @property
    def finish(self) -> Dates:
        return (self.tried.before.finish, self.tried.after.finish) if self.tried else (None, None)

    @property
    def days(self) -> int:
        return working_days(*self.finish)

    @property
    def dropped(self) -> int:
        """Activities that would not be begun."""
        return len(self.tried.edits) if self.tried and self.choice.weeks is None else 0


@dataclass(frozen=True)
class Strained:
    """Hours beyond what somebody has in the coming half year, before and after."""

    person: UUID
    name: str
    before: float
    after: float


def offered(actor: Actor) -> QuerySet[Project]:
    """The projects somebody may try this with: those she leads, or all for whoever sees all."""
    found = visible_projects(actor).exclude(state=ProjectState.CLOSED)
    if not actor.organisation_roles & SEES_EVERY_PROJECT:
        led = [pk for pk, held in actor.roles.items() if {one.role for one in held} & LEADING]
        found = found.filter(pk__in=led)
    return found.order_by("name", "pk")


def outcomes(actor: Actor, choices: Sequence[Choice]) -> list[Outcome]:
    """What each of the choices does, in their order."""
    return [outcome(one, sees_money=sees_money(actor, one.project)) for one in choices]


def sees_money(actor: Actor, project: Project | UUID) -> bool:
    """Whether somebody reads what it does to the project's money."""
    decides = rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide
    return decides or rates.may_see(actor, project)


def outcome(choice: Choice, *, sees_money: bool) -> Outcome:
    """What one choice does to its project."""
    head = Plan.objects.select_related("project").filter(project=choice.project).first()
    tried = prepared(head, edits_of(store.load(head), choice.weeks)) if head else None
    days = working_days(tried.before.finish, tried.after.finish) if tried else 0
    costs, frees = _money(choice, days) if sees_money else (None, None)
    effects = tuple(_effects(choice, days))
    return Outcome(choice, tried, tuple(_gates(choice)), effects, costs, frees)


def edits_of(loaded: Loaded, weeks: int | None) -> list[Edit]:
    """The edits of the plan: what has not begun is made later, or taken out where it stops."""
    ahead_ = [one for one in loaded.plan.activities if _is_ahead(loaded.rows.get(one.uid))]
    if weeks is None:
        return [engine.SetActive(one.uid, False) for one in ahead_]
    return [edit for one in ahead_ for edit in delay(loaded.plan, one, weeks * DAYS)]


def _is_ahead(row: Row | None) -> bool:
    """A task or milestone that has not begun."""
    if row is None or row.kind == Kind.SUMMARY or not row.is_active:
        return False
    return row.state not in (State.DONE, State.UNDER_WAY)


def _money(choice: Choice, days: int) -> tuple[Decimal, Decimal]:
    """What the later finish costs, and what is neither spent nor promised when it stops."""
    found = money(choice.project)
    if choice.weeks is None:
        return Decimal(0), max(found.total - found.spent - found.committed, Decimal(0))
    return (found.running_per_week * max(days, 0) / DAYS).quantize(Decimal(1)), Decimal(0)


def _gates(choice: Choice) -> Iterator[Moved]:
    """The gates that are not passed, and the days that would follow."""
    rows = Gate.objects.filter(project=choice.project, due_on__gte=timezone.localdate())
    for one in rows.exclude(state=GateState.PASSED).order_by("due_on", "position"):
        later = one.due_on + timedelta(weeks=choice.weeks) if one.due_on and choice.weeks else None
        yield Moved(one.pk, f"{one.code} {one.name}", one.due_on, later)


def _effects(choice: Choice, days: int) -> Iterator[Effect]:
    """Benefits that come later, or not."""
    if choice.weeks is not None and days <= 0:
        return
    rows = Benefit.objects.filter(
        project=choice.project, state__in=(BenefitState.PLANNED, BenefitState.REALISING)
    )
    for one in rows.order_by("number"):
        late = None if choice.weeks is None else days
        yield Effect(f"{one.code} {one.title}", one.value_per_year, one.currency, late)


def strained(found: Sequence[Outcome]) -> list[Strained]:
    """Who is wanted for too much, as it is or as it would be."""
    weeks = ahead()
    changed = {one.choice.project.pk: one.tried for one in found if one.tried}
    people = _people(changed, weeks)
    wanted, there = wanted_of(people, weeks), capacity.of_people(people, weeks)
    before = {pk: sum(over(wanted[pk], there[pk])) for pk in people}
    for project, tried in changed.items():
        minutes = load.planned_by(tried.after, tuple(load.agreed_shares(project)), weeks)
        for pk in people:
            wanted[pk][project] = [minutes.get((pk, week), 0.0) / 60 for week in weeks]
    after = {pk: sum(over(wanted[pk], there[pk])) for pk in people}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    rows = [Strained(pk, names[pk], round(before[pk], 1), round(after[pk], 1)) for pk in people]
    return sorted(
        (one for one in rows if one.before or one.after), key=lambda one: (-one.after, one.name)
    )


def _people(projects: Collection[UUID], weeks: Sequence[int]) -> list[UUID]:
    """Whom the projects want from now on."""
    rows = Load.objects.filter(project__in=list(projects), week__gte=weeks[0], week__lte=weeks[-1])
    return sorted(set(rows.values_list("person_id", flat=True)))
