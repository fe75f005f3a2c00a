"""The text each section begins with: the facts in words, one line each, in the active language."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.foundation.authority import Role, roles_text
from tospann.ui import formats
from tospann.ui.jinja import language

Data = dict[str, Any]
SECTIONS = ("needed", "done", "next", "problems")
"""The texts of a report in the order they are read: what must be decided stands first."""
SHOWN = 10


def title(section: str) -> str:
    return {
        "summary": _("Summary"),
        "needed": _("Decisions needed"),
        "done": _("Done since last time"),
        "next": _("Next period"),
        "problems": _("Problems and risks"),
    }[section]


def nothing(section: str) -> str:
    """What a section without a line says."""
    return {
        "summary": "",
        "needed": _("No decision is needed now."),
        "done": _("Nothing was finished in the period."),
        "next": _("The plan has nothing to be finished in the coming period."),
        "problems": _("No problems are open, and no risks have moved."),
    }[section]


def computed(facts: Data) -> dict[str, str]:
    """The text of each section as the facts have it."""
    return {
        "needed": "\n".join(_needed(facts)),
        "done": "\n".join(_done(facts)),
        "next": "\n".join(_next(facts)),
        "problems": "\n".join(_problems(facts)),
    }


def day(value: str | None) -> str:
    return formats.short_date(date.fromisoformat(value), language()) if value else _("no date")


def _line(text: str, *notes: str) -> str:
    said = ", ".join(note for note in notes if note)
    return f"{text} ({said})" if said else text


def _limited(lines: list[str], more: bool = False) -> list[str]:
    """At most ten lines, and how many there are besides."""
    if len(lines) <= SHOWN:
        return lines
    rest = len(lines) - SHOWN
    words = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest}
    return [*lines[:SHOWN], f"… {words}"]


def _needed(facts: Data) -> Iterable[str]:
    for case in facts["needed"]:
        who = roles_text(Role(role) for role in case["deciders"])
        by = _("needed by %(day)s") % {"day": day(case["need_by"])} if case["need_by"] else ""
        yield _line(case["title"], who, by)


def _done(facts: Data) -> list[str]:
    rows = sorted(facts["done"]["rows"], key=lambda row: row["kind"] != "milestone")
    lines = []
    for row in rows:
        name = _("Milestone reached: %(name)s") % row if row["kind"] == "milestone" else row["name"]
        lines.append(_line(name, day(row["on"])))
    return _limited(lines)


def _next(facts: Data) -> list[str]:
    lines = []
    for row in facts["next"]["rows"]:
        name = _("Milestone: %(name)s") % row if row["kind"] == "milestone" else row["name"]
        lines.append(_line(name, day(row["on"]), row["who"]))
    return _limited(lines)


def _problems(facts: Data) -> list[str]:
    lines = [
        _line(row["title"], row["who"], _by(row["due"]))
        for row in [*facts["problems"], *facts["deviations"]]
    ]
    lines += [
        _line(f"{row['package']}: {row['text']}", row["who"])
        for row in facts.get("checkpoints", ())
    ]
    for row in facts["milestones"]:
        if row["trend"] == "later":
            said = {"name": row["name"], "from": day(row["previous"]), "to": day(row["now"])}
            lines.append(_("%(name)s has moved from %(from)s to %(to)s") % said)
    lines += [
        f"{_moved(row)}: {row['title']}"
        for row in facts["risks"]
        if row["kind"] != "problem" or row["direction"] in ("closed", "reopened")
    ]
    if count := facts["overdue"]["count"]:
        late = ngettext("%(n)s action is overdue", "%(n)s actions are overdue", count)
        lines.append(late % {"n": count})
    return _limited(lines)


def _by(due: str | None) -> str:
    return _("due %(day)s") % {"day": day(due)} if due else ""


def _moved(row: Data) -> str:
    """“New risk”, “Risk up”, “Opportunity closed” …"""
    if row["kind"] == "problem":
        return _("Problem solved") if row["direction"] == "closed" else _("Problem reopened")
    words = {
        "threat": {
            "new": _("New risk"),
            "up": _("Risk up"),
            "down": _("Risk down"),
            "closed": _("Risk closed"),
            "reopened": _("Risk reopened"),
        },
        "opportunity": {
            "new": _("New opportunity"),
            "up": _("Opportunity up"),
            "down": _("Opportunity down"),
            "closed": _("Opportunity closed"),
            "reopened": _("Opportunity reopened"),
        },
    }
    return words[row["kind"]][row["direction"]]
