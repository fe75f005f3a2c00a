"""Folders: new ones, their names and classes, moved and thrown away."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import commands, queries, register
from tospann.documents.forms import FolderForm, MoveFolderForm, NewFolderForm
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page

ACTS = {"trash": commands.trash_folder, "restore": commands.restore_folder}


@project_page
def new_folder(request: ProjectRequest, project: Project) -> HttpResponse:
    shelf = queries.shelf(request.actor, project, request.GET.get("folder", ""))
    inside = shelf.folder.pk if shelf.folder else None
    form = NewFolderForm(
        request.POST or None,
        tree=shelf.tree,
        phases=queries.phases(project),
        initial={"parent": str(inside or "")},
    )
    return change_by_form(
        request,
        form,
        commands.add_folder,
        project,
        known={"id": new_id()},
        to=register.address(project.key, inside),
        said=_("The folder was made."),
        title=_("New folder"),
        submit=_("Make the folder"),
    )


@project_page
def change_folder(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.folder(request.actor, project, pk)
    initial = {"name": found.name, "classification": found.classification}
    form = FolderForm(request.POST or None, initial=initial, version=found.version)
    return change_by_form(
        request,
        form,
        commands.change_folder,
        found,
        to=register.address(project.key, found.pk),
        said=_("The folder was changed."),
        title=_("Change “%(name)s”") % {"name": found.label},
        submit=_("Save"),
    )


@project_page
def move_folder(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.folder(request.actor, project, pk)
    tree = queries.shelf(request.actor, project).tree
    initial = {"parent": str(found.parent_id or "")}
    form = MoveFolderForm(request.POST or None, tree=tree, but=found, initial=initial)
    return change_by_form(
        request,
        form,
        commands.move_folder,
        found,
        to=register.address(project.key, found.pk),
        said=_("The folder was moved."),
        title=_("Move “%(name)s”") % {"name": found.label},
        submit=_("Move"),
    )


@require_POST
@project_page
def folder_act(request: ProjectRequest, project: Project, pk: UUID, act: str) -> HttpResponse:
    """What is done with one press: into the trash, and back."""
    found = queries.folder(request.actor, project, pk)
    if act not in ACTS:
        raise Http404
    outcome = submit(request.actor, ACTS[act].on(found))
    to = register.address(project.key, found.parent_id if act == "trash" else found.pk)
    said = {
        "trash": _("“%(name)s” and what lay in it was moved to the trash."),
        "restore": _("“%(name)s” is back."),
    }
    if act == "restore":
        to = reverse("documents", args=[project.key])
    return answer(request, outcome, to, said[act] % {"name": found.label})
