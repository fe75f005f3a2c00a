"""The gates: checklist, preparation, and what is still missing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.cases import commands, gates, queries, words
from tospann.cases.forms import GateDayForm, PrepareGateForm, SettleForm
from tospann.cases.jobs import note_rules
from tospann.cases.models import Case
from tospann.foundation.authority import rule
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.jobs.queue import enqueue_once
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects import commands as projects
from tospann.projects import queries as reading
from tospann.projects.models import Gate, Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


@project_page
def gate_list(request: ProjectRequest, project: Project) -> HttpResponse:
    bar = reading.phase_bar(project)
    return page(request, "cases/gates.html", project=project, bar=bar)


@project_page
def gate(request: ProjectRequest, project: Project, code: str) -> HttpResponse:
    found = reading.gate(project, code)
    case = gates.open_case(found)
    points = looked_at(found, case)
    decided = queries.gate_decision(found)
    return page(
        request,
        "cases/gate.html",
        project=project,
        gate=found,
        points=points,
        kept=gates.decided_points(decided) if found.is_decided else [],
        readiness=gates.readiness(points),
        case=case,
        decided=decided,
        **words.SHOWN,
        **_may(request, found),
        who_decides=queries.who_decides(found),
    )


def _may(request: ProjectRequest, found: Gate) -> dict[str, Any]:
    return {
        "may_add": projects.add_criterion.ruling(request.actor, found),
        "may_settle": rule(request.actor, projects.settle_criterion.needs, found.project_id),
        "may_prepare": commands.prepare_gate.ruling(request.actor, found),
        "may_move": projects.move_gate.ruling(request.actor, found),
        "may_decide": queries.may_decide_gate(request.actor, found),
    }


@project_page
def move(request: ProjectRequest, project: Project, code: str) -> HttpResponse:
    found = reading.gate(project, code)
    form = GateDayForm(
        request.POST or None, initial={"due_on": found.due_on}, version=found.version
    )
    shown: dict[str, Any] = {
        "title": _("Day of %(gate)s") % {"gate": found.code},
        "submit": _("Save"),
    }
    to = _gate_url(project, code)
    return change_by_form(request, form, projects.move_gate, found, to=to, project=project, **shown)


@project_page
def settle(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    criterion = queries.criterion(project, pk)
    require(projects.settle_criterion.ruling(request.actor, criterion))
    shown = {name: getattr(criterion, name) for name in SettleForm.base_fields}
    form = SettleForm(request.POST or None, initial=shown, version=criterion.version)
    if form.is_valid():
        version = form.cleaned_data.pop("version", None)
        bound = projects.settle_criterion.on(criterion, version)
        outcome = try_submit(request, form, bound, **form.cleaned_data)
        if outcome:
            return answer(request, outcome, _gate_url(project, criterion.gate.code))
    return form_page(request, form, title=criterion.text, submit=_("Save"), project=project)


@project_page
def prepare(request: ProjectRequest, project: Project, code: str) -> HttpResponse:
    found = reading.gate(project, code)
    require(commands.prepare_gate.ruling(request.actor, found))
    draft = gates.open_case(found)
    form = PrepareGateForm(request.POST or None, gate=found, initial=_prepared(draft))
    if form.is_valid():
        bound = commands.prepare_gate.on(found)
        outcome = try_submit(request, form, bound, id=new_id(), **form.cleaned_data)
        if isinstance(outcome, Done):
            return _then_submit(request, project, outcome)
    points = looked_at(found, draft)
    return page(
        request,
        "cases/prepare_gate.html",
        status=422 if form.is_bound else 200,
        form=form,
        project=project,
        gate=found,
        readiness=gates.readiness(points),
        who_decides=queries.who_decides(found),
    )


def _prepared(draft: Case | None) -> dict[str, object] | None:
    return {name: getattr(draft, name) for name in PrepareGateForm.base_fields} if draft else None


def looked_at(gate: Gate, case: Case | None) -> list[gates.Checked]:
    """The points as they are now; what is noted of its rules follows, when they have turned."""
    points = [] if gate.is_decided else gates.checked(gate, case)
    if gates.has_turned(points):
        enqueue_once(note_rules, gate=str(gate.pk))
    return points


def _then_submit(request: ProjectRequest, project: Project, outcome: Done[Case]) -> HttpResponse:
    case_url = reverse("case", args=[project.key, outcome.result.number])
    if request.POST.get("then") != "submit":
        return answer(request, outcome, case_url, _("The draft is saved."))
    sent = submit(request.actor, commands.submit_case.on(outcome.result))
    text = _("Submitted. %(why)s") % {"why": queries.why(outcome.result)}
    return answer(request, sent, case_url, text)


def _gate_url(project: Project, code: str) -> str:
    return reverse("gate", args=[project.key, code])
