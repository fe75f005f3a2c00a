"""The portfolio as a declared list: columns, filters, export."""

from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor, Role
from tospann.packs.queries import everything
from tospann.portfolio import queries
from tospann.portfolio.queries import NEEDS_ACTION, ON_TRACK, WATCH
from tospann.projects.models import PhaseState
from tospann.reports.models import Trend
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.register import Column, Empty, Filter, Register, flag, search

HEALTH = {
    ON_TRACK: (_("On track"), "success"),
    WATCH: (_("Watch"), "warning"),
    NEEDS_ACTION: (_("Needs action"), "danger"),
}
STATES = {
    "founding": (_("Being founded"), "info"),
    "active": (_("Active"), "success"),
    "closed": (_("Closed"), "neutral"),
}


class Strip(str):
    """A project's phases as a small bar; in a file, the phase under way in words.

    Two bars may have the same words: a list that remembers what it has painted tells them apart.
    """

    __slots__ = ("html",)
    html: str
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    def __html__(self) -> str:
        return self.html


_WORDS = {"done": _("done"), "current": _("under way"), "future": _("not started")}


def _phase(row: dict[str, Any]) -> str:
    """“Planlegging (2 av 5)”."""
    return _strip(language(), tuple((name, state) for name, state in row["phases"]))


@lru_cache(maxsize=1024)
def _strip(_language: str, phases: tuple[tuple[str, str], ...]) -> str:
    """Of a hundred projects, most have phases like another's."""
    now = [place for place, (_name, state) in enumerate(phases) if state == PhaseState.CURRENT]
    if not now:
        return ""
    place = _now("%(settled)s of %(total)s") % {"settled": now[-1] + 1, "total": len(phases)}
    words = f"{phases[now[-1]][0]} ({place})"
    shown = Strip(words)
    steps = format_html_join(
        "",
        '<li data-state="{}"><span class="ds-sr-only">{}: {}</span></li>',
        ((state, name, _WORDS[state]) for name, state in phases),
    )
    shown.html = format_html(
        '<span class="strip-name">{}</span> <ol class="strip">{}</ol>', _kept_together(words), steps
    )
    return shown


def _kept_together(words: str) -> str:
    """“Planlegging (2 av 5)” with the count on one line."""
    name, bracket, count = words.rpartition(" (")
    return f"{name}{bracket}{count.replace(' ', chr(160))}"


def _gate(row: dict[str, Any]) -> str | None:
    """“G3 · 01.01.2027 · 3 av 7”."""
    if not row["gate"]:
        return None
    parts = [row["gate"]]
    if row["gate_on"]:
        parts.append(formats.short_date(row["gate_on"], language()))
    if row["total"]:
        settled = row["total"] - row["left"]
        share = _now("%(settled)s of %(total)s") % {"settled": settled, "total": row["total"]}
        parts.append(share.replace(" ", "\u00a0"))
    return " · ".join(parts)


def _finish(row: dict[str, Any]) -> str:
    """When the plan ends, and by how much that is past the end date; else the end date."""
    day = formats.short_date(row["planned"] or row["finish"], language())
    over = (row["planned"] - row["finish"]).days if row["planned"] else 0
    return _now("%(day)s (+%(n)s d)") % {"day": day, "n": over} if over > 0 else day


def _trend(row: dict[str, Any]) -> str | None:
    """“Verre enn sist · 12.11.2026”: what the last signed report said; nothing without one."""
    if not row["reported_on"]:
        return None
    day = formats.short_date(row["reported_on"], language())
    return f"{Trend(row['trend']).label} · {day}"


def _manager(row: dict[str, Any]) -> str:
    return str(row["manager"])


def _healthy(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    return rows.filter(health=int(value)) if value in {"0", "1", "2"} else rows


def _waiting(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.filter(waiting__gt=0)


def _open_only(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    if value == "open":
        return queries.not_closed(rows)
    return rows.filter(state=value) if value in STATES else rows


def _managed(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    try:
        return queries.managed_by(rows, UUID(value))
    except ValueError:
        return rows


def _from_pack(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    return rows.filter(pack_key=value)


def of(actor: Actor) -> Register:
    """The portfolio with the phases, packs and managers of what the actor sees to choose from."""

    def own(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return rows.filter(pk__in=[pk for pk in actor.roles if actor.roles_in(pk) - {Role.GUEST}])

    found = cache(partial(queries.offered, actor))
    return replace(
        PORTFOLIO,
        filters=(
            *PORTFOLIO.filters,
            Filter("phase", _("Phase"), queries.in_phase, lambda: found()["phases"]),
            Filter("pack", _("Template pack"), _from_pack, lambda: _packs(found()["packs"])),
            Filter("manager", _("Project manager"), _managed, lambda: found()["managers"]),
            flag("mine", _("My projects"), own),
        ),
    )


def _packs(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The packs in use, by name in the reader's language."""
    if not keys:
        return []
    names = packs_by_name()
    return [(key, names.get(key, key)) for key, _same in keys]


def packs_by_name() -> dict[str, str]:
    """Every pack's name in the reader's language, by its key."""
    return {one.pack.key: one.pack.name.in_language(language()) for one in everything()}


PORTFOLIO = Register(
    key="portfolio",
    title=_("Portfolio"),
    lead=_("The projects you may see: what needs action first"),
    columns=(
        Column("name", _("Project"), "link"),
        Column("key", _("Key"), "key", default=False),
        Column("health", _("State"), "state", states=HEALTH),  # type: ignore[arg-type]  # by number
        Column("trend", _("Last report"), value=_trend),
        Column("phase", _("Phase"), value=_phase),
        Column("gate", _("Next gate"), value=_gate, sort="gate_on"),
        Column("gate_on", _("Gate date"), "date", default=False),
        Column("waiting", _("To decide"), "number"),
        Column("planned", _("Finish"), value=_finish, sort="planned"),
        Column("finish", _("End date"), "date", default=False),
        Column("progress", _("Progress"), "percent", default=False),
        Column("manager", _("Project manager"), "person", value=_manager),
        Column("late", _("Milestones late"), "number", default=False),
        Column("state", _("Project state"), "state", states=STATES, default=False),
    ),
    filters=(
        search(_("Search"), "name", "key"),
        Filter(
            "health",
            _("State"),
            _healthy,
            [(str(value), label) for value, (label, _tone) in reversed(HEALTH.items())],
        ),
        Filter(
            "stage",
            _("Project state"),
            _open_only,
            [("open", _("Not closed")), *((key, label) for key, (label, _t) in STATES.items())],
            default="open",
        ),
        flag("waiting", _("Waits for a decision"), _waiting),
    ),
    order=queries.RED_FIRST,
    row_link=lambda row: reverse("overview", args=[row["key"]]),
    also=("key", "gate_on", "planned", "finish"),
    complete=queries.complete,
    empty=Empty(
        _("You see no projects yet"),
        _("Projects come here when you have a role in them."),
        icon="portfolio",
    ),
)
