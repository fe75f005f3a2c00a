"""The project's menu: what the project uses and what exists, never more than ten entries.

Its settings stand beside its name: they are about the project, not a part of its work.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tospann.projects.models import Project
from tospann.ui.context import Entry, entries
from tospann.ui.jinja import maybe_url
from tospann.ui.pages import is_fragment

MOST = 10
ALWAYS = frozenset({"overview"})


def project_menu(request: HttpRequest) -> dict[str, Any]:
    """Costs no query, and nothing at all where no menu is shown."""
    project = getattr(request, "project", None)
    if project is None or is_fragment(request):
        return {}
    return {
        "project_menu": SimpleLazyObject(lambda: _menu(request, project)),
        "project_settings": SimpleLazyObject(lambda: _settings(request, project)),
    }


def _menu(request: HttpRequest, project: Project) -> list[Entry]:
    used = uses(project)
    rows = [
        (label, maybe_url(route, project.key), icon)
        for key, label, route, icon in _known()
        if key in used
    ]
    shown = entries(request, _at_most([row for row in rows if row[1]]))
    return [(*entry[:3], _is_there(request, project, entry), entry[4]) for entry in shown]


def _at_most(rows: list[tuple[str, str | None, str]]) -> list[tuple[str, str | None, str]]:
    """When there are too many, goals give way first: the overview shows them and leads there."""
    if len(rows) > MOST:
        rows = [row for row in rows if row[2] != "goal"]
    return rows[:MOST]


def _settings(request: HttpRequest, project: Project) -> Entry:
    """Where the history of the project lies too."""
    address = maybe_url("settings", project.key) or ""
    places = (address, maybe_url("history", project.key))
    return (_("Settings"), address, "settings", request.path in places, 0)


def _is_there(request: HttpRequest, project: Project, entry: Entry) -> bool:
    """The overview is only itself, not every page below it; some pages lie under another entry."""
    _label, address, _icon, is_current, _count = entry
    for name, entry_above in _UNDER.items():
        if request.path.startswith(maybe_url(name, project.key) or "//"):
            return address == maybe_url(entry_above, project.key)
    if address == maybe_url("plan_chart", project.key):
        return request.path.startswith(maybe_url("plan", project.key) or "//")
    return is_current and (address != maybe_url("overview", project.key) or request.path == address)


_UNDER = {
    "promises": "team",
    "contacts": "team",
    "notes": "team",
    "stakeholders": "team",
    "communication": "team",
    "mail": "team",
    "quality": "risks",
    "registers": "risks",
    "benefits": "goals",
}
"""Pages that lie under another entry of the menu than their address says."""


def _known() -> tuple[tuple[str, str, str, str], ...]:
    """Module, label, route, icon, in the order of the menu."""
    return (
        ("overview", _("Overview"), "overview", "home"),
        ("plan", _("Plan"), "plan_chart", "plan"),
        ("tasks", _("Tasks"), "tasks", "tasks"),
        ("meetings", _("Meetings"), "meetings", "meeting"),
        ("risks", _("Risks and problems"), "risks", "risk"),
        ("decisions", _("Decisions"), "decisions", "decision"),
        ("money", _("Money"), "money", "money"),
        ("goals", _("Goals"), "goals", "goal"),
        ("team", _("Team"), "team", "team"),
        ("documents", _("Documents"), "documents", "folder"),
        ("reports", _("Reports"), "reports", "report"),
    )


def choices() -> list[tuple[str, str]]:
    """The modules a project may turn on and off."""
    return [(key, label) for key, label, _r, _i in _known() if key not in ALWAYS]


def uses(project: Project) -> set[str]:
    """The modules in use: all of them in a project that never chose."""
    known = {key for key, _label, _route, _icon in _known()}
    chosen = set(project.modules)
    if not chosen & known:
        return known
    # Packs speak of decisions as a whole; goals belong to them unless chosen by themselves.
    return chosen | ALWAYS | ({"goals"} if "decisions" in chosen else set())
