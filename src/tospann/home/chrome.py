"""The “+ New” menu: what can be begun from any page, and inside a project."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.projects.models import Project
from tospann.ui.context import entries
from tospann.ui.jinja import maybe_url
from tospann.ui.pages import is_fragment

Item = tuple[str, str, str, bool]
"""Label, address, icon, whether it opens in a dialog."""


def new_menu(request: HttpRequest) -> dict[str, Any]:
    """For the page chrome; costs no query, and nothing at all on pages that show no menu."""
    if is_fragment(request):
        return {}
    return {"new_menu": SimpleLazyObject(lambda: _items(request))}


def small_menu(request: HttpRequest) -> dict[str, Any]:
    """A guest sees a smaller product, not a locked big one."""
    actor: Actor | None = getattr(request, "actor", None)
    if is_fragment(request) or actor is None or actor.kind != "guest":
        return {}
    return {"shortcuts_menu": entries(request, [(_("My page"), reverse("home"), "star")])}


def _items(request: HttpRequest) -> list[Item]:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.person_id is None:
        return []
    project: Project | None = getattr(request, "project", None)
    rows = [*(_in_project(actor, project) if project else ()), *_anywhere(actor)]
    return [(label, address, icon, opens) for label, address, icon, opens in rows if address]


def _in_project(actor: Actor, project: Project) -> list[tuple[str, str | None, str, bool]]:
    offered = (
        (Power.OWN_ACTIONS, _("Action"), "new_action", "task"),
        (Power.EDIT_PLAN, _("Task in the plan"), "new_task", "plan"),
        (Power.PREPARE, _("Case for decision"), "new_case", "case"),
        (Power.DECIDE, _("Decision without a case"), "record_decision", "decision"),
    )
    return [
        (label, maybe_url(route, project.key), icon, True)
        for power, label, route, icon in offered
        if not rule(actor, power, project.pk).is_refused
    ]


def _anywhere(actor: Actor) -> list[tuple[str, str | None, str, bool]]:
    if rule(actor, Power.START_PROJECT, ORGANISATION_SCOPE).is_refused:
        return []
    return [(_("Project"), maybe_url("new_project"), "project", False)]
