"""One plan simulated, and what people read of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

import planengine as engine
from planengine.instants import DAY
from planengine.risk import Reading, Samples, Sensitivity
from tospann.budget.queries import Money, money
from tospann.foundation.errors import Invalid
from tospann.planning.models import Kind, Plan, State
from tospann.planning.projection import Row, day_of
from tospann.planning.simulate import draws
from tospann.planning.simulate import events as uncertain
from tospann.planning.simulate.models import UncertainEvent
from tospann.planning.store import Loaded
from tospann.projects.models import Project
from tospann.ui.jinja import language

WANTED = (10, 20, 50, 80, 85, 90)
BARS = 10
SPREAD = (0.9, 1.3)
"""What every task without an estimate is taken to vary by when that is asked for."""
MOST_CELLS = 12_000_000
"""Tasks times draws that a page answers for."""


@dataclass(frozen=True)
class Asked:
    """How to simulate: how many draws (0: as many as answer at once), a spread for all, and how
    the three numbers of an estimate are read.
    """

    draws: int = 0
    is_spread: bool = False
    reading: Reading = Reading.ERLANG


@dataclass(frozen=True)
class Bar:
    """What one task or event does to the finish, or the cost."""

    name: str
    uid: int | None
    correlation: float
    early: int
    late: int


@dataclass(frozen=True)
class Decisive:
    """The share of draws in which a task decides the finish."""

    row: Row
    share: float


@dataclass(frozen=True)
class Simulated:
    """A plan with its simulation."""

    loaded: Loaded
    result: engine.RiskResult
    events: tuple[UncertainEvent, ...]
    cost: Samples
    """Hundredths: the budget's forecast and what chance adds to it; without a budget, the tasks'
    own cost.
    """
    expected_cost: int

    @property
    def planned(self) -> date:
        return _day(self.result.scheduled_finish)

    @property
    def finishes(self) -> list[tuple[int, date]]:
        """The day each percentage is certain by."""
        return [(share, self.certain_by(share)) for share in WANTED]

    def certain_by(self, share: int) -> date:
        return _day(self.result.finish.percentile(share))

    @property
    def has_cost(self) -> bool:
        """Whether there is money in it, and chance has a part in that."""
        return self.cost.percentile(100) > self.cost.percentile(0)

    def chance_of_sum(self, amount: Decimal) -> float:
        """The chance that the amount is enough."""
        return self.cost.chance(round(amount * 100))

    @property
    def costs(self) -> list[tuple[int, Decimal]]:
        return [(share, self.costs_at_most(share)) for share in WANTED]

    def costs_at_most(self, share: int) -> Decimal:
        return Decimal(self.cost.percentile(share)) / 100

    @property
    def chance_of_plan(self) -> float:
        """The chance that it finishes on the planned day or before."""
        return self.chance(self.planned)

    def chance(self, day: date) -> float:
        return self.result.chance(engine.day(day) * DAY + DAY - 1)

    @property
    def tornado(self) -> list[Bar]:
        return self._bars(self.result.tornado)

    @property
    def cost_tornado(self) -> list[Bar]:
        return self._bars(self.result.cost_tornado)

    def _bars(self, found: Iterable[Sensitivity]) -> list[Bar]:
        names = {str(one.pk): one.name for one in self.events}
        rows = self.loaded.rows
        return [
            Bar(
                rows[one.uid].name if one.uid is not None else names.get(one.event or "", ""),
                one.uid,
                one.correlation,
                one.early,
                one.late,
            )
            for one in list(found)[:BARS]
        ]

    @property
    def decisive(self) -> list[Decisive]:
        """The tasks that most often decide the finish."""
        rows = self.loaded.rows
        shares = sorted(self.result.criticality.items(), key=lambda item: (-item[1], item[0]))
        return [Decisive(rows[uid], share) for uid, share in shares if share > 0][:15]

    @property
    def milestones(self) -> list[tuple[Row, date, date]]:
        """Each milestone with the days it is 50 and 80 per cent certain by."""
        rows = ((self.loaded.rows[uid], found) for uid, found in self.result.finishes.items())
        listed = [
            (row, _day(found.percentile(50)), _day(found.percentile(80)))
            for row, found in rows
            if row.kind == Kind.MILESTONE and row.state != State.DONE
        ]
        return sorted(listed, key=lambda item: (item[0].finish or date.max, item[0].number))[:60]


def _day(instant: int) -> date:
    found = day_of(instant)
    assert found is not None
    return found


def is_uncertain(loaded: Loaded, events: Sequence[UncertainEvent], asked: Asked) -> bool:
    """Whether chance has any part in the plan."""
    return bool(events) or asked.is_spread or draws.is_uncertain(loaded.plan)


def run(
    head: Plan,
    loaded: Loaded,
    events: Sequence[UncertainEvent],
    asked: Asked,
    size: int = 0,
    forecast: Decimal | None = None,
) -> Simulated:
    """Simulate a plan of the project. ``size``: as many draws as for a plan of that size;
    ``forecast``: what the budget says it costs in the end. ``Invalid`` when it cannot be done.
    """
    settings = settings_of(head, loaded, events, size or len(loaded.rows))
    settings = replace(settings, reading=asked.reading)
    if asked.draws:
        most = max(MOST_CELLS // max(size, len(loaded.rows), 1), 100)
        settings = replace(settings, samples=min(asked.draws, most))
    if asked.is_spread:
        settings = replace(settings, spread=SPREAD)
    try:
        found = draws.simulate(loaded, settings)
    except engine.RiskError as error:
        raise Invalid(error.sentence(language())) from None
    except draws.Busy:
        raise Invalid(_("Too much is being computed just now. Try again in a moment.")) from None
    expected = found.scheduled_cost if forecast is None else round(forecast * 100)
    cost = Samples(found.cost.values, expected - found.scheduled_cost)
    return Simulated(loaded, found, tuple(events), cost, expected)


def settings_of(
    head: Plan, loaded: Loaded, events: Sequence[UncertainEvent], size: int
) -> engine.RiskSettings:
    """The project's own seed and events, and draws for a plan of that size."""
    leaves = {row.uid for row in loaded.rows.values() if row.kind != Kind.SUMMARY}
    return engine.RiskSettings(
        samples=draws.samples_for(size),
        seed=draws.seed_of(head.project_id),
        events=uncertain.drawn(events, loaded.plan, leaves),
    )


def money_of(project: Project) -> Money | None:
    """The project's money, when it has a budget with something in it."""
    found = money(project)
    return found if found.planned else None
