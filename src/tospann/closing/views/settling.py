"""Settling: the last day for costs, people released, the lessons meeting, the end report."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.blanks import commands as blanks
from tospann.budget import commands as budget
from tospann.budget.queries import budget as budget_of
from tospann.closing import commands
from tospann.closing.forms import LastBookingForm, MeetingForm, ReleaseForm, in_days
from tospann.closing.meeting import attendees, lessons_agenda, lessons_series
from tospann.closing.queries import left, reported
from tospann.closing.views.left import to_close
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.meetings import commands as meetings
from tospann.people.pages import answer, change_by_form, go, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


@project_page
def money(request: ProjectRequest, project: Project) -> HttpResponse:
    """The budget is settled: after this day no cost is recorded."""
    found = budget_of(project)
    if found is None:
        return page(request, "closing/money.html", project=project)
    start = {"last_on": found.last_booking_on or in_days(30)}
    return change_by_form(
        request,
        LastBookingForm(request.POST or None, initial=start, version=found.version),
        budget.set_last_booking,
        found,
        to=to_close(project),
        said=_("The last day for booking costs is set."),
        title=_("Settle the budget"),
        submit=_("Save"),
        project=project,
    )


@project_page
def people(request: ProjectRequest, project: Project) -> HttpResponse:
    """Everybody whose time is agreed on is free from a day."""
    said = _("The project is closing. Thank you for your work.")
    held = [f"{one} – {one.ends_on:%d.%m.%Y}" for one in left.agreements(project)[:50]]
    return change_by_form(
        request,
        ReleaseForm(request.POST or None, initial={"ends_on": in_days(14), "reason": said}),
        commands.release_people,
        project,
        to=to_close(project),
        said=_("The agreements end, and the line managers can see it."),
        title=_("Release the people"),
        lead="; ".join(held) or _("No agreement on people's time runs."),
        submit=_("End the agreements"),
        project=project,
    )


@project_page
def meeting(request: ProjectRequest, project: Project) -> HttpResponse:
    """The lessons meeting, with its agenda filled in from what is known."""
    ruling = meetings.plan_meeting.ruling(request.actor, project)
    require(ruling)
    form = MeetingForm(request.POST or None, initial={"day": in_days(7), "at": "09:00"})
    if form.is_valid():
        typed = _planned(project, form.cleaned_data)
        outcome = try_submit(request, form, meetings.plan_meeting.on(project), **typed)
        if outcome:
            said = _("The meeting is planned. Look through the agenda and call it.")
            return answer(request, outcome, reverse("meetings", args=[project.key]), said)
    shown: dict[str, Any] = {"title": _("Lessons meeting"), "submit": _("Plan the meeting")}
    decides = "" if ruling.may_decide else str(ruling)
    cancel = to_close(project)
    return form_page(request, form, decides=decides, cancel=cancel, project=project, **shown)


def _planned(project: Project, said: dict[str, Any]) -> dict[str, Any]:
    begins = timezone.make_aware(datetime.combine(said["day"], said["at"]))
    return {
        "id": new_id(),
        "title": _("Lessons meeting"),
        "purpose": _("What can others learn from this project?"),
        "starts_at": begins,
        "duration_minutes": 120,
        "series": lessons_series(project),
        "place": said["place"],
        "attendees": attendees(project, with_customer=said["customer"]),
        "agenda": lessons_agenda(project),
    }


@require_POST
@project_page
def start_report(request: ProjectRequest, project: Project) -> HttpResponse:
    """A new end report: its tables are filled in from what the portal knows."""
    if not reported.is_begun(project):
        blank = reported.blank(project)
        bound = blanks.start_filled.on(project)
        outcome = submit(request.actor, bound, id=new_id(), blank=blank.key, title=blank.name)
        said = _("Begun. What the portal knows is filled in; the rest is yours.")
        return answer(request, outcome, reported.address(project), said)
    return go(request, reported.address(project))


@project_page
def report(request: ProjectRequest, project: Project) -> HttpResponse:
    """Where the end report is written, or the template it begins from."""
    return go(request, reported.address(project))
