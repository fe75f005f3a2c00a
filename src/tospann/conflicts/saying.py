"""Conflicts and their ways out in words."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.conflicts.models import Conflict, WayKind, WayOut
from tospann.ui import formats
from tospann.ui.jinja import language


def about(conflict: Conflict) -> str:
    return _("%(person)s is wanted by several projects at once") % {"person": conflict.person.name}


def title(way: WayOut | None, projects: Mapping[str, str]) -> str:
    """A way out in a few words; projects that have no name here are not named."""
    if way is None:
        return _("Leave everything as it is")
    words = way.words
    name = projects.get(words.get("project", ""), "")
    if way.kind == WayKind.LEVELLING:
        count = int(words.get("tasks", 0))
        said = ngettext(
            "Level between the projects: %(num)s task waits",
            "Level between the projects: %(num)s tasks wait",
            count,
        )
        return said % {"num": count}
    if way.kind == WayKind.PERSON:
        return _person(way, name)
    return _later(int(words.get("days", 0)), name)


def _person(way: WayOut, name: str) -> str:
    count = int(way.words.get("tasks", 0))
    said = ngettext(
        "%(person)s takes over %(num)s task", "%(person)s takes over %(num)s tasks", count
    ) % {"person": way.words.get("person", ""), "num": count}
    return _("%(what)s in %(project)s") % {"what": said, "project": name} if name else said


def _later(days: int, name: str) -> str:
    if name:
        said = ngettext(
            "%(project)s waits %(num)s working day for her",
            "%(project)s waits %(num)s working days for her",
            days,
        )
        return said % {"project": name, "num": days}
    said = ngettext(
        "One of the projects waits %(num)s working day",
        "One of the projects waits %(num)s working days",
        days,
    )
    return said % {"num": days}


def hours(value: Decimal | float) -> str:
    return formats.number(value, language())
