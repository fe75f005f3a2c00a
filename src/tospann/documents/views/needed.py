"""Needed documents: phase by phase, asked for, answered."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import commands, queries
from tospann.documents.forms import AnswerForm, NeededForm
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def needed(request: ProjectRequest, project: Project) -> HttpResponse:
    rows = queries.needed(request.actor, project)
    shown: dict[str, Any] = {
        "phases": queries.progress(rows),
        "may_order": commands.ask_for_document.ruling(request.actor, project).may_decide,
        "may_keep": commands.add_document.ruling(request.actor, project).may_decide,
    }
    return page(request, "documents/needed.html", project=project, **shown)


@project_page
def new_needed(request: ProjectRequest, project: Project) -> HttpResponse:
    """``?criterion=`` names what a gate asks for."""
    initial, known = _begun(request, project)
    return change_by_form(
        request,
        _form(request, project, initial),
        commands.ask_for_document,
        project,
        known={"id": new_id(), **known},
        to=reverse("needed_documents", args=[project.key]),
        said=_("The document is asked for."),
        title=_("Ask for a document"),
        submit=_("Ask for it"),
    )


@project_page
def change_needed(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.needed_of(project, pk)
    return change_by_form(
        request,
        _form(request, project, NeededForm.initial_of(found), version=found.version),
        commands.change_needed,
        found,
        to=reverse("needed_documents", args=[project.key]),
        title=_("Change what is needed"),
        submit=_("Save"),
    )


@project_page
def answer_needed(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.needed_of(project, pk)
    listed = queries.documents(request.actor, project)[:500]
    choices = [(str(one.pk), one.name) for one in listed]
    data = request.POST if request.method == "POST" else None
    initial = {"document": str(found.document_id or "")}
    return change_by_form(
        request,
        AnswerForm(data, documents=choices, initial=initial),
        commands.answer_needed,
        found,
        to=reverse("needed_documents", args=[project.key]),
        title=_("Which document is “%(title)s”?") % {"title": found.title},
        submit=_("Save"),
    )


@require_POST
@project_page
def remove_needed(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.needed_of(project, pk)
    outcome = submit(request.actor, commands.remove_needed.on(found))
    to = reverse("needed_documents", args=[project.key])
    return answer(request, outcome, to, _("The document is no longer asked for."))


def _form(request: ProjectRequest, project: Project, initial: dict[str, Any], **more: Any) -> Any:
    return NeededForm(
        request.POST or None,
        tree=queries.shelf(request.actor, project).tree,
        team=projects.team(project),
        phases=queries.phases(project),
        initial=initial,
        **more,
    )


def _begun(request: ProjectRequest, project: Project) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a request begins with: nothing, or what the gate says."""
    asked = request.GET.get("criterion", "")
    if not asked:
        return {}, {}
    rows = queries.needed(request.actor, project)
    row = next((one for one in rows if str(one.criterion) == asked), None)
    if row is None:
        raise Http404
    initial = {"title": row.title, "due_on": row.due_on, "template": row.template}
    return {**initial, "phase": str(row.phase_id or "")}, {"criterion": row.criterion}
