"""The list of everything a project is owed, declared."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.actions import owed, sources
from tospann.actions.commands import rights
from tospann.actions.models import OriginKind, Priority, Stage
from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.ui.jinja import icon_href
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

STAGES = {
    "not_started": (Stage.NOT_STARTED.label, "neutral"),
    "under_way": (Stage.UNDER_WAY.label, "info"),
    "stuck": (_("Stuck"), "danger"),
    "done": (Stage.DONE.label, "success"),
    "dropped": (Stage.DROPPED.label, "neutral"),
}
PRIORITIES = {
    "normal": (Priority.NORMAL.label, "neutral"),
    "high": (Priority.HIGH.label, "warning"),
}
STATE_CHOICES = [("open", _("Open")), *Stage.choices]


class Buttons(str):
    """Buttons in a list, plain text in an exported file."""

    __slots__ = ("html",)
    html: str

    def __html__(self) -> str:
        return self.html

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Buttons) and self.html == other.html

    def __hash__(self) -> int:
        return hash(self.html)


_BUTTONS = (
    '<span class="row-buttons"><button class="ds-button action-toggle" data-variant="tertiary" '
    'data-size="sm" type="button" id="toggle-{number}" aria-label="{word}: {title}" '
    'hx-post="{toggle}" hx-vals="{sent}" hx-target="#register-rows" hx-swap="outerHTML">{word}'
    '</button><a class="ds-button action-edit" data-variant="tertiary" data-size="sm" data-icon '
    'aria-label="{edit}: {title}" href="{page}" hx-get="{row}" hx-target="closest tr" '
    'hx-swap="outerHTML"><svg class="icon" width="20" height="20" aria-hidden="true">'
    '<use href="{icon}"></use></svg></a></span>'
)


def _buttons(key: str, may: rights.MayChange, row: Row) -> Buttons:
    """Complete or reopen, and edit in the row; only actions have them, for whom they obey."""
    is_open = row["owed_rank"] == 0
    shown = Buttons(gettext("no") if is_open else gettext("yes"))
    shown.html = ""
    if row["owed_kind"] == owed.KIND and may(row, "state"):
        number = row["owed_ref"]
        shown.html = format_html(
            _BUTTONS,
            number=number,
            title=row["owed_title"],
            word=gettext("Complete") if is_open else gettext("Reopen"),
            edit=gettext("Edit"),
            sent='{"to": "done"}' if is_open else '{"to": "open"}',
            toggle=reverse("action_toggle", args=[key, number]),
            page=reverse("edit_action", args=[key, number]),
            row=reverse("action_row", args=[key, number]),
            icon=icon_href("edit"),
        )
    return shown


def _cell(actions: str, may: rights.MayChange, row: Row, what: str) -> tuple[str, str] | None:
    """The little form of one field, where the actor may change it; what is closed is reopened."""
    if row["owed_kind"] != owed.KIND or row["owed_rank"] or not may(row, what):
        return None
    number = row["owed_ref"]
    return f"cell-{number}-{what}", f"{actions}{number}/cell/{what}"


def _origin(row: Row) -> str:
    return str(OriginKind(row["owed_origin"]).label) if row["owed_origin"] else ""


def stage_of(row: Row) -> str:
    """What the state column says: stuck counts while it is open."""
    return "stuck" if row["owed_stuck"] and row["owed_rank"] == 0 else str(row["owed_state"])


REGISTER = Register(
    key="actions",
    title=_("Tasks"),
    lead=_("Everything somebody owes the project"),
    columns=(),
    empty=Empty(
        _("No actions yet."),
        _("Actions come from meetings, decisions, checklists and risks, or are added here."),
        icon="task",
    ),
    order=sources.URGENT_FIRST,
    overdue=sources.is_late,
    id_field="owed_pick",
)


def of_project(project: Project, actor: Actor, team: list[tuple[str, str]]) -> Register:
    """The register with this project's people and short ids, and the actor's own actions."""
    key, may = project.key, rights.may_change(actor, project.pk)
    return replace(
        REGISTER,
        columns=(*_changed_in_place(key, may), *_further(key, may)),
        filters=filters(actor, team),
        row_link=lambda row: sources.address(key, row),
        pickable=lambda row: may(row, "state") or may(row, "due_on"),
    )


def _changed_in_place(key: str, may: rights.MayChange) -> Iterator[Column]:
    """What it is, and the three fields that change most."""
    actions = reverse("action", args=[key, 0]).removesuffix("0")

    def form(what: str) -> Callable[[Row], tuple[str, str] | None]:
        return lambda row: _cell(actions, may, row, what)

    number = partial(sources.short_id, key)
    yield Column("number", _("No."), "key", value=number, sort="owed_ref")
    yield Column("title", _("What"), "link", field="owed_title")
    yield Column("kind", _("Kind"), value=_kind, sort="owed_kind")
    owner, due = form("owner"), form("due_on")
    yield Column("owner", _("Owner"), "person", field="owed_owner_name", edit=owner)
    yield Column("due_on", _("Due date"), "date", field="owed_due", sort="owed_by", edit=due)
    state = Column("state", _("State"), "state", value=stage_of, sort="owed_state", states=STAGES)
    yield replace(state, edit=form("state"))


def _further(key: str, may: rights.MayChange) -> Iterator[Column]:
    yield Column("toggle", _("Done"), value=lambda row: _buttons(key, may, row))
    yield Column("given", _("Given by"), field="owed_given_name", default=False)
    priority = Column("priority", _("Priority"), "state", field="owed_priority", default=False)
    yield replace(priority, states=PRIORITIES)
    yield Column("asked", _("Due date asked for"), "date", field="owed_asked", default=False)
    yield Column("origin", _("Born in"), value=_origin, sort="owed_origin", default=False)


def _kind(row: Row) -> str:
    return sources.label(row["owed_kind"])


def filters(actor: Actor, team: list[tuple[str, str]]) -> tuple[Filter, ...]:
    """Shared by the list and the board."""

    def owned_by(rows: Rows, value: str) -> Rows:
        if value == NOBODY:
            return rows.filter(owed_owner__isnull=True)
        return rows.filter(owed_owner=value) if value in dict(team) else rows

    def own(rows: Rows) -> Rows:
        return rows.filter(owed_owner=actor.person_id)

    def flagged(rows: Rows) -> Rows:
        return rows.filter(sources.FLAGGED, owed_rank=0)

    return (
        search(_("Search"), "owed_title"),
        Filter("state", _("State"), _in_state, STATE_CHOICES, default="open"),
        Filter("kind", _("Kind"), _of_kind, sources.kinds),
        Filter("owner", _("Owner"), owned_by, [*team, (NOBODY, _("Nobody yet"))]),
        choice("given", _("Given by"), team, field="owed_given"),
        flag("mine", _("Mine"), own),
        flag("overdue", _("Overdue"), sources.overdue),
        flag("flagged", _("Stuck or late"), flagged),
    )


NOBODY = "nobody"


def _in_state(rows: Any, value: str) -> Any:
    if value == "open":
        return rows.filter(owed_rank=0)
    return rows.filter(owed_state=value) if value in Stage.values else rows


def _of_kind(rows: Any, value: str) -> Any:
    return rows.of_kind(value) if value in dict(sources.kinds()) else rows


def replace_filters(known: list[Filter]) -> Register:
    return replace(REGISTER, filters=known)
