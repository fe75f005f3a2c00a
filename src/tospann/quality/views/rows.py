"""The pages of one requirement, deliverable, review, round or nonconformity."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.quality import queries, reading
from tospann.quality.offering import Offered
from tospann.quality.sorts import Act, Sort
from tospann.ui.pages import form_page, page

FROM_ADDRESS = ("deliverable", "requirement", "review")


@project_page
def new(request: ProjectRequest, project: Project, of: Sort) -> HttpResponse:
    ruling = of.add.ruling(request.actor, project)
    require(ruling)
    start = {name: request.GET[name] for name in FROM_ADDRESS if name in request.GET}
    form = of.add_form(request.POST or None, offered=Offered(project), initial=start)
    there = reverse(of.plural, args=[project.key])
    if form.is_valid():
        typed = {**form.cleaned_data, "id": new_id()}
        typed.pop("version", None)
        if outcome := try_submit(request, form, of.add.on(project), **typed):
            to = outcome.result.get_absolute_url() if isinstance(outcome, Done) else there
            return answer(request, outcome, to, str(of.added))
    said: dict[str, Any] = {"title": str(of.new), "submit": _("Save"), "cancel": there}
    decides = "" if ruling.may_decide else str(ruling)
    return form_page(request, form, decides=decides, project=project, **said)


@project_page
def show(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    row = queries.one(of.model, project, number)
    return page(
        request,
        f"quality/{of.name}.html",
        project=project,
        row=row,
        sort=of,
        tab=of.plural,
        change=of.change.ruling(request.actor, row),
        acts={name: act.command.ruling(request.actor, row) for name, act in of.acts.items()},
        **reading.known(request.actor, of, row),
    )


@project_page
def edit(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    row = queries.one(of.model, project, number)
    form = of.form(
        request.POST or None,
        offered=Offered(project),
        initial=of.form.start(row),
        version=row.version,
    )
    words: dict[str, Any] = {"title": str(of.edit), "submit": _("Save"), "project": project}
    return change_by_form(request, form, of.change, row, to=row.get_absolute_url(), **words)


@project_page
def act(request: ProjectRequest, project: Project, number: int, of: Sort, by: Act) -> HttpResponse:
    row: Any = queries.one(of.model, project, number)
    to = row.get_absolute_url()
    if by.form is None:
        return _by_button(request, row, by, to)
    offered = Offered(project, row if of.name == "deliverable" else None)
    known = {name: getattr(row, name, "") for name in ("cause", "correction", "conclusion")}
    form = by.form(request.POST or None, offered=offered, initial=_blanks(by, known))
    words: dict[str, Any] = {"title": str(by.label), "submit": _("Save"), "project": project}
    known = {"id": new_id()} if by.chooses_id else {}
    return change_by_form(
        request, form, by.command, row, to=to, said=str(by.done), known=known, **words
    )


def _blanks(by: Act, known: dict[str, Any]) -> dict[str, Any]:
    fields = by.form.base_fields if by.form else {}
    return {name: value for name, value in known.items() if name in fields}


def _by_button(request: HttpRequest, row: Any, by: Act, to: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actor = request.actor  # type: ignore[attr-defined]  # a ProjectRequest
    return answer(request, submit(actor, by.command.on(row)), to, str(by.done))
