"""The state of each area as it follows from the facts, with its reasons. Pure functions.

Yellow: more than half of a tolerance is used, or a needed decision is open. Red: a tolerance is or
will be exceeded. The thresholds are the project's own data.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.reports.models import Light

Data = dict[str, Any]
USUAL: Mapping[str, int] = {
    "amber_percent": 50,
    "late_milestones_amber": 1,
    "late_milestones_red": 3,
    "deviations_amber": 1,
    "deviations_red": 5,
}
"""The thresholds of a project that has set none."""
RANK = {Light.NONE: 0, Light.GREEN: 1, Light.AMBER: 2, Light.RED: 3}
# Which area a waiting case concerns, by the capability whose commands it holds.
_CONCERNS = {
    "planning": "time",
    "budget": "cost",
    "projects": "scope",
    "risks": "risk",
    "benefits": "benefits",
}

_OVER = gettext_noop(
    "The plan ends %(slip)s after the agreed date %(agreed)s; the tolerance is %(allowed)s."
)
_USED = gettext_noop(
    "The plan ends %(slip)s after the agreed date %(agreed)s, which is "
    "%(percent)s per cent of the tolerance of %(allowed)s."
)
_LATE = gettext_noop("Milestones past their date without being reached: %(count)s.")
_MOVED = gettext_noop(
    "“%(name)s” has moved %(slip)s from its agreed date; the tolerance is %(allowed)s."
)
_DECISION = gettext_noop("A needed decision is open: “%(title)s”.")
_DEVIATIONS = gettext_noop("Open deviations: %(count)s.")
_UNANSWERED = gettext_noop("Critical risks without a decided response: %(count)s.")
_CRITICAL = gettext_noop("Critical risks, all with a decided response: %(count)s.")
_NOT_MET = gettext_noop("Success criteria assessed as not met: %(count)s.")
_TIME_FINE = gettext_noop("The plan ends on or before the agreed date %(agreed)s.")
_TIME_WITHIN = gettext_noop(
    "The plan ends %(slip)s after the agreed date %(agreed)s, well within the "
    "tolerance of %(allowed)s."
)
_COST_OVER = gettext_noop(
    "The forecast is %(forecast)s; the lines and the tolerance for cost reach to %(limit)s."
)
_COST_USED = gettext_noop(
    "The forecast is %(forecast)s against %(planned)s on the lines, which is %(percent)s per cent "
    "of the way to %(limit)s, as far as the tolerance for cost reaches."
)
_COST_FINE = gettext_noop("The forecast of %(forecast)s is within the %(planned)s on the lines.")
_COST_WITHIN = gettext_noop(
    "The forecast is %(forecast)s against %(planned)s on the lines, well within %(limit)s, as far "
    "as the tolerance for cost reaches."
)
_COST_TREND = gettext_noop(
    "At the present value for money the project ends at %(eac)s; the tolerance for cost reaches to "
    "%(limit)s."
)
_TIME_TREND = gettext_noop(
    "At the present pace the work is finished on %(finish)s; the tolerance for time reaches to "
    "%(last_day)s."
)
_NO_BUDGET = gettext_noop("The project has no approved budget yet.")
_NO_PLAN = gettext_noop("The project has no plan yet.")
_NO_FIGURES = gettext_noop("The portal has no figures for this area. Set it by hand.")
_FINE = {
    "scope": gettext_noop("No change of the scope waits for a decision."),
    "quality": gettext_noop("No deviations are open."),
    "risk": gettext_noop("No critical risks are open."),
    "benefits": gettext_noop("No success criteria are assessed as not met."),
}


_COUNTED = {
    "scope": gettext_noop("Deliverables refused: %(count)s; the tolerance is %(most)s."),
    "quality": gettext_noop(
        "Open deviations and faults of grade A and B: %(count)s; the tolerance is %(most)s."
    ),
    "risk": gettext_noop(
        "Critical risks without a decided response: %(count)s; the tolerance is %(most)s."
    ),
    "benefits": gettext_noop(
        "The benefits are %(count)s per cent short of their target; the tolerance is %(most)s."
    ),
}
COUNTED = tuple(_COUNTED)
"""The areas whose tolerance is a number of something."""


@dataclass
class Assessed:
    """The state of one area by rule, and why."""

    area: str
    light: Light = Light.GREEN
    why: list[Sentence] = field(default_factory=list)
    fine: Sentence | None = None
    """What is said when nothing speaks against it."""

    def is_at_least(self, light: Light, sentence: Sentence) -> None:
        """A reason for a state: the worst counts, and its reasons come first."""
        if RANK[light] > RANK[self.light]:
            self.light = light
            self.why.insert(0, sentence)
        else:
            self.why.append(sentence)

    def to_json(self) -> Data:
        why = [sentence.to_json() for sentence in self.why]
        return {"area": self.area, "proposed": str(self.light), "why": why}


def assess(
    facts: Data,
    areas: Iterable[str],
    tolerances: Mapping[str, int | None],
    thresholds: Mapping[str, int],
    most: Mapping[str, int | None] | None = None,
) -> list[Data]:
    """Each area's proposed state with its reasons; ``tolerances`` are working days by area, and
    ``most`` is how many (of benefits: per cent short) may stand."""
    limits = {**USUAL, **thresholds}
    made = [_area(area, facts, tolerances, limits, (most or {}).get(area)) for area in areas]
    return [one.to_json() for one in made]


def worst(lights: Iterable[str]) -> Light:
    """The overall state: that of the worst area."""
    return max((Light(light) for light in lights), key=lambda one: RANK[one], default=Light.NONE)


def _area(
    area: str,
    facts: Data,
    tolerances: Mapping[str, int | None],
    limits: Mapping[str, int],
    most: int | None = None,
) -> Assessed:
    made, rule = Assessed(area), _RULES.get(area)
    if rule is None:
        made.light = Light.NONE
    else:
        rule(made, facts, tolerances.get(area) or 0, limits)
    heed_what_is_known(made, facts.get("areas", {}).get(area), most, limits)
    for case in facts["needed"]:
        if area in _areas_of(case):
            made.is_at_least(Light.AMBER, Sentence(_DECISION, {"title": case["title"]}))
    if not made.why:
        made.why.append(made.fine or Sentence(_FINE.get(area, _NO_FIGURES)))
    return made


def heed_what_is_known(
    made: Assessed, known: Data | None, most: int | None, limits: Mapping[str, int]
) -> None:
    """What the area's capability warns of, and its count against the tolerance."""
    if known is None:
        return
    for light, sentence in known["said"]:
        made.is_at_least(Light(light), Sentence.from_json(sentence))
    counted = known["counted"]
    if most is None or counted is None or made.area not in _COUNTED:
        return
    said = Sentence(_COUNTED[made.area], {"count": counted, "most": most})
    if counted > most:
        made.is_at_least(Light.RED, said)
    elif counted and 100 * counted > limits["amber_percent"] * most:
        made.is_at_least(Light.AMBER, said)
    else:
        made.fine = said


