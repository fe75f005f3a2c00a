"""The lists of stakeholders, of the communication plan and of what each received, declared."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.stakeholders import communicating, registered
from tospann.stakeholders.models import Category, Channel, Degree, HowOften
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

CATEGORIES = {value: (label, "neutral") for value, label in Category.choices}
CHANNELS = {value: (label, "neutral") for value, label in Channel.choices}
_DEGREES = dict(Degree.choices)
_HOW_OFTEN = dict(HowOften.choices)
STAKEHOLDERS = Register(
    key="stakeholders",
    title=_("Stakeholders"),
    lead=_("Who the project touches, what they expect and what they have been told"),
    columns=(),
    empty=Empty(
        _("No stakeholders yet."),
        _("Start with those who can stop the project, and those who will live with the result."),
        icon="team",
    ),
    order=("name", "number"),
    also=("number",),
    live="stakeholders",
)
COMMUNICATION = Register(
    key="communication",
    title=_("Communication plan"),
    lead=_("What is told to whom, how, how often and by whom"),
    columns=(),
    empty=Empty(
        _("The communication plan is empty."),
        _("Add what somebody should hear from the project; it comes up here and on your page."),
        icon="send",
    ),
    order=communicating.BY_DATE,  # type: ignore[arg-type]  # expressions order as names do
    also=("number", "next_on", "how_often"),
    overdue=lambda row: communicating.is_overdue(row["next_on"]),
    live="stakeholders",
)
LOG = Register(
    key="communication_log",
    title=_("What each has received"),
    lead=_("Every time something was told, and to whom"),
    columns=(),
    empty=Empty(
        _("Nothing has been told yet."),
        _("Note it on the line of the communication plan when it is done."),
        icon="history",
    ),
    order=("-told__on", "stakeholder__name", "pk"),
    also=("stakeholder__number", "told__item__number"),
    live="stakeholders",
)


def stakeholders(project: Project, actor: Actor) -> Register:
    """With what is thought of them only for those who keep the register."""
    judging = registered.may_judge(actor, project)
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("name", _("Name or role"), "link"),
        Column("organisation", _("Organisation")),
        Column("category", _("Category"), "state", states=CATEGORIES),
        *(_judged() if judging else ()),
        Column("expectation", _("What they expect"), sort=""),
        Column("last_told", _("Last told"), "date", value=lambda row: row["last_told"], sort=""),
        Column("relation", _("Relation to the project"), default=False, sort=""),
        Column("information_need", _("What they need to know"), default=False, sort=""),
    )

    def complete(rows: list[Row]) -> None:
        registered.add_last_told(rows)
        if judging:
            registered.add_judgements(actor, project, rows)

    return replace(
        STAKEHOLDERS,
        columns=columns,
        filters=(
            search(_("Search"), "name", "organisation", "relation", "expectation"),
            choice("category", _("Category"), Category.choices),
            *(_judged_filters() if judging else ()),
            flag("active", _("In use"), lambda rows: rows.filter(is_active=True), on=True),
        ),
        row_link=lambda row: reverse("stakeholder", args=[project.key, row["number"]]),
        complete=complete,
    )


def _judged() -> tuple[Column, ...]:
    return (
        Column(
            "influence",
            _("Influence"),
            value=lambda row: _DEGREES.get(row["influence"], ""),
            sort="judgement__influence",
        ),
        Column(
            "interest",
            _("Interest"),
            value=lambda row: _DEGREES.get(row["interest"], ""),
            sort="judgement__interest",
        ),
        Column("strategy", _("Strategy"), value=lambda row: row["strategy"], sort=""),
        Column(
            "own_words",
            _("How we meet them"),
            value=lambda row: row["own_words"],
            sort="",
            default=False,
        ),
    )


def _judged_filters() -> tuple[Filter, ...]:
    def missing(rows: Rows) -> Rows:
        return rows.filter(judgement__isnull=True)

    degrees = [(str(value), label) for value, label in Degree.choices]
    return (
        choice("influence", _("Influence"), degrees, field="judgement__influence"),
        choice("interest", _("Interest"), degrees, field="judgement__interest"),
        flag("unjudged", _("Not judged yet"), missing),
    )


def communication(project: Project, actor: Actor) -> Register:
    def mine(rows: Rows) -> Rows:
        return rows.filter(responsible=actor.person_id)

    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("title", _("What is told"), "link"),
        Column("who", _("Who is told"), value=lambda row: row["who"], sort=""),
        Column("channel", _("Channel"), "state", states=CHANNELS),
        Column("how_often", _("How often"), value=lambda row: _HOW_OFTEN[row["how_often"]]),
        Column("next_on", _("Next time"), "date"),
        Column("last", _("Last told"), "date", value=lambda row: row["last"], sort=""),
        Column("responsible", _("Responsible"), "person", field="responsible__name"),
        Column("purpose", _("Why"), default=False, sort=""),
    )
    return replace(
        COMMUNICATION,
        columns=columns,
        filters=(
            search(_("Search"), "title", "purpose"),
            choice("channel", _("Channel"), Channel.choices),
            choice("who", _("Responsible"), team(project), field="responsible_id"),
            flag("mine", _("Mine"), mine),
            flag("left", pgettext_lazy("communication", "To be told"), _left, on=True),
        ),
        row_link=lambda row: reverse("communication_item", args=[project.key, row["number"]]),
        complete=communicating.add_audience,
    )


def _left(rows: Rows) -> Rows:
    return rows.filter(next_on__isnull=False)


def log(project: Project) -> Register:
    columns = (
        Column("on", _("Told on"), "date", field="told__on"),
        Column(
            "stakeholder",
            _("Who was told"),
            field="stakeholder__name",
            href=lambda row: reverse("stakeholder", args=[project.key, row["stakeholder__number"]]),
        ),
        Column("organisation", _("Organisation"), field="stakeholder__organisation"),
        Column("title", _("What is told"), "link", field="told__item__title"),
        Column("channel", _("Channel"), "state", field="told__item__channel", states=CHANNELS),
        Column("note", _("What was said or sent"), field="told__note", sort=""),
        Column("by", _("Told by"), "person", field="told__by__name"),
        Column("link", _("Where it lies"), field="told__link", default=False, sort=""),
    )
    return replace(
        LOG,
        columns=columns,
        filters=(
            search(_("Search"), "stakeholder__name", "told__item__title", "told__note"),
            choice(
                "who",
                _("Who was told"),
                lambda: registered.choices(project),
                field="stakeholder_id",
            ),
            choice("channel", _("Channel"), Channel.choices, field="told__item__channel"),
        ),
        row_link=lambda row: reverse(
            "communication_item", args=[project.key, row["told__item__number"]]
        ),
    )
