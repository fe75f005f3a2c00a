"""The list of documents with its folders, what is done with several, and the trash."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.documents import commands, queries, register
from tospann.documents.blobs import room
from tospann.documents.forms import MoveForm
from tospann.foundation.authority import Power, rule
from tospann.foundation.errors import CommandError
from tospann.people.pages import go, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page
from tospann.ui.register import Bulk


@project_page
def documents(request: ProjectRequest, project: Project) -> HttpResponse:
    shelf = queries.shelf(request.actor, project, request.GET.get("folder", ""))
    may_keep = commands.add_document.ruling(request.actor, project).may_decide
    return register.of_shelf(shelf).respond(
        request,
        shelf.documents,
        template="documents/list.html",
        bulk=_bulk(project, may_keep),
        project=project,
        shelf=shelf,
        may_keep=may_keep,
        may_order=commands.add_folder.ruling(request.actor, project).may_decide,
        classes=register.CLASSES,
        chip=shelf.chip,
        has_room=shelf.is_shared_outside and _may_share(request, project),
        is_low=may_keep and room.is_low(),
    )


def _may_share(request: ProjectRequest, project: Project) -> bool:
    return rule(request.actor, Power.SHARE, project.pk).may_decide


def _bulk(project: Project, may_keep: bool) -> list[Bulk]:
    key = project.key
    fetch = Bulk(_("Download as a zip file"), reverse("zip_documents", args=[key]))
    if not may_keep:
        return [fetch]
    move = Bulk(_("Move"), reverse("move_documents", args=[key]))
    thrown = Bulk(_("Move to the trash"), reverse("trash_documents", args=[key]), danger=True)
    return [fetch, move, thrown]


@require_POST
@project_page
def move_documents(request: ProjectRequest, project: Project) -> HttpResponse:
    """First posted with the ticked rows alone, then with the folder."""
    require(commands.add_document.ruling(request.actor, project))
    chosen = queries.picked(request.actor, project, request.POST.getlist("pick"))
    back = reverse("documents", args=[project.key])
    shelf = queries.shelf(request.actor, project)
    form = MoveForm(request.POST if "apply" in request.POST else None, tree=shelf.tree)
    if chosen and form.is_valid():
        to = form.cleaned_data["folder"]
        done = _each(
            request, chosen, lambda one: commands.move_document(request.actor, one, folder=to)
        )
        said = ngettext("%(n)s document was moved.", "%(n)s documents were moved.", done)
        messages.success(request, said % {"n": done})
        return go(request, register.address(project.key, to))
    shown: dict[str, Any] = {"form": form, "chosen": chosen, "project": project, "back": back}
    return page(request, "documents/move.html", status=422 if form.is_bound else 200, **shown)


@require_POST
@project_page
def trash_documents(request: ProjectRequest, project: Project) -> HttpResponse:
    require(commands.add_document.ruling(request.actor, project))
    chosen = queries.picked(request.actor, project, request.POST.getlist("pick"))
    done = _each(request, chosen, lambda one: commands.trash_document(request.actor, one))
    said = ngettext(
        "%(n)s document was moved to the trash.", "%(n)s documents were moved to the trash.", done
    )
    if done:
        messages.success(request, said % {"n": done})
    return go(request, reverse("documents", args=[project.key]))


def _each(request: ProjectRequest, chosen: list[Any], act: Any) -> int:
    """How many it worked for; why not is said of each other one."""
    done = 0
    for one in chosen:
        try:
            act(one)
        except CommandError as error:
            messages.warning(request, f"{one.name}: {error.message}")
        else:
            done += 1
    return done


@project_page
def trash(request: ProjectRequest, project: Project) -> HttpResponse:
    folders, alone = queries.thrown_away(request.actor, project)
    may_order = commands.add_folder.ruling(request.actor, project).may_decide
    may_keep = commands.add_document.ruling(request.actor, project).may_decide
    shown: dict[str, Any] = {"folders": folders, "documents": alone}
    shown |= {"may_order": may_order, "may_keep": may_keep}
    return page(request, "documents/trash.html", project=project, **shown)