def _areas_of(case: Data) -> set[str]:
    """A case about nothing the portal knows is about time: it holds the work up."""
    return {_CONCERNS[name] for name in case["about"] if name in _CONCERNS} or {"time"}


def _time(made: Assessed, facts: Data, allowed: int, limits: Mapping[str, int]) -> None:
    plan = facts["plan"]
    if plan is None:
        made.light = Light.NONE
        made.fine = Sentence(_NO_PLAN)
        return
    _finish(made, plan, allowed, limits)
    heed_the_trend(made, facts.get("earned"))
    late = sum(row["is_late"] for row in facts["milestones"])
    if late >= limits["late_milestones_amber"]:
        light = Light.RED if late >= limits["late_milestones_red"] else Light.AMBER
        made.is_at_least(light, Sentence(_LATE, {"count": late}))
    moved = max(facts["milestones"], key=lambda row: row["slip"], default=None)
    if moved and moved["slip"] > allowed and moved["slip"] > plan["slip"]:
        said = {"name": moved["name"], "slip": _days(moved["slip"]), "allowed": _days(allowed)}
        made.is_at_least(Light.AMBER, Sentence(_MOVED, said))


def _finish(made: Assessed, plan: Data, allowed: int, limits: Mapping[str, int]) -> None:
    slip, agreed = plan["slip"], f"day:{plan['agreed']}"
    said = {"slip": _days(slip), "agreed": agreed, "allowed": _days(allowed)}
    if slip <= 0:
        made.fine = Sentence(_TIME_FINE, {"agreed": agreed})
    elif slip > allowed:
        made.is_at_least(Light.RED, Sentence(_OVER, said))
    elif 100 * slip > limits["amber_percent"] * allowed:
        said["percent"] = str(round(100 * slip / allowed))
        made.is_at_least(Light.AMBER, Sentence(_USED, said))
    else:
        made.fine = Sentence(_TIME_WITHIN, said)


