"""What stands on somebody's own page, and in which order: as DESIGN's table of roles says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.cases import queries as cases
from tospann.foundation.authority import PROJECT_ROLES, Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.home import overview
from tospann.home.queries import changes
from tospann.home.queries import desk as queries
from tospann.projects.models import GateOutcome, ProjectState
from tospann.ui import formats
from tospann.ui.jinja import language, maybe_url
from tospann.ui.round_trip import Row

Item = dict[str, Any]
ORDER: Mapping[Role, tuple[str, ...]] = {
    Role.COORDINATOR: ("prepare", "week", "gates", "decide"),
    Role.MANAGER: ("decide", "gates", "week", "prepare"),
    Role.OWNER: ("decide", "gates", "week", "prepare"),
    Role.STEERING: ("decide", "gates", "week", "prepare"),
    Role.PORTFOLIO_LEADER: ("portfolio", "decide", "week", "gates", "prepare"),
    Role.MEMBER: ("week", "prepare", "decide", "gates"),
}
"""The blocks of each role's page, the most important first."""
EXPECTED: Mapping[str, frozenset[Role]] = {
    "decide": frozenset({Role.MANAGER, Role.OWNER, Role.STEERING}),
    "prepare": frozenset({Role.COORDINATOR}),
    "week": frozenset(set(PROJECT_ROLES) - {Role.GUEST}),
    "portfolio": frozenset({Role.PORTFOLIO_LEADER, Role.AUDITOR}),
}
"""Whose page shows a block also while it is empty, so that it is known where things will come."""
LEADING = (
    *(Role.OWNER, Role.STEERING, Role.MANAGER, Role.PORTFOLIO_LEADER, Role.COORDINATOR),
    *(Role.MEMBER,),
)


@dataclass(frozen=True)
class Block:
    """One card of the page; its template is ``home/_<name>.html``."""

    name: str
    rows: list[Item]
    count: int = 0


@dataclass(frozen=True)
class Desk:
    """Somebody's own page, ready to be shown."""

    main: list[Block]
    projects: list[Item] = field(default_factory=list)
    since: list[Item] = field(default_factory=list)
    guest_of: list[Item] = field(default_factory=list)
    may_start: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.projects and not any(block.rows for block in self.main)

    def count(self, name: str) -> int | None:
        """How much a block holds; None when this page has no such block."""
        return next((block.count for block in self.main if block.name == name), None)

    @property
    def since_lines(self) -> list[Item]:
        """What happened, with the project's key when there are several projects."""
        if len(self.projects) == 1:
            return self.since
        return [{**line, "text": f"{line['text']} ({line['project']})"} for line in self.since]

    @property
    def gates_ahead(self) -> list[Item]:
        """The dated gates of all projects, for whoever sees them all."""
        rows = next((block.rows for block in self.main if block.name == "portfolio"), [])
        dated = [row for row in rows if row["gate_on"]]
        return sorted(dated, key=lambda row: row["gate_on"])[:8]

    @property
    def overdue(self) -> int:
        week = next((block.rows for block in self.main if block.name == "week"), [])
        return next((len(group["items"]) for group in week if group["name"] == "overdue"), 0)


def desk(actor: Actor) -> Desk:
    """What waits for this person, in the order of the weightiest role she holds."""
    guest_of = queries.guest_projects(actor)
    if not queries.own_projects(actor) and not queries.sees_everything(actor):
        return Desk([], guest_of=guest_of, may_start=_may_start(actor))
    lists = queries.lists(actor)
    rows = {
        "decide": [*_founding(actor, lists["founding"]), *_waiting(actor)],
        "prepare": _drafts(actor),
        "gates": [_gate(row) for row in lists["gates"] if _keeps_gate(actor, row["project"])],
        "week": week([*map(_action, lists["actions"]), *map(_task, lists["tasks"])]),
        "portfolio": [project_row(row) for row in lists.get("everything", ())],
    }
    return Desk(
        _blocks(actor, rows),
        projects=[project_row(row) for row in lists["projects"]],
        since=changes.sentences(lists["changes"]),
        guest_of=guest_of,
        may_start=_may_start(actor),
    )


def _blocks(actor: Actor, rows: Mapping[str, list[Item]]) -> list[Block]:
    held = actor.all_roles(ORGANISATION_SCOPE)
    first = next((role for role in LEADING if role in held), Role.MEMBER)
    order = [*ORDER[first], *(name for name in rows if name not in ORDER[first])]
    return [
        Block(name, rows[name], _count(name, rows[name]))
        for name in order
        if rows[name] or held & EXPECTED.get(name, frozenset())
    ]


def _count(name: str, rows: list[Item]) -> int:
    """Of the week what is overdue or due in it; of the rest everything."""
    if name != "week":
        return len(rows)
    return sum(len(group["items"]) for group in rows if group["name"] != "later")


def _may_start(actor: Actor) -> bool:
    return rule(actor, Power.START_PROJECT, ORGANISATION_SCOPE).may_decide


