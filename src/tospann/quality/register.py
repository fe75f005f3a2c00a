"""The lists of quality, declared; and the words and colours of every state."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.quality import queries
from tospann.quality.models import (
    DeliverableState,
    Grade,
    NonconformityState,
    Outcome,
    RequirementKind,
    RequirementState,
    ReviewResult,
    ReviewState,
    RoundState,
)
from tospann.quality.sorts import NONCONFORMITY, REQUIREMENT, Sort
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

Words = dict[str, tuple[Promise | str, str]]


def _words(of: Any, *tones: str) -> Words:
    return {one.value: (one.label, tone) for one, tone in zip(of, tones, strict=True)}


STATES: dict[str, Words] = {
    "requirement": _words(RequirementState, "info", "neutral"),
    "deliverable": _words(DeliverableState, "neutral", "info", "success", "warning", "danger"),
    "quality_review": _words(ReviewState, "neutral", "info", "success"),
    "test_round": _words(RoundState, "neutral", "info", "success"),
    "nonconformity": _words(NonconformityState, "danger", "warning", "success", "neutral"),
}
OUTCOMES = _words(Outcome, "neutral", "success", "danger", "warning")
RESULTS = _words(ReviewResult, "neutral", "success", "warning", "danger")
GRADES: Words = {
    Grade.A: ("A", "danger"),
    Grade.B: ("B", "warning"),
    Grade.C: ("C", "info"),
}
_EMPTY = {
    "requirement": Empty(
        _("No requirements yet."),
        _("Write down the standards and requirements that decide whether the result is good."),
        icon="list",
    ),
    "deliverable": Empty(
        _("No deliverables yet."),
        _("A deliverable says what is expected, and by what it is accepted."),
        icon="document",
    ),
    "quality_review": Empty(
        _("No reviews yet."),
        _("Plan who checks which product against which requirements, and when."),
        icon="search",
    ),
    "test_round": Empty(
        _("No test rounds yet."),
        _("A round gathers the tests that are tried together; its results prove requirements."),
        icon="tasks",
    ),
    "nonconformity": Empty(
        _("No nonconformities."),
        _("What does not meet a requirement is raised here, corrected, and verified."),
        icon="check-circle",
    ),
}
LEADS = {
    "requirement": _("What the result must meet, and how that is proved"),
    "deliverable": _("What is handed over, and by what it is accepted"),
    "quality_review": _("Products checked against what is required of them"),
    "test_round": _("What is tried, by whom, and what came of it"),
    "nonconformity": _("What does not meet a requirement, until the correction is verified"),
}


def of_sort(sort: Sort, project: Project, actor: Actor) -> Register:
    """The register of one sort with this project's people and short ids."""
    return Register(
        key=sort.plural,
        title=sort.title,
        lead=LEADS[sort.name],
        columns=(*_first(project), *_OWN[sort.name], *_last(sort)),
        empty=_EMPTY[sort.name],
        filters=_filters(sort, project, actor),
        order=queries.order_of(sort.model),
        row_link=lambda row: _address(project, sort, row),
        overdue=_overdue(sort),
        also=("number", "state", *(() if sort is REQUIREMENT else ("due_on",))),
        live="quality",
    )


def _address(project: Project, sort: Sort, row: Row) -> str:
    return f"/p/{project.key}/quality/{PLACES[sort.name]}/{row['number']}"


PLACES = {
    "requirement": "requirements",
    "deliverable": "deliverables",
    "quality_review": "reviews",
    "test_round": "rounds",
    "nonconformity": "nonconformities",
}


def _overdue(sort: Sort) -> Any:
    if sort is REQUIREMENT:
        return None
    settled = _SETTLED[sort.name]
    today = timezone.localdate()
    return lambda row: bool(row["due_on"] and row["due_on"] < today and row["state"] not in settled)


