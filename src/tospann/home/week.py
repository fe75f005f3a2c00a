"""My week: everything I owe, by when it is due, and what I may do about it where it stands."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.foundation.authority import Actor, Power, rule
from tospann.ui import formats
from tospann.ui.jinja import language, maybe_url
from tospann.ui.round_trip import Lists, Row

Item = dict[str, Any]


def items(actor: Actor, lists: Lists) -> list[Item]:
    """Everything owed, as rows of the page and lines of the letter."""
    return [
        *(_action(row) for row in lists["actions"]),
        *(_task(actor, row) for row in lists["tasks"]),
        *(_promise(row) for row in lists["promises"]),
        *(_entry("problem", _("Problem"), "problem", row) for row in lists["problems"]),
        *(_entry("deviation", _("Deviation"), "deviation", row) for row in lists["deviations"]),
    ]


def _base(kind: str, number: int, row: Row) -> Item:
    return {
        "what": kind,
        "key": row["key"],
        "number": number,
        "project": row["project_name"],
        "starts": None,
        "urgent": False,
        "note": "",
        "answers": (),
    }


def _action(row: Row) -> Item:
    note = ""
    if row["stuck_since"]:
        note = _("You have said that you are stuck")
    elif row["proposed_due_on"]:
        day = formats.short_date(row["proposed_due_on"], language())
        note = _("You have asked for %(day)s") % {"day": day}
    return _base("action", row["number"], row) | {
        "label": row["title"],
        "href": reverse("action", args=[row["key"], row["number"]]),
        "kind": _("Action"),
        "icon": "task",
        "due": row["due_on"],
        "urgent": row["priority"] == "high",
        "note": note,
        "answers": ("done", "late", "stuck"),
    }


def _task(actor: Actor, row: Row) -> Item:
    key, milestone = row["key"], row["kind"] == "milestone"
    reports = rule(actor, Power.REPORT_PROGRESS, row["project"]).may_decide
    plans = not rule(actor, Power.EDIT_PLAN, row["project"]).is_refused
    may = {"done": reports, "late": plans, "stuck": reports}
    return _base("task", row["uid"], row) | {
        "label": row["name"],
        "href": maybe_url("plan_task", key, row["uid"]) or maybe_url("plan", key),
        "kind": _("Milestone") if milestone else _("Task"),
        "icon": "milestone" if milestone else "plan",
        "due": row["finish"],
        "starts": row["start"],
        "answers": tuple(answer for answer, allowed in may.items() if allowed),
    }


def _promise(row: Row) -> Item:
    return _base("promise", row["number"], row) | {
        "label": row["title"],
        "href": maybe_url("promises", row["key"]) or reverse("overview", args=[row["key"]]),
        "kind": _("Promise"),
        "icon": "chat",
        "due": row["due_on"],
        "answers": ("done",),
    }


def _entry(what: str, kind: str, route: str, row: Row) -> Item:
    """A row of a register that somebody owns: worked with on its own page."""
    address = maybe_url(route, row["key"], row["number"])
    return _base(what, row["number"], row) | {
        "label": row["title"],
        "href": address or reverse("overview", args=[row["key"]]),
        "kind": kind,
        "icon": "risk",
        "due": row["due_on"],
    }


def grouped(found: Iterable[Item], today: date | None = None) -> list[Item]:
    """My work by when it is due: overdue, today, this week, later; empty groups are left out."""
    now = today or timezone.localdate()
    titles = group_titles()
    sorted_ = sorted(found, key=lambda item: (item["due"] is None, item["due"] or now))
    groups: dict[str, list[Item]] = {name: [] for name in titles}
    for item in sorted_:
        groups[_group(item["due"], now)].append({**item, "when": _when(item["due"], now)})
    return [
        {"name": name, "title": title, "items": groups[name]}
        for name, title in titles.items()
        if groups[name]
    ]


def group_titles() -> Mapping[str, str]:
    return {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "later": _("Later"),
    }


def _group(due: date | None, today: date) -> str:
    if due is None:
        return "later"
    if due < today:
        return "overdue"
    if due == today:
        return "today"
    sunday = today + timedelta(days=6 - today.weekday())
    return "week" if due <= sunday else "later"


def _when(due: date | None, today: date) -> str:
    """“3 dager over”, “fredag”, else the date."""
    if due is None:
        return _("No date")
    days = (due - today).days
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    if days == 0:
        return _("Today")
    if days < 7:
        return formats.weekday_name(due, language())
    return formats.short_date(due, language())