def _days(count: int) -> str:
    return f"amount:{count}:days"


def time_alone(plan: Data, allowed: int, limits: Mapping[str, int]) -> Assessed:
    """What the plan's finish alone says of the tolerance for time."""
    made = Assessed("time")
    _finish(made, plan, allowed, limits)
    return made


def cost_alone(money: Data, limits: Mapping[str, int]) -> Assessed:
    """What the forecast says of the tolerance for cost."""
    made = Assessed("cost")
    forecast, limit, planned = (Decimal(money[name]) for name in ("forecast", "limit", "planned"))
    said = {name: f"amount:{money[name]}:NOK" for name in ("forecast", "limit", "planned")}
    if forecast > limit:
        made.is_at_least(Light.RED, Sentence(_COST_OVER, said))
    elif forecast <= planned:
        made.fine = Sentence(_COST_FINE, said)
    elif 100 * (forecast - planned) > limits["amber_percent"] * (limit - planned):
        share = round(100 * (forecast - planned) / (limit - planned))
        made.is_at_least(Light.AMBER, Sentence(_COST_USED, {**said, "percent": share}))
    else:
        made.fine = Sentence(_COST_WITHIN, said)
    return made


def _cost(made: Assessed, facts: Data, allowed: int, limits: Mapping[str, int]) -> None:
    money = facts.get("money")
    if money is None:
        made.light = Light.NONE
        made.fine = Sentence(_NO_BUDGET)
        return
    alone = cost_alone(money, limits)
    made.light, made.why, made.fine = alone.light, alone.why, alone.fine
    heed_the_trend(made, facts.get("earned"))


def heed_the_trend(made: Assessed, earned: Data | None) -> None:
    """What earned value warns of: if it goes on like this, a tolerance will not be enough."""
    if earned and made.area == "cost" and earned["cost_is_beyond"]:
        said = {name: f"amount:{earned[name]}:NOK" for name in ("eac", "limit")}
        made.is_at_least(Light.AMBER, Sentence(_COST_TREND, said))
    if earned and made.area == "time" and earned["finish_is_beyond"]:
        said = {name: f"day:{earned[name]}" for name in ("finish", "last_day")}
        made.is_at_least(Light.AMBER, Sentence(_TIME_TREND, said))


def _scope(made: Assessed, facts: Data, allowed: int, limits: Mapping[str, int]) -> None:
    """Scope is only at stake in the cases, which every area looks at."""


def _quality(made: Assessed, facts: Data, allowed: int, limits: Mapping[str, int]) -> None:
    count = len(facts["deviations"])
    if count and count >= limits["deviations_amber"]:
        light = Light.RED if count >= limits["deviations_red"] else Light.AMBER
        made.is_at_least(light, Sentence(_DEVIATIONS, {"count": count}))


def _risk(made: Assessed, facts: Data, allowed: int, limits: Mapping[str, int]) -> None:
    if facts["critical_unanswered"]:
        said = {"count": facts["critical_unanswered"]}
        made.is_at_least(Light.RED, Sentence(_UNANSWERED, said))
    elif facts["critical"]:
        made.is_at_least(Light.AMBER, Sentence(_CRITICAL, {"count": facts["critical"]}))


def _benefits(made: Assessed, facts: Data, allowed: int, limits: Mapping[str, int]) -> None:
    if count := sum(goal["not_met"] for goal in facts["goals"]):
        made.is_at_least(Light.AMBER, Sentence(_NOT_MET, {"count": count}))


Rule = Callable[[Assessed, Data, int, Mapping[str, int]], None]
_RULES: Mapping[str, Rule] = {
    "time": _time,
    "cost": _cost,
    "scope": _scope,
    "quality": _quality,
    "risk": _risk,
    "benefits": _benefits,
}
KNOWN = tuple(_RULES)
"""The areas the portal can assess by itself."""
