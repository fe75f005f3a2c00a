"""Rows of the authority matrix, as rulings want them and as people read them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tospann.cases.models import AuthorityRule
from tospann.foundation.authority import (
    MEASURES,
    Named,
    Role,
    Rule,
    amount_text,
    roles_text,
    who_text,
)
from tospann.ui import formats
from tospann.ui.jinja import language

MEASURE_LABELS: dict[str, Any] = {
    "finish_change_days": _("the change of the plan's finish"),
    "milestone_change_days": _("the largest change of a milestone"),
    "gate_date_change_days": _("the change of a gate's date"),
    "cost_change": _("the cost increase"),
    "cumulative_cost_change": _("the total cost increase in the phase"),
    "contingency_left_percent": _("the contingency left"),
    "manager_reserve_released": _("what is released of the manager's reserve"),
    "owner_reserve_released": _("what is released of the owner's reserve"),
    "contract_value": _("the value of the contract"),
    "scope_dropped": _("the number of dropped parts of the scope"),
    "quality_waived": _("the number of waived quality requirements"),
    "person_taken_from_other_project": _("the number of people taken from other projects"),
    "external_sharing": _("the number of things shared outside"),
}
"""Also of measures that nothing computes yet: a row about one says what it is about."""
KIND_LABELS = {
    "plan": _("The plan"),
    "baseline": _("The baseline"),
    "goal": _("Goals and success criteria"),
    "team": _("The team and its roles"),
    "gate": _("Gates"),
    "phase": _("Starting a phase"),
    "document": _("Documents"),
    "report": _("Publishing reports"),
    "budget": _("The budget"),
    "tolerance": _("Tolerances"),
    "authority": _("The authority matrix"),
    "sharing": _("Sharing outside"),
    "contract": _("Contracts"),
    "acceptance": _("Acceptance of deliverables"),
    "resource": _("Resources"),
    "risk": _("Accepting risks"),
    "closing": _("Closing the project"),
    "benefit_plan": _("The benefits realisation plan"),
}


def rule(row: AuthorityRule) -> Rule:
    """A row as rulings want it."""
    return Rule(
        kind=row.kind,
        deciders=tuple(Role(role) for role in row.deciders),
        measure=row.measure,
        limit=row.limit,
        mode=row.mode,
        phase_id=row.phase_id,
        operator=row.operator,
        people=tuple(Named(UUID(one["id"]), one["name"]) for one in row.people),
        quorum=row.quorum,
        in_order=row.in_order,
        four_eyes=row.four_eyes,
        within_days=row.within_days,
        escalates_to=tuple(Role(role) for role in row.escalates_to),
    )


def what(row: AuthorityRule) -> str:
    return str(KIND_LABELS.get(row.kind, row.kind))


def when(row: AuthorityRule) -> str:
    """“always”, or the measure and its limit."""
    if not row.measure or row.limit is None:
        return gettext("always")
    known = MEASURES.get(row.measure)
    label = str(known.label if known else MEASURE_LABELS.get(row.measure, row.measure))
    limit = amount_text(row.limit, known.unit if known else "")
    words = gettext("%(measure)s above %(limit)s")
    if row.operator == "<":
        words = gettext("%(measure)s below %(limit)s")
    return words % {"measure": label, "limit": limit}


def who(row: AuthorityRule) -> str:
    """“project owner and Kari Nordmann”."""
    names = [one["name"] for one in row.people]
    return who_text(row.deciders, names, row.mode, row.quorum)


def ways(row: AuthorityRule) -> list[str]:
    """What else is asked of those who decide, a phrase each."""
    said = []
    if row.in_order:
        said.append(gettext("in this order"))
    if row.four_eyes:
        said.append(gettext("not whoever prepared it"))
    if row.within_days:
        days = ngettext(
            "within %(days)s working day", "within %(days)s working days", row.within_days
        ) % {"days": row.within_days}
        said.append(_escalating(row, days))
    if row.phase is not None:
        said.append(gettext("only in the phase %(phase)s") % {"phase": row.phase.name})
    return [*said, *_validity(row.valid_from, row.valid_to)]


def _escalating(row: AuthorityRule, days: str) -> str:
    if not row.escalates_to:
        return days
    then = roles_text(Role(role) for role in row.escalates_to)
    return gettext("%(days)s, then %(roles)s too") % {"days": days, "roles": then}


def _validity(start: date | None, end: date | None) -> list[str]:
    def day(of: date) -> str:
        return formats.short_date(of, language())

    said = [gettext("from %(day)s") % {"day": day(start)}] if start else []
    return said + ([gettext("until %(day)s") % {"day": day(end)}] if end else [])


def row_of(one: AuthorityRule, gap: str = "") -> dict[str, Any]:
    """A row of the page: what, above which limit, who decides, and what is wrong with it."""
    return {
        "rule": one,
        "what": what(one),
        "when": when(one),
        "who": who(one),
        "ways": ways(one),
        "gap": gap,
    }
