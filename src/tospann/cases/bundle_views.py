"""The papers of a case: appended, put together into one file, sent."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.cases import bundles, commands, queries
from tospann.cases.bundle_forms import BundleForm, PaperForm
from tospann.cases.models import Case
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page


def _to(case: Case) -> str:
    return reverse("case", args=[case.project.key, case.number]) + "#papers"


@project_page
def append(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    case = queries.case(project, number)
    require(commands.append_paper.ruling(request.actor, case))
    form = PaperForm(request.POST or None, case=case, actor=request.actor)
    if form.is_valid():
        bound = commands.append_paper.on(case)
        outcome = try_submit(request, form, bound, id=new_id(), **form.cleaned_data)
        if outcome:
            return answer(request, outcome, _to(case), _("The document is appended."))
    title = _("Append a document")
    return form_page(request, form, title=title, submit=_("Append"), project=project)


@project_page
def remove(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    case = queries.case(project, number)
    outcome = submit(request.actor, commands.remove_paper.on(case), document=pk)
    return answer(request, outcome, _to(case), _("The document is no longer appended."))


@project_page
def make(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    case = queries.case(project, number)
    require(commands.make_bundle.ruling(request.actor, case))
    form = BundleForm(request.POST or None, initial={"send_on": bundles.usual_day(case)})
    if form.is_valid():
        bound = commands.make_bundle.on(case)
        outcome = try_submit(request, form, bound, id=new_id(), **form.cleaned_data)
        if isinstance(outcome, Done):
            to = reverse("job_progress", args=[outcome.result.work])
            return answer(request, outcome, to, _("The papers are being put together."))
    title, button = _("Put the papers together"), _("Put together")
    return form_page(request, form, title=title, submit=button, project=project)


@project_page
def send(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    case = queries.case(project, number)
    bundle = bundles.of_number(case, pk)
    outcome = submit(request.actor, commands.send_bundle.on(bundle))
    return answer(request, outcome, _to(case), _("The papers are sent to those who decide."))
