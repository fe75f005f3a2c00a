"""HOURS of a project: what waits for approval, a person's week, approving and returning."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.errors import NotAllowed
from tospann.people.audit_trail import history
from tospann.people.pages import answer, go, require_decides, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.timesheets import commands, queries, register, showing
from tospann.timesheets.forms import ReturnForm
from tospann.timesheets.models import LOCKED
from tospann.ui.pages import page
from tospann.ui.register import Bulk


@project_page
def hours(request: ProjectRequest, project: Project) -> HttpResponse:
    _must_see(request, project)
    ruling = commands.approve_hours.ruling(request.actor, project)
    here = [project.key]
    bulk = [
        Bulk(_("Approve"), reverse("approve_hours", args=here)),
        Bulk(_("Return"), reverse("return_hours", args=here)),
    ]
    return register.of(project).respond(
        request,
        queries.of_project(request.actor, project),
        template="timesheets/team.html",
        bulk=bulk if ruling.may_decide else [],
        project=project,
        tab="team_hours",
        approve=ruling,
    )


def _must_see(request: ProjectRequest, project: Project) -> None:
    if not queries.may_see_team(request.actor, project):
        raise NotAllowed(str(commands.approve_hours.ruling(request.actor, project)))


@project_page
def sheet(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.sheet(request.actor, project, pk)
    return page(
        request,
        "timesheets/sheet.html",
        project=project,
        sheet=found,
        shown=showing.of(found),
        approve=commands.approve_hours.ruling(request.actor, project),
        is_locked=found.state in LOCKED,
        history=history(found, found.sent_at, in_bulk=_ON_SHEETS, chains=[found.person_id]),
        state=register.STATES[found.state],
    )


_ON_SHEETS = [
    one.name for one in (commands.approve_hours, commands.return_hours, commands.import_hours)
]


@require_POST
@project_page
def approve(request: ProjectRequest, project: Project) -> HttpResponse:
    require_decides(commands.approve_hours.ruling(request.actor, project))
    chosen, back = _picked(request), reverse("team_hours", args=[project.key])
    if not chosen:
        messages.info(request, _("Tick some weeks first."))
        return go(request, back)
    outcome = submit(request.actor, commands.approve_hours.on(project), sheets=chosen)
    n = len(chosen)
    said = ngettext("%(n)s week is approved.", "%(n)s weeks are approved.", n) % {"n": n}
    return answer(request, outcome, back, said)


@require_POST
@project_page
def give_back(request: ProjectRequest, project: Project) -> HttpResponse:
    """First posted with the ticked weeks alone, then with what should be different."""
    require_decides(commands.return_hours.ruling(request.actor, project))
    chosen, back = _picked(request), reverse("team_hours", args=[project.key])
    if not chosen:
        messages.info(request, _("Tick some weeks first."))
        return go(request, back)
    form = ReturnForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        bound = commands.return_hours.on(project)
        outcome = try_submit(request, form, bound, sheets=chosen, **form.cleaned_data)
        if outcome:
            return answer(request, outcome, back, _("The hours are returned."))
    status = 422 if form.is_bound else 200
    shown = {"project": project, "form": form, "chosen": chosen, "back": back}
    return page(request, "timesheets/return.html", status=status, **shown)


def _picked(request: ProjectRequest) -> list[UUID]:
    found = []
    for one in request.POST.getlist("pick")[:500]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
