"""The lists of meetings and the series."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.meetings import commands, queries, register
from tospann.meetings.forms import SeriesForm
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page
from tospann.ui.register import Register


def _list(request: ProjectRequest, project: Project, listed: Register, tab: str) -> HttpResponse:
    rows = queries.upcoming(project) if tab == "upcoming" else queries.held(project)
    return register.of_project(listed, project).respond(
        request,
        rows,
        template="meetings/list.html",
        project=project,
        tab=tab,
        may_plan=commands.plan_meeting.ruling(request.actor, project).may_decide,
    )


@project_page
def meetings(request: ProjectRequest, project: Project) -> HttpResponse:
    return _list(request, project, register.UPCOMING, "upcoming")


@project_page
def held_meetings(request: ProjectRequest, project: Project) -> HttpResponse:
    return _list(request, project, register.HELD, "held")


@project_page
def meeting_series(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "meetings/series.html",
        project=project,
        rows=queries.series_rows(project),
        tab="series",
        may_plan=commands.plan_meeting.ruling(request.actor, project).may_decide,
        may_change=commands.add_series.ruling(request.actor, project).may_decide,
    )


@project_page
def new_series(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.add_series.ruling(request.actor, project)
    form = SeriesForm(request.POST or None, initial={"duration_minutes": 60})
    to = reverse("meeting_series", args=[project.key])
    if form.is_valid():
        bound = commands.add_series.on(project)
        outcome = try_submit(request, form, bound, series=[_line(form)])
        if outcome:
            return answer(request, outcome, to, _("The series was added."))
    return form_page(
        request,
        form,
        title=_("New series of meetings"),
        submit=_("Add the series"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=to,
        project=project,
    )


def _line(form: SeriesForm) -> commands.SeriesLine:
    key = slugify(form.cleaned_data["name"]).replace("-", "_")[:20].strip("_")
    return commands.SeriesLine(
        key=f"own_{key}_{new_id().hex[-6:]}".replace("__", "_"),
        participants=[Role.COORDINATOR, Role.MANAGER, Role.MEMBER],
        **form.cleaned_data,
    )


@project_page
def edit_series(request: ProjectRequest, project: Project, series: str) -> HttpResponse:
    found = queries.one_series(project, series)
    ruling = commands.change_series.ruling(request.actor, found)
    form = SeriesForm.of(found, request.POST or None)
    to = reverse("meeting_series", args=[project.key])
    if form.is_valid():
        typed = dict(form.cleaned_data)
        bound = commands.change_series.on(found, typed.pop("version", None))
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, to)
    return form_page(
        request,
        form,
        title=_("Change the series"),
        submit=_("Save"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=to,
        project=project,
    )
