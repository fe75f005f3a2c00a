"""BESLUTNINGER: cases and their decisions, the authority matrix (the log: log_views)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.cases import case_page, commands, queries, words
from tospann.cases.forms import (
    CaseForm,
    EditCaseForm,
    RemarkForm,
    ReturnForm,
)
from tospann.cases.models import Case
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


def _case_url(case: Case) -> str:
    return reverse("case", args=[case.project.key, case.number])


@project_page
def decisions(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "cases/decisions.html",
        **words.SHOWN,
        project=project,
        cases=queries.case_rows(project),
        ruling=commands.open_case.ruling(request.actor, project),
    )


@project_page
def new_case(request: ProjectRequest, project: Project) -> HttpResponse:
    require(commands.open_case.ruling(request.actor, project))
    reverses = queries.reversed_decision(project, request.GET.get("reverses", ""))
    start = {"title": _("Reversal of: %(title)s") % {"title": reverses.title}} if reverses else None
    form = CaseForm(request.POST or None, initial=start)
    if form.is_valid():
        bound = commands.open_case.on(project)
        typed = form.cleaned_data | {"reverses": reverses.pk if reverses else None}
        outcome = try_submit(request, form, bound, id=new_id(), **typed)
        if outcome:
            there = reverse("decisions", args=[project.key])
            if isinstance(outcome, Done):
                there = _case_url(outcome.result)
            return answer(request, outcome, there)
    return form_page(request, form, title=_("New case"), submit=_("Open the case"), project=project)


@project_page
def case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    return case_page.show(request, project, queries.case(project, number))


@project_page
def edit_case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    require(commands.edit_case.ruling(request.actor, found))
    shown = {name: getattr(found, name) for name in EditCaseForm.base_fields}
    form = EditCaseForm(request.POST or None, case=found, initial=shown, version=found.version)
    if form.is_valid():
        version = form.cleaned_data.pop("version", None)
        bound = commands.edit_case.on(found, version)
        outcome = try_submit(request, form, bound, **form.cleaned_data)
        if outcome:
            return answer(request, outcome, _case_url(found))
    return form_page(request, form, title=_("Edit the case"), submit=_("Save"), project=project)


@project_page
def submit_case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    outcome = submit(request.actor, commands.submit_case.on(found))
    text = _("Submitted. %(why)s") % {"why": queries.why(found)}
    return answer(request, outcome, _case_url(found), text)


@project_page
def withdraw_case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    outcome = submit(request.actor, commands.withdraw_case.on(found))
    return answer(request, outcome, _case_url(found), _("The case is withdrawn."))


@project_page
def remark(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    require(commands.remark.ruling(request.actor, found))
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        bound = commands.remark.on(found)
        outcome = try_submit(request, form, bound, id=new_id(), **form.cleaned_data)
        if outcome:
            return answer(request, outcome, f"{_case_url(found)}#discussion", _("Said."))
    return form_page(request, form, title=_("Discussion"), submit=_("Say it"), project=project)


@project_page
def return_case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    require(commands.return_case.ruling(request.actor, found))
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        bound = commands.return_case.on(found)
        outcome = try_submit(request, form, bound, **form.cleaned_data)
        if outcome:
            return answer(request, outcome, _case_url(found), _("Returned with your question."))
    title = _("Return “%(case)s” with a question") % {"case": found}
    return form_page(request, form, title=title, submit=_("Return it"), project=project)


@project_page
def decide(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    require(commands.decide.ruling(request.actor, found))
    if request.method != "POST":
        return case_page.show(request, project, found, template="cases/decide.html")
    outcome = case_page.decide(request, project, found)
    if isinstance(outcome, HttpResponse):
        return outcome
    noted = _("Your yes is noted. The others must agree too.")
    text = _("Decided.") if outcome.result is not None else noted
    return answer(request, outcome, _case_url(found), text)


@project_page
def refresh_case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.case(project, number)
    outcome = submit(request.actor, commands.refresh_case.on(found))
    return answer(request, outcome, _case_url(found), _("The case is up to date."))
