"""Planning a meeting, changing, moving, calling and cancelling it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.commands import Done
from tospann.foundation.ids import new_id
from tospann.meetings import commands, queries
from tospann.meetings.forms import (
    CallForm,
    CancelForm,
    DetailsForm,
    MoveForm,
    NewMeetingForm,
    WhenForm,
    shown_agenda,
)
from tospann.meetings.models import Meeting, Series
from tospann.meetings.prefill import Prefill, from_series, like, returning
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page

PLAIN = ("title", "place", "video_link", "purpose", "minutes_by", "own_points_only")


@project_page
def new_meeting(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.plan_meeting.ruling(request.actor, project)
    series, start = _start(request, project)
    form = _new_form(request, project, start)
    if form.is_valid():
        outcome = _plan(request, project, form, series)
        if isinstance(outcome, Done):
            meeting: Meeting = outcome.result
            to = reverse("meeting", args=[project.key, meeting.number])
            return answer(request, outcome, to, _("The meeting is planned. Nobody is told yet."))
    return form_page(
        request,
        form,
        title=_("New meeting"),
        submit=_("Plan the meeting"),
        lead=_("Invitations are sent when you say so."),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("meetings", args=[project.key]),
        project=project,
    )


def _start(request: ProjectRequest, project: Project) -> tuple[Series | None, Prefill]:
    """The series or meeting named in the address, and what it fills in."""
    if key := request.GET.get("series"):
        series = queries.one_series(project, key)
        return series, from_series(project, series)
    if (number := request.GET.get("like", "")).isdecimal() and len(number) < 9:
        meeting = queries.meeting(project, int(number))
        return meeting.series, like(meeting)
    return None, Prefill(minutes_by=request.actor.person_id)


def _new_form(request: ProjectRequest, project: Project, start: Prefill) -> NewMeetingForm:
    initial: dict[str, Any] = {name: getattr(start, name) for name in PLAIN}
    initial |= WhenForm.starting(start.starts_at, start.duration_minutes)
    initial |= {
        "people": [str(pk) for pk in start.people],
        "contacts": [str(pk) for pk in start.contacts],
        "others": "\n".join(", ".join(part for part in one if part) for one in start.others),
        "agenda": shown_agenda(start.agenda),
        "minutes_by": start.minutes_by or request.actor.person_id,
    }
    return NewMeetingForm(
        request.POST or None,
        team=queries.of_team(project),
        contacts=queries.contacts_to_call(project),
        initial=initial,
    )


def _plan(
    request: ProjectRequest, project: Project, form: NewMeetingForm, series: Series | None
) -> Any:
    typed = form.cleaned_data
    return try_submit(
        request,
        form,
        commands.plan_meeting.on(project),
        id=new_id(),
        series=series.pk if series else None,
        starts_at=form.starts_at,
        duration_minutes=typed["duration_minutes"],
        attendees=form.attendees,
        agenda=returning(project, series, form.starts_at) + typed["agenda"],
        **{name: typed[name] for name in PLAIN},
    )


def address(meeting: Meeting) -> str:
    """Of the meeting's own page."""
    return reverse("meeting", args=[meeting.project.key, meeting.number])


@project_page
def edit_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.change_meeting.ruling(request.actor, found)
    names = (*PLAIN, "duration_minutes")
    initial = {name: getattr(found, name) for name in names} | {"minutes_by": found.minutes_by_id}
    team = queries.of_team(project)
    form = DetailsForm(request.POST or None, team=team, initial=initial, version=found.version)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        bound = commands.change_meeting.on(found, typed.pop("version", None))
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, address(found))
    return _form(request, form, found, _("Change the meeting"), _("Save"), ruling)


@project_page
def move_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.move_meeting.ruling(request.actor, found)
    start = WhenForm.starting(found.starts_at, found.duration_minutes)
    form = MoveForm(request.POST or None, initial=start, version=found.version)
    if form.is_valid():
        typed = form.cleaned_data
        outcome = try_submit(
            request,
            form,
            commands.move_meeting.on(found, typed.get("version")),
            starts_at=form.starts_at,
            duration_minutes=typed["duration_minutes"],
            message=typed["message"],
        )
        if outcome:
            return answer(request, outcome, address(found), _("The meeting is moved."))
    return _form(request, form, found, _("Move the meeting"), _("Move the meeting"), ruling)


@project_page
def call_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.call_meeting.ruling(request.actor, found)
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        outcome = try_submit(
            request, form, commands.call_meeting.on(found), message=form.cleaned_data["message"]
        )
        if outcome:
            return answer(request, outcome, address(found), _("The invitations are on their way."))
    return _form(request, form, found, _("Send invitations"), _("Send invitations"), ruling)


@project_page
def cancel_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.cancel_meeting.ruling(request.actor, found)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        outcome = try_submit(
            request, form, commands.cancel_meeting.on(found), message=form.cleaned_data["message"]
        )
        if outcome:
            return answer(request, outcome, address(found), _("The meeting is cancelled."))
    title = _("Cancel the meeting")
    return _form(request, form, found, title, title, ruling, danger=True)


def _form(
    request: ProjectRequest,
    form: Any,
    meeting: Meeting,
    title: str,
    submit: str,
    ruling: Any,
    **more: Any,
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        decides="" if ruling.may_decide else str(ruling),
        cancel=address(meeting),
        project=meeting.project,
        **more,
    )
