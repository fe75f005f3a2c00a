"""Words of packs: what their rules are called, and how a rule reads as a sentence."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.cases.reading import KIND_LABELS
from tospann.documents.models import Classification
from tospann.foundation.authority import amount_text
from tospann.packs.definition.authority import AuthorityRule
from tospann.projects.models import Tolerance

MEASURES: dict[str, Any] = {
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


def kind_label(kind: str) -> str:
    return str(KIND_LABELS.get(kind, kind))


def area_label(area: str) -> str:
    return str(Tolerance.AREAS.get(area, area))


def classification_label(stored: str) -> str:
    return str(Classification(stored).label)


def when(rule: AuthorityRule) -> str:
    """“always”, or the measure and its limit: “the cost increase above NOK 500 000”."""
    if rule.measure is None or rule.limit is None:
        return gettext("always")
    words = gettext("%(measure)s above %(limit)s")
    if rule.operator == "<":
        words = gettext("%(measure)s below %(limit)s")
    limit = amount_text(Decimal(str(rule.limit)), str(rule.unit))
    return words % {"measure": MEASURES[rule.measure], "limit": limit}


SHOWN: dict[str, Any] = {
    "kind_label": kind_label,
    "area_label": area_label,
    "classification_label": classification_label,
    "when": when,
}
"""Given to the templates that show a pack."""
