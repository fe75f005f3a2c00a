"""The “+ New” menu: what can be begun from any page, and inside a project."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.home.kinds import KINDS
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
    rows = [*(_in_project(actor, project) if project else _elsewhere(actor)), *_projects(actor)]
    return [(label, address, icon, opens) for label, address, icon, opens in rows if address]


Offered = list[tuple[str, str | None, str, bool]]


def _in_project(actor: Actor, project: Project) -> Offered:
    return [
        (str(kind.label), kind.address(project.key), kind.icon, kind.is_dialog)
        for kind in KINDS.values()
        if kind.is_for(actor, project.pk)
    ]


def _elsewhere(actor: Actor) -> Offered:
    """Outside a project the dialog asks which one it is for."""
    return [
        (str(kind.label), reverse("new_thing", args=[what]), kind.icon, kind.is_dialog)
        for what, kind in KINDS.items()
        if not kind.in_projects_only and kind.address("X") and kind.is_for(actor)
    ]


def _projects(actor: Actor) -> Offered:
    if rule(actor, Power.START_PROJECT, ORGANISATION_SCOPE).is_refused:
        return []
    return [(_("Project"), maybe_url("new_project"), "project", False)]
