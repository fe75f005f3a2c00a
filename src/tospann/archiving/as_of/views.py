"""The page that shows a project as of a moment, and the files of it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.archiving.as_of import exports, moments, queries
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page, problem
from tospann.ui.pdf import Busy

MOST = 200
"""Rows of a section on the page; the files have all of them."""


@require_safe
@project_page
def as_of(request: ProjectRequest, project: Project) -> HttpResponse:
    wrong, found = None, None
    try:
        moment = moments.asked(project, request.GET)
        found = queries.as_of(request.actor, project, moment)
    except Invalid as invalid:
        wrong = invalid
    return page(
        request,
        "archiving/as_of.html",
        status=422 if wrong else 200,
        project=project,
        found=found,
        wrong=wrong,
        facts=exports.facts(found) if found else [],
        erased=exports.erased(found) if found and found.unknown else "",
        not_kept=queries.not_kept(),
        most=MOST,
    )


@require_safe
@project_page
def package(request: ProjectRequest, project: Project) -> HttpResponse:
    found = _found(request, project)
    try:
        made = exports.package(found, request.actor.name)
    except Busy:
        return _busy(request)
    return _file(made, "application/zip", f"{exports.name_of(found)}.zip")


@require_safe
@project_page
def paper(request: ProjectRequest, project: Project) -> HttpResponse:
    found = _found(request, project)
    try:
        made = exports.paper(found, request.actor.name)
    except Busy:
        return _busy(request)
    return _file(made, "application/pdf", f"{exports.name_of(found)}.pdf")


def _found(request: ProjectRequest, project: Project) -> queries.AsOf:
    return queries.as_of(request.actor, project, moments.asked(project, request.GET))


def _busy(request: ProjectRequest) -> HttpResponse:
    return problem(request, 503, _("Many files are being made. Try again in a moment."))


def _file(made: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
