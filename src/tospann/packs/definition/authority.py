"""The authority matrix as data: decision kind × measure × limit → who decides."""

from itertools import combinations
from typing import Annotated, Literal, Self, get_args

from pydantic import Field as Bounds
from pydantic import StrictInt, model_validator

from tospann.packs.definition.words import Definition, Mode, Role, Text

DecisionKind = Literal[
    "plan",
    "baseline",
    "goal",
    "team",
    "gate",
    "phase",
    "document",
    "report",
    "budget",
    "tolerance",
    "authority",
    "sharing",
    "contract",
    "acceptance",
    "resource",
    "risk",
    "closing",
    "benefit_plan",
]
Measure = Literal[
    "finish_change_days",
    "milestone_change_days",
    "gate_date_change_days",
    "cost_change",
    "cumulative_cost_change",
    "contingency_left_percent",
    "manager_reserve_released",
    "owner_reserve_released",
    "contract_value",
    "scope_dropped",
    "quality_waived",
    "person_taken_from_other_project",
    "external_sharing",
]
"""Computed consequences. Days are working days; changes of plan and cost add up over the phase."""
Unit = Literal["days", "NOK", "percent", "count"]
Operator = Literal[">", "<"]
UNITS: dict[Measure, Unit] = {
    "finish_change_days": "days",
    "milestone_change_days": "days",
    "gate_date_change_days": "days",
    "cost_change": "NOK",
    "cumulative_cost_change": "NOK",
    "contingency_left_percent": "percent",
    "manager_reserve_released": "NOK",
    "owner_reserve_released": "NOK",
    "contract_value": "NOK",
    "scope_dropped": "count",
    "quality_waived": "count",
    "person_taken_from_other_project": "count",
    "external_sharing": "count",
}
RANK: dict[Role, int] = {
    "coordinator": 1,
    "manager": 2,
    "line_manager": 2,
    "steering": 3,
    "owner": 3,
    "portfolio_leader": 3,
}


class AuthorityRule(Definition):
    """For decisions of ``kind``: always, or when the measure is beyond the limit, these decide.

    Of the rules that apply to a change the strictest wins.
    """

    kind: DecisionKind
    measure: Measure | None = None
    operator: Operator = ">"
    limit: StrictInt | None = None
    unit: Unit | None = None
    deciders: Annotated[tuple[Role, ...], Bounds(min_length=1)]
    mode: Mode = "any"
    because: Text | None = None

    @property
    def strictness(self) -> int:
        """How high the decision must go: the lowest role that is enough, or the highest of all."""
        ranks = [RANK.get(role, 0) for role in self.deciders]
        return max(ranks) if self.mode == "all" else min(ranks)

    @model_validator(mode="after")
    def _limit_belongs_to_measure(self) -> Self:
        given = {self.measure is None, self.limit is None, self.unit is None}
        if len(given) != 1:
            raise ValueError(
                f"{self.kind}: measure, limit and unit are given together or not at all"
            )
        if self.measure and self.unit != UNITS[self.measure]:
            raise ValueError(f"{self.kind}: {self.measure} is counted in {UNITS[self.measure]}")
        if (self.measure == "contingency_left_percent") != (self.operator == "<"):
            raise ValueError(f"{self.kind}: what is left is compared with <, all else with >")
        return self


def matrix_problems(rules: tuple[AuthorityRule, ...]) -> list[str]:
    """Why a matrix cannot be used: a kind nobody decides, or more change needing less authority."""
    seen = {rule.kind for rule in rules if rule.measure is None}
    missing = [kind for kind in get_args(DecisionKind) if kind not in seen]
    problems = [f"authority: no rule without a measure for {kind}" for kind in missing]
    problems += [
        f"authority: {one.kind} {one.measure} {one.limit} and {other.limit}: "
        "the larger change needs a weaker decider"
        for one, other in combinations(rules, 2)
        if _contradict(one, other)
    ]
    return problems


def _contradict(one: AuthorityRule, other: AuthorityRule) -> bool:
    if (one.kind, one.measure) != (other.kind, other.measure) or one.measure is None:
        return False
    smaller, larger = sorted((one, other), key=lambda rule: rule.limit or 0)
    if one.operator == "<":
        smaller, larger = larger, smaller
    return larger.strictness < smaller.strictness
