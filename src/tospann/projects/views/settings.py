"""INNSTILLINGER: information, dates, tolerances, founding, the menu; and the project's history."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.people.audit_trail import audit_rows
from tospann.people.pages import answer
from tospann.people.queries import page_number
from tospann.projects import chrome, commands, features, page_queries
from tospann.projects.forms import DatesForm, InformationForm, ModulesForm, ToleranceForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.verdicts import verdict
from tospann.projects.views.changing import ask
from tospann.ui.forms import Form
from tospann.ui.pages import page


def _here(project: Project) -> str:
    return reverse("settings", args=[project.key])


@project_page
def settings(request: ProjectRequest, project: Project) -> HttpResponse:
    actor = request.actor
    return page(
        request,
        "projects/settings.html",
        project=project,
        pack_name=page_queries.pack_name(project),
        tolerances=page_queries.tolerances(project),
        edit=verdict(commands.edit_project, actor, project),
        dates=verdict(commands.set_project_dates, actor, project),
        limits=verdict(commands.set_tolerance, actor, project),
        accept=verdict(commands.accept_founding, actor, project),
        modules=[label for key, label in chrome.choices() if key in chrome.uses(project)],
        keeps_webhooks=rule(actor, Power.KEEP_WEBHOOKS, project.pk).may_decide,
        features=[features.FEATURES[key] for key in features.turned_on(project)],
    )


@project_page
def edit_information(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {name: getattr(project, name) for name in InformationForm.base_fields}
    form = InformationForm(request.POST or None, initial=start, version=project.version)
    title, to = _("Change the project's information"), _here(project)
    return ask(request, project, form, commands.edit_project, project, title=title, to=to)


@project_page
def edit_dates(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {"start": project.start, "finish": project.finish}
    form = DatesForm(request.POST or None, initial=start, version=project.version)
    title, to = _("Change the project's dates"), _here(project)
    return ask(request, project, form, commands.set_project_dates, project, title=title, to=to)


@project_page
def edit_tolerance(request: ProjectRequest, project: Project, area: str) -> HttpResponse:
    found = page_queries.tolerance(project, area)
    start = {name: getattr(found, name) for name in ToleranceForm.base_fields}
    form = ToleranceForm(request.POST or None, initial=start)
    title, to = _("Change the tolerance: %(area)s") % {"area": found.area_label}, _here(project)
    known, what = {"area": area}, commands.set_tolerance
    return ask(request, project, form, what, project, title=title, to=to, known=known)


@project_page
def edit_modules(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {"modules": list(chrome.uses(project)), "features": features.turned_on(project)}
    form = ModulesForm(request.POST or None, initial=start, version=project.version)
    chosen: Form = form
    if request.POST and form.is_valid():
        form.cleaned_data["modules"] = form.chosen(project)
    title, to = _("What the menu shows"), _here(project)
    return ask(request, project, chosen, commands.set_modules, project, title=title, to=to)


@require_POST
@project_page
def accept_founding(request: ProjectRequest, project: Project) -> HttpResponse:
    outcome = submit(request.actor, commands.accept_founding.on(project))
    return answer(request, outcome, _here(project), _("The project is active."))


@project_page
def history(request: ProjectRequest, project: Project) -> HttpResponse:
    asked = page_queries.HistoryFilter.of(request.GET)
    number = page_number(request.GET.get("page", ""))
    found = audit_rows(request.actor, project.pk, number, **asked.narrowing)
    people = page_queries.who_acted(project)
    return page(
        request, "projects/history.html", project=project, found=found, asked=asked, people=people
    )
