"""Words of cases: roles, fields and stored states as people read them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Role, roles_text
from tospann.projects.models import CriterionState

_FIELDS = {
    "name": _("name"),
    "title": _("title"),
    "description": _("description"),
    "level": _("level"),
    "text": _("text"),
    "target": _("target"),
    "start": _("start date"),
    "finish": _("finish date"),
    "person": _("person"),
    "role": _("role"),
    "until": _("until"),
    "limit": _("limit"),
    "outcome": _("outcome"),
    "reason": _("reason"),
}


def roles(keys: Iterable[str]) -> str:
    """“project manager or project owner” from stored role keys."""
    return roles_text(Role(key) for key in keys)


def field_label(name: str) -> str:
    return str(_FIELDS.get(name, name.replace("_", " ")))


def criterion_label(state: str) -> str:
    return str(CriterionState(state).label)


def authority_label(stored: str) -> str:
    """``owner for Tor Haugen`` → “project owner for Tor Haugen”."""
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
    "field_label": field_label,
    "criterion_label": criterion_label,
    "authority_label": authority_label,
}
"""Given to the templates of this capability."""
