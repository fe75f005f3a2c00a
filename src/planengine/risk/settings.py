"""What is uncertain and how it is to be simulated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planengine.model import Plan, Reading
from planengine.phrases import Phrases, say
from planengine.risk.distributions import Distribution, is_sound

MOST_SAMPLES = 1_000_000
MOST_WATCHED = 1000
"""Activities whose finish may be asked for; as many milestones and deadlines are kept beside."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What an event does if it happens.

    `delay` is seconds of working time added to `activity` (negative for an opportunity; a duration
    never falls below zero), `cost` hundredths added to the plan's cost. Either may be `None`; a
    cost needs no activity.
    """

    activity: int | None = None
    delay: Distribution | None = None
    cost: Distribution | None = None


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """Something that happens with `probability` (0–1), and its impacts.

    `key` names the event's random numbers: keep it stable, such as the risk's id.
    """

    key: str
    probability: float
    impacts: tuple[Impact, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """A cause common to several activities, such as weather or a new crew.

    `loadings` says how strongly each activity follows it, −1 to 1. Two activities with loadings a
    and b get the correlation a · b between their normal scores; an activity's squared loadings may
    add up to at most 1. `key` names the factor's random numbers.
    """

    key: str
    loadings: Mapping[int, float]
    name: str = ""


@dataclass(frozen=True, slots=True)
class RiskSettings:
    """How to simulate. The defaults take the plan's own three-point estimates as they stand.

    `durations` (seconds of working time) and `costs` (hundredths, the whole activity) replace the
    estimate of an activity, by uid. `spread` gives activities without one low and high as shares of
    their duration, such as `(0.9, 1.3)`. `correlation` (0–1) is a factor common to all uncertain
    activities. `watch` are activities or summaries whose finish is wanted beside milestones and
    those with a deadline. `batch` samples are computed at once (`None`: chosen by size); it never
    changes a result. `compiled` forces or forbids numba (`None`: where it pays).
    """

    samples: int = 10_000
    seed: int = 1
    reading: Reading = Reading.ERLANG
    durations: Mapping[int, Distribution] = field(default_factory=dict)
    costs: Mapping[int, Distribution] = field(default_factory=dict)
    spread: tuple[float, float] | None = None
    events: tuple[RiskEvent, ...] = ()
    factors: tuple[Factor, ...] = ()
    correlation: float = 0.0
    watch: tuple[int, ...] = ()
    batch: int | None = None
    compiled: bool | None = None


class RiskError(ValueError):
    """A simulation that cannot be made. `code` names the rule, `detail` the offending value."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(self.sentence("en"))

    def sentence(self, language: str = "en") -> str:
        """The error as one sentence in nb or en."""
        return say(_SENTENCES, self.code, language, {"detail": self.detail})


class Cancelled(Exception):
    """The simulation was stopped because the caller's `cancelled` said so."""


_SENTENCES: Phrases = {
    "samples": (
        "Antall trekninger må være mellom 1 og 1 000 000 ({detail}).",
        "The number of samples must be from 1 to 1,000,000 ({detail}).",
    ),
    "batch": ("En bolk må ha minst én trekning.", "A batch needs at least one sample."),
    "activity": (
        "Aktivitet {detail} finnes ikke i planen.",
        "Activity {detail} is not in the plan.",
    ),
    "summary": (
        "Aktivitet {detail} er en samleaktivitet; usikkerhet hører til aktivitetene under den.",
        "Activity {detail} is a summary; uncertainty belongs to the activities below it.",
    ),
    "distribution": (
        "Spredningen er ikke endelige tall i stigende orden ({detail}).",
        "The distribution is not finite numbers in rising order ({detail}).",
    ),
    "probability": (
        "Sannsynligheten må være mellom 0 og 1 ({detail}).",
        "The probability must be from 0 to 1 ({detail}).",
    ),
    "key": (
        "To hendelser eller to faktorer har samme nøkkel ({detail}).",
        "Two events or two factors have the same key ({detail}).",
    ),
    "loading": (
        "Ladningene til aktivitet {detail} er for store: kvadratene må bli høyst 1.",
        "The loadings of activity {detail} are too large: their squares may add up to 1.",
    ),
    "correlation": (
        "Korrelasjonen må være mellom 0 og 1 ({detail}).",
        "The correlation must be from 0 to 1 ({detail}).",
    ),
    "spread": (
        "Spredningen må være to andeler, lav ≤ 1 ≤ høy ({detail}).",
        "The spread must be two shares, low ≤ 1 ≤ high ({detail}).",
    ),
    "watch": (
        "Høyst 1000 aktiviteter kan følges ({detail}).",
        "At most 1000 activities can be watched ({detail}).",
    ),
    "reach": (
        "Simuleringen når lenger enn 68 år ({detail}).",
        "The simulation reaches further than 68 years ({detail}).",
    ),
}


def check(plan: Plan, settings: RiskSettings) -> None:
    """Raise `RiskError` for settings that do not fit the plan or themselves."""
    if not 1 <= settings.samples <= MOST_SAMPLES:
        raise RiskError("samples", str(settings.samples))
    if settings.batch is not None and settings.batch < 1:
        raise RiskError("batch")
    if not 0 <= settings.correlation <= 1:
        raise RiskError("correlation", f"{settings.correlation:g}")
    if settings.spread is not None:
        low, high = settings.spread
        if not 0 <= low <= 1 <= high <= 100:
            raise RiskError("spread", f"{low:g}, {high:g}")
    if len(settings.watch) > MOST_WATCHED:
        raise RiskError("watch", str(len(settings.watch)))
    _check_names(plan, settings)
    for spread in _distributions(settings):
        if not is_sound(spread):
            raise RiskError("distribution", str(spread))
    _check_events(settings)
    _check_loadings(settings)


def _check_names(plan: Plan, settings: RiskSettings) -> None:
    known = {row.uid for row in plan.activities}
    above = {row.parent for row in plan.activities}
    for uid in settings.watch:
        if uid not in known:
            raise RiskError("activity", str(uid))
    for uid in _named(settings):
        if uid not in known:
            raise RiskError("activity", str(uid))
        if uid in above:
            raise RiskError("summary", str(uid))


def _check_events(settings: RiskSettings) -> None:
    for rows in (settings.events, settings.factors):
        keys = [row.key for row in rows]
        if len(set(keys)) < len(keys):
            raise RiskError("key", next(key for key in keys if keys.count(key) > 1))
    for event in settings.events:
        if not 0 <= event.probability <= 1:
            raise RiskError("probability", f"{event.probability:g}")


def _check_loadings(settings: RiskSettings) -> None:
    total: dict[int, float] = {}
    for factor in settings.factors:
        for uid, loading in factor.loadings.items():
            total[uid] = total.get(uid, settings.correlation) + loading**2
    for uid, squares in total.items():
        if not squares <= 1 + 1e-12:
            raise RiskError("loading", str(uid))


def _named(settings: RiskSettings) -> Iterator[int]:
    yield from settings.durations
    yield from settings.costs
    for factor in settings.factors:
        yield from factor.loadings
    for event in settings.events:
        for impact in event.impacts:
            if impact.activity is not None and impact.delay is not None:
                yield impact.activity


def _distributions(settings: RiskSettings) -> Iterator[Distribution]:
    yield from settings.durations.values()
    yield from settings.costs.values()
    for event in settings.events:
        for impact in event.impacts:
            if impact.delay is not None:
                yield impact.delay
            if impact.cost is not None:
                yield impact.cost