def _keeps_gate(actor: Actor, project: UUID) -> bool:
    """Whoever prepares the project's gates, or decides them."""
    powers = (Power.PREPARE_GATE, Power.DECIDE_GATE)
    return any(rule(actor, power, project).may_decide for power in powers)


def _founding(actor: Actor, projects: Iterable[Row]) -> list[Item]:
    return [
        {
            "label": _("Accept roles and authority matrix"),
            "href": maybe_url("accept_founding", row["key"])
            or reverse("overview", args=[row["key"]]),
            "note": row["name"],
            "tag": _("Founding"),
            "tone": "info",
        }
        for row in projects
        if rule(actor, Power.ACCEPT_FOUNDING, row["id"]).may_decide
    ]


def _home_of(key: str) -> str:
    return reverse("overview", args=[key])


def _waiting(actor: Actor) -> list[Item]:
    return [_case(row) for row in cases.waiting_for(actor)]


def _case(row: Mapping[str, Any]) -> Item:
    tag, tone = overview.need_by(row["need_by"])
    note = _("%(project)s · prepared by %(name)s") % {
        "project": row["project__name"],
        "name": row["prepared_by__name"],
    }
    advice = _advice(row)
    return {
        "label": row["title"],
        "href": reverse("case", args=[row["project__key"], row["number"]]),
        "note": f"{note} · {advice}" if advice else note,
        "tag": tag,
        "tone": tone,
    }


def _advice(row: Mapping[str, Any]) -> str:
    """What is recommended in words; a proposal recommends itself, which needs no saying."""
    if row["kind"] == "gate" and row["recommended"] in set(GateOutcome):
        label = str(GateOutcome(row["recommended"]).label).lower()
        return _("recommends: %(what)s") % {"what": label}
    if row["kind"] == "other" and row["recommended_title"]:
        return _("recommends: %(what)s") % {"what": row["recommended_title"]}
    return ""


def _drafts(actor: Actor) -> list[Item]:
    return [
        {
            "label": row["title"],
            "href": reverse("case", args=[row["project__key"], row["number"]]),
            "note": row["project__name"],
            "tag": _("Being prepared") if row["state"] == "draft" else _("Answer a question"),
            "tone": "neutral" if row["state"] == "draft" else "warning",
        }
        for row in cases.to_prepare(actor)
    ]


def _gate(row: Row) -> Item:
    """A gate with how far its checklist is, and the first points that are missing."""
    total, left = row["total"] or 0, row["left"] or 0
    settled = total - left
    return {
        **row,
        "href": reverse("gate", args=[row["key"], row["code"]]),
        "settled": settled,
        "total": total,
        "percent": 100 * settled // total if total else 100,
        "gaps": [text for (text,) in row["gaps"]],
        "more": max(0, left - len(row["gaps"])),
    }


def _action(row: Row) -> Item:
    return {
        "label": row["title"],
        "href": reverse("action", args=[row["key"], row["number"]]),
        "kind": _("Action"),
        "icon": "task",
        "project": row["project_name"],
        "due": row["due_on"],
        "starts": None,
        "urgent": row["priority"] == "high",
    }


def _task(row: Row) -> Item:
    key = row["key"]
    milestone = row["kind"] == "milestone"
    return {
        "label": row["name"],
        "href": maybe_url("plan_task", key, row["uid"]) or maybe_url("plan", key),
        "kind": _("Milestone") if milestone else _("Task"),
        "icon": "milestone" if milestone else "plan",
        "project": row["project_name"],
        "due": row["finish"],
        "starts": row["start"],
        "urgent": False,
    }


def week(items: Iterable[Item], today: date | None = None) -> list[Item]:
    """My work by when it is due: overdue, today, this week, later; empty groups are left out."""
    now = today or timezone.localdate()
    groups = {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "later": _("Later"),
    }
    sorted_ = sorted(items, key=lambda item: (item["due"] is None, item["due"] or now))
    found: dict[str, list[Item]] = {name: [] for name in groups}
    for item in sorted_:
        found[_group(item["due"], now)].append({**item, "when": _when(item["due"], now)})
    return [
        {"name": name, "title": title, "items": found[name]}
        for name, title in groups.items()
        if found[name]
    ]


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


def project_row(row: Row) -> Item:
    """A project in a list: where it stands, and what is wrong, in a few words."""
    flags = []
    if row["waiting"]:
        n = row["waiting"]
        flags.append((ngettext("%(n)s to decide", "%(n)s to decide", n) % {"n": n}, "info"))
    if row["late"]:
        n = row["late"]
        late = ngettext("%(n)s milestone late", "%(n)s milestones late", n) % {"n": n}
        flags.append((late, "warning"))
    if row["planned"] and row["planned"] > row["finish"]:
        days = (row["planned"] - row["finish"]).days
        over = ngettext("%(n)s day past the end date", "%(n)s days past the end date", days)
        flags.append((over % {"n": days}, "danger"))
    if row["state"] == ProjectState.FOUNDING:
        flags.append((_("Being founded"), "neutral"))
    return {**row, "href": _home_of(row["key"]), "flags": flags}
