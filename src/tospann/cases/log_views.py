"""The decision log, the page of a decision, and recording one in three fields."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.cases import commands, gates, log, queries, words
from tospann.cases.forms import OutsideDecisionForm, RecordDecisionForm
from tospann.cases.models import DecisionOutcome
from tospann.documents import queries as documents
from tospann.documents import uploads
from tospann.foundation.authority import Ruling
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.people.pages import answer, go, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.stakeholders import queries as stakeholders
from tospann.stakeholders.register import STATES
from tospann.ui.pages import form_page, page


@project_page
def decision_log(request: ProjectRequest, project: Project) -> HttpResponse:
    return log.of_project(project).respond(
        request,
        queries.decisions(project),
        template="cases/log.html",
        **words.SHOWN,
        project=project,
        ruling=commands.record_decision.ruling(request.actor, project),
        decides_alone=commands.only_elsewhere(request.actor, project) is None,
    )


@project_page
def change_log(request: ProjectRequest, project: Project) -> HttpResponse:
    return log.changes_of(project).respond(
        request,
        queries.changes(project),
        template="cases/changes.html",
        **words.SHOWN,
        project=project,
    )


@project_page
def decision(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.decision(project, number)
    return page(
        request,
        "cases/decision.html",
        **words.SHOWN,
        project=project,
        decision=found,
        tone=DecisionOutcome(found.outcome).tone,
        reversals=queries.reversals(found),
        attachments=documents.visible(request.actor, documents.attachments_of(found.ref)),
        promises=stakeholders.born_in(found.ref),
        kept=gates.decided_points(found),
        states=STATES,
        ruling=commands.open_case.ruling(request.actor, project),
    )


@project_page
def record_decision(request: ProjectRequest, project: Project) -> HttpResponse:
    """Three fields; whoever records only what others have decided is shown the other form."""
    ruling = commands.record_decision.ruling(request.actor, project)
    require(ruling)
    only_elsewhere = commands.only_elsewhere(request.actor, project)
    if request.method == "GET" and ruling.may_decide and only_elsewhere:
        return _form(request, project, OutsideDecisionForm(), ruling, str(only_elsewhere))
    people = [label for _pk, label in stakeholders.contact_names(project)]
    form = RecordDecisionForm(request.POST or None, people=people)
    if form.is_valid() and (said := _record(request, project, form, form.decision())):
        return said
    return _form(request, project, form, ruling)


@uploads.takes_a_file
@project_page
def record_outside_decision(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.record_decision.ruling(request.actor, project)
    require(ruling)
    form = OutsideDecisionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not ruling.may_decide:
        raise NotAllowed(str(ruling))  # before anything is kept
    if form.is_valid() and (said := _record_outside(request, project, form)):
        return said
    return _form(request, project, form, ruling)


def _record_outside(
    request: ProjectRequest, project: Project, form: OutsideDecisionForm
) -> HttpResponse | None:
    try:
        values = form.decision() | {"attachments": _kept(form)}
    except Invalid as error:
        form.add_error("attachment", error.message)
        return None
    return _record(request, project, form, values)


def _kept(form: OutsideDecisionForm) -> list[dict[str, Any]]:
    """The file, safe on disk before the decision is recorded."""
    upload = form.cleaned_data["attachment"]
    if not upload:
        return []
    made = uploads.kept(upload)
    return [
        {
            "name": made.name,
            "media_type": made.media_type,
            "size": made.size,
            "sha256": made.sha256,
        }
    ]


def _record(
    request: ProjectRequest, project: Project, form: Any, values: dict[str, Any]
) -> HttpResponse | None:
    made = queries.decisions(project).filter(pk=values["id"]).first()
    if made is not None:
        messages.info(request, commands.AlreadyRecorded().message)
        return go(request, reverse("decision", args=[project.key, made.number]))
    outcome = try_submit(request, form, commands.record_decision.on(project), **values)
    to = reverse("decision_log", args=[project.key])
    return answer(request, outcome, to, _("The decision is recorded.")) if outcome else None


def _form(
    request: HttpRequest, project: Project, form: Any, ruling: Ruling, lead: str = ""
) -> HttpResponse:
    is_outside = isinstance(form, OutsideDecisionForm)
    route = "record_outside_decision" if is_outside else "record_decision"
    return form_page(
        request,
        form,
        title=_("Decided outside the portal") if is_outside else _("Decision without a case"),
        submit=_("Record it"),
        lead=lead or _("A decision is never changed afterwards. A reversal is a new case."),
        decides="" if ruling.may_decide else str(ruling),
        action=reverse(route, args=[project.key]),
        cancel=reverse("decision_log", args=[project.key]),
        project=project,
    )
