"""Sending a document on, taking it back, and taking it up again."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.blanks import commands, queries
from tospann.blanks.models import EditionState, Filled
from tospann.blanks.views.writing import shown
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.people.pages import answer
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


def _found(project: Project, number: int) -> tuple[Filled, str]:
    found = queries.written(project, number)
    return found, reverse("filled", args=[project.key, number])


@require_POST
@project_page
def send_filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, to = _found(project, number)
    comment = request.POST.get("comment", "")
    try:
        outcome = submit(
            request.actor, commands.send_filled.on(found), id=new_id(), comment=comment
        )
    except Invalid as error:
        return shown(request, found, status=422, problem=error.message)
    return answer(request, outcome, to, _said(found, outcome))


def _said(found: Filled, outcome: object) -> str:
    edition = outcome.result if isinstance(outcome, Done) else None
    if edition is None or edition.case_label:
        label = edition.case_label if edition else ""
        return _("Sent for decision as case %(case)s.") % {"case": label}
    found.refresh_from_db()
    return _("It is %(state)s.") % {"state": str(found.get_state_display()).lower()}


@require_POST
@project_page
def reopen_filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Take it back before it is decided."""
    found, to = _found(project, number)
    waiting = queries.latest(found, EditionState.SUBMITTED)
    if waiting is None:
        return shown(request, found, status=409)
    outcome = submit(request.actor, commands.return_edition.on(waiting))
    return answer(request, outcome, to, _("Taken back. You can go on writing."))


@require_POST
@project_page
def revise_filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, to = _found(project, number)
    outcome = submit(request.actor, commands.revise_filled.on(found))
    return answer(request, outcome, to, _("Write the next version. The decided one still counts."))


@require_POST
@project_page
def rename_filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, to = _found(project, number)
    title = request.POST.get("title", "")
    return answer(request, submit(request.actor, commands.rename_filled.on(found), title=title), to)


@require_POST
@project_page
def discard_filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, _to = _found(project, number)
    outcome = submit(request.actor, commands.discard_filled.on(found))
    return answer(request, outcome, reverse("templates", args=[project.key]), _("Discarded."))
