"""The lists of a project's contacts, telephone notes and promises, declared."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.stakeholders import queries
from tospann.stakeholders.models import PromiseState
from tospann.stakeholders.promises import breaks
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

STATES = {
    "open": (PromiseState.OPEN.label, "info"),
    "kept": (PromiseState.KEPT.label, "success"),
    "broken": (PromiseState.BROKEN.label, "danger"),
    "withdrawn": (PromiseState.WITHDRAWN.label, "neutral"),
}
PLAN = {
    "breaks": (_("Will break it"), "danger"),
    "holds": (_("Holds it"), "success"),
}
CONTACTS = Register(
    key="contacts",
    title=_("Contacts"),
    lead=_("Everybody the project deals with, and what stands between us"),
    columns=(),
    empty=Empty(
        _("No contacts yet."),
        _("They come from telephone notes and meetings, or are added here."),
        icon="person",
    ),
    order=("name",),
    also=("pk", "is_active"),
    live="stakeholders",
)
NOTES = Register(
    key="notes",
    title=_("Telephone notes"),
    lead=_("Who called, what was said and what was promised"),
    columns=(),
    empty=Empty(
        _("No telephone notes yet."),
        _("Write one while you talk: who, what, and what was promised."),
        icon="phone",
    ),
    order=("-called_at", "-number"),
    also=("number", "contact_id"),
    live="stakeholders",
)
PROMISES = Register(
    key="promises",
    title=_("Promises"),
    lead=_("Everything somebody has promised, wherever it was said"),
    columns=(),
    empty=Empty(
        _("No promises yet."),
        _("They come from telephone notes, minutes and decisions, or are added here."),
        icon="check-circle",
    ),
    order=queries.BY_URGENCY,  # type: ignore[arg-type]  # expressions order as names do
    also=("number", "state", "due_on", "activity_uid", "born_label"),
    overdue=lambda row: queries.is_overdue(row["due_on"], row["state"]),
    live="stakeholders planning",
)


def contacts(project: Project) -> Register:
    columns = (
        Column("name", _("Name"), "link"),
        Column("organisation", _("Organisation")),
        Column("title", _("Title"), default=False),
        Column("phone", _("Phone"), href=lambda row: _dial(row["phone"])),
        Column("email", _("Email"), href=lambda row: _write_to(row["email"])),
        Column(
            "promises", _("Open promises"), "number", value=lambda row: row["promises"], sort=""
        ),
    )
    return replace(
        CONTACTS,
        columns=columns,
        filters=(
            search(_("Search"), "name", "organisation", "email", "phone"),
            flag("promises", _("With open promises"), queries.with_open_promises),
            flag("active", _("In use"), lambda rows: rows.filter(is_active=True), on=True),
        ),
        row_link=lambda row: reverse("contact", args=[project.key, row["pk"]]),
        complete=_count_open,
    )


def _count_open(rows: list[Row]) -> None:
    found = queries.open_promises_by_contact([row["pk"] for row in rows])
    for row in rows:
        row["promises"] = found.get(row["pk"], 0)


def _dial(phone: str) -> str | None:
    return f"tel:{phone.replace(' ', '')}" if phone else None


def _write_to(email: str) -> str | None:
    return f"mailto:{email}" if email else None


def notes(project: Project) -> Register:
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("text", _("What was said"), "link", value=_beginning, sort=""),
        Column(
            "contact",
            _("Contact"),
            field="contact__name",
            href=lambda row: reverse("contact", args=[project.key, row["contact_id"]]),
        ),
        Column("organisation", _("Organisation"), field="contact__organisation", default=False),
        Column("called_at", _("Time"), "date"),
        Column("written_by", _("Written by"), "person", field="written_by__name"),
        Column("promises", _("Promises"), "number", value=lambda row: row["made"], sort=""),
    )
    return replace(
        NOTES,
        columns=columns,
        also=(*NOTES.also, "text"),
        filters=(
            search(_("Search"), "text", "contact__name", "contact__organisation"),
            choice("who", _("Contact"), lambda: _contact_choices(project), field="contact_id"),
        ),
        row_link=lambda row: reverse("note", args=[project.key, row["number"]]),
        complete=_count_promises,
    )


def _contact_choices(project: Project) -> list[tuple[str, str]]:
    return [(str(pk), label) for pk, label in queries.contact_names(project)]


def _beginning(row: Row) -> str:
    line: str = row["text"].partition("\n")[0]
    return (line if len(line) <= 100 else f"{line[:99]}…") or gettext("Only promises")


def _count_promises(rows: list[Row]) -> None:
    made = queries.promises_by_note([row["pk"] for row in rows])
    for row in rows:
        row["made"] = made.get(row["pk"], 0)


def promises(project: Project, actor: Actor, team: list[tuple[str, str]]) -> Register:
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("text", _("What was promised"), "link"),
        Column("by_name", _("Promised by"), "person"),
        Column("whom", _("Promised to")),
        Column("due_on", _("By when"), "date"),
        Column("state", _("State"), "state", states=STATES),
        Column("plan", _("The plan"), "state", states=PLAN, value=lambda row: row["plan"]),
        Column("planned", _("Planned"), "date", value=lambda row: row["planned"], default=False),
        Column("born_label", _("Where it was said")),
        Column("created_at", _("Added"), "date", default=False),
    )
    return replace(
        PROMISES,
        columns=columns,
        filters=_promise_filters(actor, team),
        row_link=lambda row: reverse("promise", args=[project.key, row["number"]]),
        complete=lambda rows: _look_at_the_plan(project, rows),
    )


def _promise_filters(actor: Actor, team: list[tuple[str, str]]) -> tuple[Filter, ...]:
    def own(rows: Rows) -> Rows:
        return rows.filter(by_person_id=actor.person_id)

    def theirs(rows: Rows) -> Rows:
        return rows.filter(by_contact__isnull=False)

    return (
        search(_("Search"), "text", "by_name", "whom", "born_label"),
        choice("state", _("State"), PromiseState.choices, default=PromiseState.OPEN),
        choice("by", _("Promised by"), team, field="by_person_id"),
        flag("mine", _("Mine"), own),
        flag("theirs", _("Promised to us"), theirs),
        flag("overdue", _("Overdue"), queries.overdue),
    )


def _look_at_the_plan(project: Project, rows: list[Row]) -> None:
    """Adds to the rows what the plan says of them."""
    planned = queries.planned_for(project.pk, rows)
    for row in rows:
        one = planned.get(row["pk"])
        row["planned"] = one.finish if one else None
        row["plan"] = "" if one is None else "breaks" if breaks(row["due_on"], one) else "holds"