_SETTLED = {
    "deliverable": {str(state) for state in queries.DONE},
    "quality_review": {ReviewState.APPROVED.value},
    "test_round": {RoundState.ENDED.value},
    "nonconformity": {NonconformityState.VERIFIED.value, NonconformityState.ACCEPTED.value},
}


def _first(project: Project) -> tuple[Column, ...]:
    key = project.key
    number = Column(
        "number", _("No."), "key", value=lambda row: f"{key}-{row['number']}", sort="number"
    )
    return (number, Column("title", _("Title"), "link"))


def _text(key: str, label: Promise) -> Column:
    return Column(key, label, default=False, sort="")


_KINDS: Words = {one.value: (one.label, "neutral") for one in RequirementKind}
_OWN: dict[str, tuple[Column, ...]] = {
    "requirement": (
        Column("kind", _("Kind"), "state", states=_KINDS),
        Column("source", _("Source"), sort=""),
        Column("method", _("How it is proved"), sort=""),
        _text("description", _("Description")),
    ),
    "deliverable": (
        Column("phase", _("Phase"), field="phase__name", default=False),
        Column("method", _("How it is accepted"), sort="", default=False),
        _text("expectation", _("Expectation")),
        _text("tolerance", _("Tolerance")),
        _text("criteria", _("Acceptance criteria")),
        Column("answered_name", _("Answered by"), default=False),
        Column("answered_at", _("Answered"), "date", default=False),
        _text("answer", _("Remarks")),
    ),
    "quality_review": (
        Column("deliverable", _("Deliverable"), field="deliverable__title", default=False),
        Column("method", _("Method"), sort=""),
        Column("performed_on", _("Carried out"), "date"),
        Column("result", _("Result"), "state", states=RESULTS),
        _text("findings", _("Findings")),
        Column("approved_by", _("Approved by"), field="approved_by__name", default=False),
    ),
    "test_round": (
        Column("deliverable", _("Deliverable"), field="deliverable__title", default=False),
        Column("tests", _("Tests"), "number"),
        Column("passed", Outcome.PASSED.label, "number"),
        Column("failed", Outcome.FAILED.label, "number"),
        Column("starts_on", _("Starts"), "date", default=False),
        _text("conclusion", _("Conclusion")),
    ),
    "nonconformity": (
        Column("grade", _("Grade"), "state", states=GRADES),
        Column("requirement", _("Requirement"), field="requirement__title", default=False),
        Column("deliverable", _("Deliverable"), field="deliverable__title", default=False),
        _text("description", _("Description")),
        _text("cause", _("Cause")),
        _text("correction", _("Correction")),
        _text("reason", _("Reason")),
    ),
}
_DUE = {
    "deliverable": _("Due date"),
    "quality_review": _("Planned for"),
    "test_round": _("Ends"),
    "nonconformity": _("Due date"),
}


def _last(sort: Sort) -> tuple[Column, ...]:
    owner = _("Owner") if sort is NONCONFORMITY else _("Responsible")
    due = () if sort is REQUIREMENT else (Column("due_on", _DUE[sort.name], "date"),)
    return (
        Column("owner", owner, "person", field="owner__name"),
        *due,
        Column("state", _("State"), "state", states=STATES[sort.name]),
    )


def _filters(sort: Sort, project: Project, actor: Actor) -> tuple[Filter, ...]:
    def own(rows: Rows) -> Rows:
        return rows.filter(owner_id=actor.person_id)

    def unsettled(rows: Rows) -> Rows:
        return rows.filter(queries.OPEN[sort.model])

    states = [(key, label) for key, (label, _tone) in STATES[sort.name].items()]
    grade = (choice("grade", _("Grade"), Grade.choices),) if sort is NONCONFORMITY else ()
    return (
        search(_("Search"), "title"),
        choice("state", _("State"), states),
        *grade,
        choice("owner", _("Responsible"), lambda: team(project), field="owner_id"),
        flag("open", _("Not settled"), unsettled),
        flag("mine", _("Mine"), own),
    )
