"""Files on their way in: dropped on the page (raw bodies), or chosen in a form."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tospann.documents import commands, placing, queries, receiving, register
from tospann.documents.forms import LinkForm, UploadForm
from tospann.foundation.errors import CommandError, Invalid
from tospann.foundation.ids import new_id
from tospann.people.pages import change_by_form, go, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page

MOST_PATHS = 2000
_ON_TAKEN: dict[str, placing.OnTaken] = {"version": "version", "both": "both"}


@require_POST
@project_page
def prepare_upload(request: ProjectRequest, project: Project) -> HttpResponse:
    """What would become of these paths; their folders are made."""
    require(commands.add_document.ruling(request.actor, project))
    try:
        asked = json.loads(request.body)
        paths, folder = asked["paths"], asked.get("folder") or None
        is_known = isinstance(paths, list) and all(isinstance(one, str) for one in paths)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid(_("This is not understood.")) from None
    if not is_known or len(paths) > MOST_PATHS:
        raise Invalid(_("These are too many files at once."))
    shelf = queries.shelf(request.actor, project, str(folder or ""))
    into = shelf.folder.pk if shelf.folder else None
    found = placing.prepare(request.actor, project, into, [one for one in paths if one.strip("/")])
    return JsonResponse({"targets": [asdict(one) for one in found]})


@receiving.takes_files
@require_http_methods(["POST", "PUT"])
@project_page
def upload(request: ProjectRequest, project: Project) -> HttpResponse:
    """One dropped file: a raw body, its name in ``X-File-Name``."""
    require(commands.add_document.ruling(request.actor, project))
    folder = queries.shelf(request.actor, project, request.GET.get("folder", "")).folder
    got = receiving.received(request)
    on_taken = _ON_TAKEN.get(request.GET.get("taken", ""), "refuse")
    into = folder.pk if folder else None
    made, is_new = placing.place(request.actor, project, got, into, on_taken=on_taken)
    link = reverse("document", args=[project.key, made.number])
    shown = {"name": made.name, "link": link, "version": made.version_number}
    return JsonResponse(shown, status=201 if is_new else 200)


@receiving.takes_files
@project_page
def new_document(request: ProjectRequest, project: Project) -> HttpResponse:
    """One file chosen in a form."""
    require(commands.add_document.ruling(request.actor, project))
    shelf = queries.shelf(request.actor, project, request.GET.get("folder", ""))
    initial = {"folder": str(shelf.folder.pk) if shelf.folder else ""}
    form = UploadForm(request.POST or None, request.FILES or None, tree=shelf.tree, initial=initial)
    if form.is_valid() and (made := _placed(request, project, form)):
        return go(request, made.get_absolute_url())
    return _asked(request, form, _("Add a document"), register.address(project.key))


@receiving.takes_files
@project_page
def new_version(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.document(request.actor, project, number)
    require(commands.add_version.ruling(request.actor, found))
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _versioned(request, found, form):
        return go(request, found.get_absolute_url())
    title = _("New version of “%(name)s”") % {"name": found.name}
    return _asked(request, form, title, found.get_absolute_url())


@project_page
def new_link(request: ProjectRequest, project: Project) -> HttpResponse:
    shelf = queries.shelf(request.actor, project, request.GET.get("folder", ""))
    inside: UUID | None = shelf.folder.pk if shelf.folder else None
    form = LinkForm(request.POST or None, tree=shelf.tree, initial={"folder": str(inside or "")})
    return change_by_form(
        request,
        form,
        commands.add_link,
        project,
        known={"id": new_id()},
        to=register.address(project.key, inside),
        said=_("The link was added."),
        title=_("New link"),
        lead=_("A file that lies elsewhere gets its place and phase here like any other."),
        submit=_("Add the link"),
    )


def _placed(request: ProjectRequest, project: Project, form: UploadForm) -> Any:
    typed = form.cleaned_data
    try:
        got = receiving.received(request)
        made, _is_new = placing.place(
            request.actor, project, got, typed["folder"], comment=typed["comment"]
        )
    except Invalid as error:
        form.add_error("file", error.message)
        return None
    return made


def _versioned(request: ProjectRequest, found: Any, form: UploadForm) -> bool:
    """The name stays: what counts is the document it is a version of."""
    try:
        got = receiving.received(request)
        comment = form.cleaned_data["comment"]
        commands.add_version(
            request.actor, found, sha256=got.sha256, size=got.size, comment=comment
        )
    except CommandError as error:
        form.add_error("file", error.message)
        return False
    return True


def _asked(request: ProjectRequest, form: UploadForm, title: str, back: str) -> HttpResponse:
    return form_page(request, form, title=title, submit=_("Upload"), cancel=back)
