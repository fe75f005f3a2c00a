"""What line managers and portfolio leaders find in the menu on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor
from tospann.resources import line, queries
from tospann.ui.context import Entry, entries, first_url, shortcuts_menu


def shortcuts(request: HttpRequest) -> dict[str, Any]:
    """Costs no query: what she may do goes by her roles."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.organisation_roles:
        return {}
    return {"shortcuts_menu": SimpleLazyObject(lambda: _with_hers(request, actor))}


def _with_hers(request: HttpRequest, actor: Actor) -> list[Entry]:
    rows = []
    if line.is_line_manager(actor):
        rows.append((_("My people"), first_url("line"), "team"))
    if rows or queries.sees_everybody(actor):
        rows.append((_("Capacity"), first_url("capacity"), "calendar"))
    return [*shortcuts_menu(request), *entries(request, rows)]
