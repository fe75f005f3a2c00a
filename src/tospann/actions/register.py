"""The list of a project's actions, declared."""

from dataclasses import replace

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.actions import queries
from tospann.actions.models import ActionState, OriginKind, Priority
from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

STATES = {
    "open": (ActionState.OPEN.label, "info"),
    "done": (ActionState.DONE.label, "success"),
    "dropped": (ActionState.DROPPED.label, "neutral"),
}
PRIORITIES = {
    "normal": (Priority.NORMAL.label, "neutral"),
    "high": (Priority.HIGH.label, "warning"),
}


class Toggle(str):
    """A button in a list, plain text in an exported file."""

    __slots__ = ("html",)
    html: str

    def __html__(self) -> str:
        return self.html


def _toggle(key: str, row: Row) -> Toggle:
    """Completes or reopens, then shows the list as it has become."""
    is_open = row["state"] == ActionState.OPEN
    word = gettext("Complete") if is_open else gettext("Reopen")
    shown = Toggle(gettext("no") if is_open else gettext("yes"))
    shown.html = format_html(
        '<button class="ds-button action-toggle" data-variant="tertiary" data-size="sm" '
        'type="button" id="toggle-{}" aria-label="{}: {}" hx-post="{}" hx-vals="{}" '
        'hx-target="#register-rows" hx-swap="outerHTML">{}</button>',
        row["number"],
        word,
        row["title"],
        reverse("action_toggle", args=[key, row["number"]]),
        '{"to": "done"}' if is_open else '{"to": "open"}',
        word,
    )
    return shown


def _origin(row: Row) -> str:
    label = OriginKind(row["origin_kind"]).label
    return f"{label}: {row['born_label']}" if row["born_label"] else str(label)


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
    order=queries.BY_URGENCY,  # type: ignore[arg-type]  # expressions order as names do
    also=("number", "title", "state", "due_on", "origin_kind", "born_label"),
    overdue=lambda row: queries.is_overdue(row["due_on"], row["state"]),
)


def of_project(project: Project, actor: Actor, team: list[tuple[str, str]]) -> Register:
    """The register with this project's people and short ids, and the actor's own actions."""
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("title", _("Action"), "link"),
        Column("owner", _("Owner"), "person", field="owner__name"),
        Column("due_on", _("Due date"), "date"),
        Column("state", _("State"), "state", states=STATES),
        Column("toggle", _("Done"), value=lambda row: _toggle(project.key, row)),
        Column("priority", _("Priority"), "state", states=PRIORITIES, default=False),
        Column("origin", _("Born in"), value=_origin, default=False),
        Column("created_at", _("Added"), "date", default=False),
    )
    return replace(
        REGISTER,
        columns=columns,
        filters=_filters(actor, team),
        row_link=lambda row: reverse("action", args=[project.key, row["number"]]),
    )


def _filters(actor: Actor, team: list[tuple[str, str]]) -> tuple[Filter, ...]:
    def own(rows: Rows) -> Rows:
        return rows.filter(owner_id=actor.person_id)

    return (
        search(_("Search"), "title", "description"),
        choice("state", _("State"), ActionState.choices, default=ActionState.OPEN),
        choice("owner", _("Owner"), team, field="owner_id"),
        choice("origin", _("Born in"), OriginKind.choices, field="origin_kind"),
        flag("mine", _("Mine"), own),
        flag("overdue", _("Overdue"), queries.overdue),
    )
