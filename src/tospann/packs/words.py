"""Words of packs: what their rules are called, and how a rule reads as a sentence."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from tospann.cases.reading import KIND_LABELS, MEASURE_LABELS
from tospann.documents.models import Classification
from tospann.foundation.authority import amount_text
from tospann.packs.definition.authority import AuthorityRule
from tospann.projects.models import Tolerance


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
    return words % {"measure": MEASURE_LABELS[rule.measure], "limit": limit}


SHOWN: dict[str, Any] = {
    "kind_label": kind_label,
    "area_label": area_label,
    "classification_label": classification_label,
    "when": when,
}
"""Given to the templates that show a pack."""
