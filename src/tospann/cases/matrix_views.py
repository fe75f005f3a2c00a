"""The authority matrix: its rows, a row's form, and taking over one of the standard ones."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.cases import commands, queries, words
from tospann.cases.matrix_forms import NewRuleForm, RemoveForm, RuleForm, SetForm, shown
from tospann.cases.standard import standards
from tospann.foundation.authority import Ruling
from tospann.people.pages import answer, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


def _here(project: Project) -> str:
    return reverse("authority", args=[project.key])


@project_page
def authority(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "cases/authority.html",
        **words.SHOWN,
        project=project,
        rules=queries.rule_rows(project),
        deputies=queries.deputies(project),
        ruling=commands.add_authority_rule.ruling(request.actor, project),
    )


@project_page
def new_rule(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.add_authority_rule.ruling(request.actor, project)
    require(ruling)
    form = NewRuleForm(request.POST or None, project=project)
    if form.is_valid():
        bound = commands.add_authority_rule.on(project)
        outcome = try_submit(request, form, bound, **form.arguments())
        if outcome:
            return answer(request, outcome, _here(project))
    return _rule_page(request, project, form, ruling, _("New row in the authority matrix"))


@project_page
def authority_rule(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    rule = queries.authority_rule(project, pk)
    ruling = commands.change_authority_rule.ruling(request.actor, rule)
    require(ruling)
    form = RuleForm(
        request.POST or None, project=project, rule=rule, initial=shown(rule), version=rule.version
    )
    if form.is_valid():
        bound = commands.change_authority_rule.on(rule, form.cleaned_data.get("version"))
        outcome = try_submit(request, form, bound, **form.arguments())
        if outcome:
            return answer(request, outcome, _here(project))
    row = queries.rule_row(rule)
    title = _("Who decides: %(rule)s") % {"rule": f"{row['what']}, {row['when']}"}
    return _rule_page(request, project, form, ruling, title)


def _rule_page(
    request: ProjectRequest, project: Project, form: RuleForm, ruling: Ruling, title: str
) -> HttpResponse:
    return page(
        request,
        "cases/authority_rule.html",
        status=422 if form.is_bound and form.errors else 200,
        project=project,
        form=form,
        title=title,
        ruling=ruling,
    )


@project_page
def remove_rule(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    rule = queries.authority_rule(project, pk)
    ruling = commands.remove_authority_rule.ruling(request.actor, rule)
    require(ruling)
    form = RemoveForm(request.POST if request.method == "POST" else None, version=rule.version)
    if form.is_valid():
        bound = commands.remove_authority_rule.on(rule, form.cleaned_data.get("version"))
        outcome = try_submit(request, form, bound)
        if outcome:
            return answer(request, outcome, _here(project), _("The row is removed."))
    row = queries.rule_row(rule)
    said = {
        "title": _("Remove “%(rule)s”?") % {"rule": f"{row['what']}, {row['when']}"},
        "lead": _(
            "Other rows for the same matter still apply; without any, the roles' own powers."
        ),
    }
    return _asked(request, project, form, ruling, _("Remove the row"), **said)


@project_page
def replace_matrix(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.replace_matrix.ruling(request.actor, project)
    require(ruling)
    known = {one.key: one for one in standards()}
    if not known:
        raise Http404
    names = {one.key: one.name for one in known.values()}
    form = SetForm(request.POST or None, sets=names, initial={"chosen": project.pack_key})
    if form.is_valid():
        one = known[form.cleaned_data["chosen"]]
        values: dict[str, Any] = {"name": one.name, "rules": list(one.rules)}
        outcome = try_submit(request, form, commands.replace_matrix.on(project), **values)
        if outcome:
            return answer(request, outcome, _here(project), _("The matrix is replaced."))
    said = {
        "title": _("Take over a standard authority matrix"),
        "lead": _("It takes the place of all the rows the project has now."),
    }
    return _asked(request, project, form, ruling, _("Replace the matrix"), **said)


def _asked(
    request: ProjectRequest,
    project: Project,
    form: Any,
    ruling: Ruling,
    verb: str,
    *,
    title: str,
    lead: str,
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=lead,
        submit=verb if ruling.may_decide else _("Propose the change"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=_here(project),
        project=project,
    )
