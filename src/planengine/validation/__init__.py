"""Is this a plan a schedule can be computed from? Errors name the row and the rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from planengine.model import Plan
from planengine.outline import Outline
from planengine.validation.activities import activity_errors
from planengine.validation.calendars import calendar_errors
from planengine.validation.errors import PlanError
from planengine.validation.network import cycle_errors
from planengine.validation.plan import assignment_errors, head_errors, link_errors, resource_errors

__all__ = ["PlanError", "validate"]

MOST = 1000
"""Errors `validate` reports unless asked for more."""


def validate(plan: Plan, limit: int = MOST) -> tuple[PlanError, ...]:
    """Every rule the plan breaks, at most `limit` of them; empty for a sound plan.

    Never raises for a plan made of the right types, whatever its values. Time is linear in the size
    of the plan and nothing recurses.
    """
    return tuple(islice(_errors(plan), limit))


def _errors(plan: Plan) -> Iterator[PlanError]:
    outline = Outline(plan)
    calendars = frozenset(row.uid for row in plan.calendars)
    resources = frozenset(row.uid for row in plan.resources)
    yield from chain(
        head_errors(plan, calendars),
        calendar_errors(plan.calendars),
        resource_errors(plan, calendars),
        activity_errors(plan, outline, calendars),
        link_errors(plan, outline),
        cycle_errors(plan, outline),
        assignment_errors(plan, outline, resources),
    )
