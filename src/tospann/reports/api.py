"""The status of a project in the REST API, as data and as a PDF."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.reports import figures, pdf, status

router = Router(tags=["reports"])
Language = Literal["nb", "en"]


class State(Schema):
    """How the project is, as computed, and why."""

    tone: Literal["success", "warning", "danger"]
    word: str
    why: str


class PhaseLine(Schema):
    """A phase, and the gate that ends it."""

    name: str
    state: Literal["done", "now", "next"]
    word: str
    percent: int
    gate: str


class Figure(Schema):
    """A computed figure in words."""

    label: str
    value: str
    note: str


class Criterion(Schema):
    """A success criterion and how it is assessed."""

    text: str
    target: str
    word: str


class GoalLine(Schema):
    """A goal with its success criteria."""

    level: str
    text: str
    criteria: list[Criterion]


class MilestoneLine(Schema):
    """A milestone of the period or to come."""

    name: str
    date: str
    responsible: str
    word: str


class DecisionLine(Schema):
    """A decision of the period."""

    id: str
    title: str
    date: str
    word: str
    by: str


class OpenPoint(Schema):
    """A case that waits, or an action that is overdue."""

    id: str
    title: str
    who: str
    date: str


class Status(Schema):
    """The status page, in the language asked for."""

    language: str
    title: str
    key: str
    name: str
    date: Annotated[list[int], Field(description="Year, month and day of the figures")]
    state: State
    phases: list[PhaseLine]
    figures: list[Figure]
    goals: list[GoalLine]
    milestones: list[MilestoneLine]
    decisions: list[DecisionLine]
    cases: list[OpenPoint]
    actions: list[OpenPoint]
    gaps: list[str]


def _data(request: HttpRequest, key: str, language: Language, since: date | None) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    found = figures.figures(projects.project(actor, key), since)
    with override(language):
        return status.status(found)


@router.get("/projects/{key}/status", response=Status, summary="Status of the project")
def read_status(
    request: HttpRequest, key: str, language: Language = "nb", since: date | None = None
) -> dict[str, Any]:
    """Phases, goals, milestones, decisions since a day, and open points."""
    return _data(request, key, language, since)


@router.get("/projects/{key}/status.pdf", summary="Status page as PDF", response={200: None})
def read_status_pdf(
    request: HttpRequest, key: str, language: Language = "nb", since: date | None = None
) -> HttpResponse:
    """The same as a tagged PDF (PDF/UA-1)."""
    data = _data(request, key, language, since)
    try:
        made = pdf.render("status", data)
    except pdf.Busy:
        raise HttpError(
            503, gettext("Many reports are being made. Try again in a moment.")
        ) from None
    return HttpResponse(made, content_type="application/pdf")
