"""The search page: what was found, by kind, each with the address where it can be seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor
from tospann.home.queries import finding
from tospann.ui.jinja import maybe_url
from tospann.ui.round_trip import Row

LONGEST = 200
Hit = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    name: str
    label: str
    icon: str
    hits: list[Hit]

    @property
    def size(self) -> int:
        return len(self.hits)

    @property
    def is_cut(self) -> bool:
        return len(self.hits) == finding.MOST


def search(actor: Actor, text: str) -> list[Group]:
    """Groups with at least one hit, in the order people look for things."""
    found = finding.found(actor, text)
    return [
        Group(name, str(label), icon, [shown(row) for row in found[name]])
        for name, label, icon, shown in _KINDS
        if found.get(name)
    ]


def _project(row: Row) -> Hit:
    return {
        "label": row["name"],
        "note": row["key"],
        "href": reverse("overview", args=[row["key"]]),
    }


def _numbered(route: str) -> Callable[[Row], Hit]:
    def shown(row: Row) -> Hit:
        key = row["project__key"]
        note = f"{key}-{row['number']} · {row['project__name']}"
        href = reverse(route, args=[key, row["number"]])
        return {"label": row["title"], "note": note, "href": href}

    return shown


def _said(route: str) -> Callable[[Row], Hit]:
    """Promises and notes have words instead of a title."""

    def shown(row: Row) -> Hit:
        line = row["text"].partition("\n")[0][:120]
        return _numbered(route)({**row, "title": line or _numbered_name(row)})

    return shown


def _numbered_name(row: Row) -> str:
    return f"{row['project__key']}-{row['number']}"


def _budget_line(row: Row) -> Hit:
    key, number = row["project__key"], row["number"]
    note = f"{key}-B{number} · {row['project__name']}"
    return {"label": row["name"], "note": note, "href": reverse("budget_line", args=[key, number])}


def _contact(row: Row) -> Hit:
    href = reverse("contact", args=[row["project__key"], row["pk"]])
    return {"label": row["name"], "note": row["project__name"], "href": href}


def _goal(row: Row) -> Hit:
    key = row["project__key"]
    href = maybe_url("goals", key) or reverse("overview", args=[key])
    return {"label": row["description"], "note": row["project__name"], "href": href}


def _task(row: Row) -> Hit:
    key = row["project__key"]
    href = maybe_url("plan_task", key, row["uid"]) or maybe_url("plan", key)
    note = f"{row['number']} · {row['project__name']}"
    return {"label": row["name"], "note": note, "href": href or reverse("overview", args=[key])}


def _person(row: Row) -> Hit:
    note = " · ".join(part for part in (row["title"], row["company"], row["email"]) if part)
    return {"label": row["name"], "note": note, "href": f"mailto:{row['email']}"}


_KINDS: tuple[tuple[str, Promise, str, Callable[[Row], Hit]], ...] = (
    ("projects", _("Projects"), "project", _project),
    ("cases", _("Cases"), "case", _numbered("case")),
    ("decisions", _("Decisions"), "decision", _numbered("decision")),
    ("actions", _("Actions"), "task", _numbered("action")),
    ("risks", _("Risks and opportunities"), "risk", _numbered("risk")),
    ("problems", _("Problems"), "warning", _numbered("problem")),
    ("deviations", _("Deviations"), "deviation", _numbered("deviation")),
    ("budget", _("Budget lines"), "money", _budget_line),
    ("contacts", _("Contacts"), "person", _contact),
    ("promises", _("Promises"), "check-circle", _said("promise")),
    ("notes", _("Telephone notes"), "phone", _said("note")),
    ("tasks", _("Tasks and milestones"), "plan", _task),
    ("goals", _("Goals"), "goal", _goal),
    ("people", _("People"), "person", _person),
)
