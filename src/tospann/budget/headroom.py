"""How far the limits on money reach: what has been used of each, and who decides beyond it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tospann.budget import limits
from tospann.budget.queries import Money
from tospann.foundation.authority import MEASURES, Rule, amount_text, rules_of, who_text
from tospann.projects.models import Project

KIND = "budget"


@dataclass(frozen=True)
class Headroom:
    """A row of the authority matrix beside how it stands.

    ``used`` is 0–100."""

    label: str
    now: str
    limit: str
    who: str
    used: int | None
    """None where the limit is nothing at all: then every change is beyond it."""
    is_beyond: bool


def of(project: Project, money: Money) -> list[Headroom]:
    """The rows about money that a change is measured by; none before anything is agreed."""
    if money.phase_start is None:
        return []
    now = _standing(money)
    rows = [row for row in rules_of(project.pk) if row.kind == KIND and row.measure in now]
    return [_headroom(row, now[row.measure]) for row in rows]


def _standing(money: Money) -> Mapping[str, Decimal]:
    found = {
        limits.COST: money.change,
        limits.COST_IN_PHASE: money.change_in_phase,
        limits.MANAGERS: money.manager.released_in_phase,
        limits.OWNERS: money.owner.released_in_phase,
    }
    left = money.contingency_left_percent
    return found if left is None else {**found, limits.LEFT: left.quantize(Decimal(1))}


def _headroom(row: Rule, now: Decimal) -> Headroom:
    limit, unit = row.limit or Decimal(0), MEASURES[row.measure].unit
    label = str(MEASURES[row.measure].label)
    return Headroom(
        label=label[:1].upper() + label[1:],
        now=amount_text(now, unit),
        limit=amount_text(limit, unit),
        who=who_text(row.deciders, [one.name for one in row.people], row.mode, row.quorum),
        used=_used(row.operator, now, limit),
        is_beyond=bool(limit) and (now > limit if row.operator == ">" else now < limit),
    )


def _used(operator: str, now: Decimal, limit: Decimal) -> int | None:
    if not limit:
        return None
    if operator == "<":  # what is left, of what may be used before the limit
        share = (100 - now) / (100 - limit) if limit < 100 else Decimal(1)
    else:
        share = now / limit
    return int(min(max(share, Decimal(0)), Decimal(1)) * 100)
