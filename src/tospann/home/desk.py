"""What stands on somebody's own page, and in which order: as DESIGN's table of roles says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.foundation.authority import PROJECT_ROLES, Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.home import between, hours, waiting
from tospann.home import week as weeks
from tospann.home.queries import changes
from tospann.home.queries import desk as queries
from tospann.meetings.models import Answer, MeetingState
from tospann.projects.models import ProjectState
from tospann.ui.jinja import maybe_url
from tospann.ui.round_trip import Row

Item = dict[str, Any]
ORDER: Mapping[Role, tuple[str, ...]] = {
    Role.COORDINATOR: ("prepare", "chase", "week", "meetings", "gates", "decide"),
    Role.MANAGER: ("decide", "gates", "chase", "week", "meetings", "prepare"),
    Role.OWNER: ("decide", "gates", "week", "meetings", "prepare"),
    Role.STEERING: ("decide", "gates", "week", "meetings", "prepare"),
    Role.PORTFOLIO_LEADER: ("portfolio", "decide", "week", "meetings", "gates", "prepare"),
    Role.LINE_MANAGER: ("decide", "week", "meetings", "prepare", "gates"),
    Role.AUDITOR: ("portfolio", "decide", "week", "meetings", "gates", "prepare"),
    Role.MEMBER: ("week", "meetings", "prepare", "decide", "gates"),
}
"""The blocks of each role's page, the most important first."""
EXPECTED: Mapping[str, frozenset[Role]] = {
    "decide": frozenset({Role.MANAGER, Role.OWNER, Role.STEERING, Role.LINE_MANAGER}),
    "prepare": frozenset({Role.COORDINATOR}),
    "week": frozenset(set(PROJECT_ROLES) - {Role.GUEST}),
    "portfolio": frozenset({Role.PORTFOLIO_LEADER, Role.AUDITOR}),
}
"""Whose page shows a block also while it is empty, so that it is known where things will come."""
LEADING = (
    *(Role.OWNER, Role.STEERING, Role.MANAGER, Role.PORTFOLIO_LEADER, Role.COORDINATOR),
    *(Role.LINE_MANAGER, Role.AUDITOR, Role.MEMBER),
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
    hours: Item | None = None
    pulses: list[Item] = field(default_factory=list)

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
    reads = queries.sees_everything(actor) or Role.LINE_MANAGER in actor.organisation_roles
    if not queries.own_projects(actor) and not reads:
        return Desk([], guest_of=guest_of, may_start=_may_start(actor))
    lists = queries.lists(actor)
    rows = {
        "decide": waiting.to_decide(actor, lists),
        "prepare": waiting.to_prepare(actor, lists),
        "chase": waiting.chase(lists),
        "meetings": [_meeting(row) for row in lists["meetings"]],
        "gates": [_gate(row) for row in lists["gates"] if _keeps_gate(actor, row["project"])],
        "week": weeks.grouped(weeks.items(actor, lists)),
        "portfolio": [_looked_into(actor, row) for row in lists.get("everything", ())],
    }
    return Desk(
        _blocks(actor, rows, shows_empty=bool(lists["larger"]) or not lists["projects"]),
        projects=[project_row(row) for row in lists["projects"]],
        since=changes.sentences(lists["changes"]),
        guest_of=guest_of,
        may_start=_may_start(actor),
        hours=hours.mine(lists, timezone.localdate()),
        pulses=between.asked(actor, lists),
    )


def _blocks(actor: Actor, rows: Mapping[str, list[Item]], *, shows_empty: bool) -> list[Block]:
    """What there is, in the order of the role; whoever has small projects sees nothing empty."""
    held = actor.all_roles(ORGANISATION_SCOPE)
    first = next((role for role in LEADING if role in held), Role.MEMBER)
    order = [*ORDER[first], *(name for name in rows if name not in ORDER[first])]
    found = [
        Block(name, rows[name], _count(name, rows[name]))
        for name in order
        if rows[name] or (shows_empty and held & EXPECTED.get(name, frozenset()))
    ]
    return found or [Block("week", [])]


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


def _looked_into(actor: Actor, row: Row) -> Item:
    """A project of all there are; who audits goes on to it as of a date from here."""
    shown = project_row(row)
    if Role.AUDITOR in actor.organisation_roles:
        shown["as_of"] = maybe_url("archiving:as_of", row["key"])
    return shown


def _home_of(key: str) -> str:
    return reverse("overview", args=[key])


def _meeting(row: Row) -> Item:
    begins = timezone.localtime(row["starts_at"])
    open_to_answer = row["state"] == MeetingState.PLANNED and row["invited_at"] is not None
    return {
        **row,
        "href": maybe_url("meeting", row["key"], row["number"]) or _home_of(row["key"]),
        "begins": begins,
        "ends": begins + timedelta(minutes=row["minutes"]),
        "answers": Answer.choices[1:] if open_to_answer else (),
        "says": str(Answer(row["answer"]).label),
    }


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
