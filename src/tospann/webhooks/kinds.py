"""What one may ask to be told of: areas of the portal, or single commands by name."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.foundation.commands import COMMANDS

TRY = "webhooks.try_webhook"
"""Always sent to the webhook that is tried, whatever it asked for."""
AREAS: Mapping[str, Promise] = {
    "projects": _("Project, phases, gates, goals and team"),
    "planning": _("Plan"),
    "actions": _("Tasks"),
    "meetings": _("Meetings"),
    "documents": _("Documents"),
    "blanks": _("Filled-in templates"),
    "reports": _("Reports"),
    "risks": _("Risks and problems"),
    "quality": _("Quality"),
    "cases": _("Cases and decisions"),
    "budget": _("Budget and costs"),
    "contracts": _("Contracts and notices"),
    "resources": _("Requests for people and agreements"),
    "timesheets": _("Hours"),
    "stakeholders": _("Stakeholders"),
    "benefits": _("Benefits"),
    "sharing": _("Sharing and the external room"),
    "closing": _("Closing"),
    "people": _("People and sign-in"),
}
_WITH = {"sharing": ("rooms",), "projects": ("packs", "team"), "planning": ("conflicts",)}
"""Folders that people think of as part of an area."""


def is_known(kind: str) -> bool:
    return kind in AREAS or kind in COMMANDS


def wants(kinds: Iterable[str], command: str) -> bool:
    """Whether somebody who asked for these is told of this command."""
    asked = set(kinds)
    area = command.partition(".")[0]
    beside = {area, *(one for one, folders in _WITH.items() if area in folders)}
    return not asked or command in asked or bool(beside & asked)


def label(kind: str) -> str:
    """An area's name, or a command's title."""
    if kind in AREAS:
        return str(AREAS[kind])
    return COMMANDS[kind].title if kind in COMMANDS else kind
