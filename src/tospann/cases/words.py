"""Words of cases: roles, fields and stored states as people read them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from tospann.foundation.authority import ROLE_LABELS, Role, roles_text
from tospann.projects.models import (
    CriterionResult,
    CriterionState,
    GateOutcome,
    GoalLevel,
    Tolerance,
)
from tospann.ui import formats
from tospann.ui.field_names import field_name
from tospann.ui.jinja import language

_CHOICES: Mapping[str, Mapping[Any, Any]] = {
    "area": Tolerance.AREAS,
    "level": dict(GoalLevel.choices),
    "outcome": dict(GateOutcome.choices),
    "result": dict(CriterionResult.choices),
    "role": ROLE_LABELS,
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def roles(keys: Iterable[str]) -> str:
    """“project manager or project owner” from stored role keys."""
    return roles_text(Role(key) for key in keys)


def value_label(name: str, value: Any) -> str:
    """A stored argument as people read it: ``manager`` → “Project manager”, a day as a date."""
    text = str(value)
    if text in _CHOICES.get(name, {}):
        return str(_CHOICES[name][text])
    if _DAY.fullmatch(text):
        return formats.short_date(date.fromisoformat(text), language())
    return text


def criterion_label(state: str) -> str:
    return str(CriterionState(state).label)


def authority_label(stored: str) -> str:
    """``owner for Tor Haugen`` → “project owner for Tor Haugen”."""
    if stored == "person":
        return gettext("Named in the authority matrix")
    role, _space, rest = stored.partition(" for ")
    if role not in set(Role):
        return stored
    name = roles([role])
    return (
        gettext("%(role)s, deputising for %(person)s") % {"role": name, "person": rest}
        if rest
        else name
    )


SHOWN: dict[str, Any] = {
    "roles": roles,
    "field_label": field_name,
    "criterion_label": criterion_label,
    "authority_label": authority_label,
}
"""Given to the templates of this capability."""
