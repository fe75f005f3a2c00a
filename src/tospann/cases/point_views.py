"""A gate's points: added, their rules changed, and waived as part of its case."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.cases import commands, gates, queries, rules
from tospann.cases.models import Case
from tospann.cases.rule_forms import PointForm, WaiveForm
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, require, try_submit
from tospann.projects import commands as projects
from tospann.projects import queries as reading
from tospann.projects.features import is_on
from tospann.projects.models import BY_RULE, CriterionKind, Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


@project_page
def rule_list(request: ProjectRequest, project: Project, code: str) -> HttpResponse:
    """What a new point may be: ticked off by hand, or answered by one of the rules."""
    found = reading.gate(project, code)
    require(projects.add_criterion.ruling(request.actor, found))
    offered = [one for one in rules.all_rules() if not one.feature or is_on(project, one.feature)]
    return page(request, "cases/rules.html", project=project, gate=found, rules=offered)


@project_page
def add_point(request: ProjectRequest, project: Project, code: str) -> HttpResponse:
    found = reading.gate(project, code)
    require(projects.add_criterion.ruling(request.actor, found))
    rule = _rule(request.GET.get("rule", ""))
    start = {"text": rule.label} if rule else None
    form = PointForm(request.POST or None, project=project, rule=rule, initial=start)
    if form.is_valid():
        typed = {**form.point(), "kind": _kind(rule)}
        bound = projects.add_criterion.on(found)
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, reverse("gate", args=[project.key, code]))
    title = _("New point for %(gate)s") % {"gate": found.code}
    return form_page(request, form, title=title, submit=_("Add"), project=project)


def _rule(key: str) -> rules.Rule | None:
    rule = rules.known(key)
    if key and rule is None:
        raise Http404
    return rule


def _kind(rule: rules.Rule | None) -> CriterionKind:
    if rule is None:
        return CriterionKind.CHECK
    return CriterionKind.DECISION if rule.key == rules.CASE_DECIDED else CriterionKind.RULE


@project_page
def change_point(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    point = queries.criterion(project, pk)
    require(projects.change_criterion.ruling(request.actor, point))
    rule = rules.known(point.rule) if point.kind in BY_RULE else None
    form = PointForm(
        request.POST or None, project=project, rule=rule, given=point.parameters,
        initial={"text": point.text}, version=point.version,
    )  # fmt: skip
    if form.is_valid():
        typed = form.point() | ({} if rule else {"rule": point.rule})
        bound = projects.change_criterion.on(point, form.cleaned_data.get("version"))
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, reverse("gate", args=[project.key, point.gate.code]))
    return form_page(request, form, title=point.text, submit=_("Save"), project=project)


@project_page
def waive(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    case, point = queries.case(project, number), queries.criterion(project, pk)
    require(commands.waive_criterion.ruling(request.actor, case))
    waiver = gates.waivers(case).get(point.pk)
    form = WaiveForm(request.POST or None, initial={"reason": waiver.reason if waiver else ""})
    if form.is_valid():
        bound = commands.waive_criterion.on(case)
        typed = {"criterion": point.pk, **form.cleaned_data}
        outcome = try_submit(request, form, bound, id=new_id(), **typed)
        if outcome:
            return answer(request, outcome, _points(case), _("The point is waived in this case."))
    title = _("Waive: %(text)s") % {"text": point.text}
    return form_page(request, form, title=title, submit=_("Waive"), project=project)


@project_page
def withdraw_waiver(
    request: ProjectRequest, project: Project, number: int, pk: UUID
) -> HttpResponse:
    case = queries.case(project, number)
    outcome = submit(request.actor, commands.withdraw_waiver.on(case), criterion=pk)
    return answer(request, outcome, _points(case), _("The point is no longer waived."))


def _points(case: Case) -> str:
    return reverse("case", args=[case.project.key, case.number]) + "#points"
