"""Notices: the list, a notice with its delivery log, and what is done with it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.contracts import commands, queries, registers
from tospann.contracts.forms.work import (
    AnswerForm,
    LogForm,
    NoticeForm,
    OwnNoticeForm,
    ReceivedNoticeForm,
    SendNoticeForm,
)
from tospann.contracts.models import Notice, NoticeState
from tospann.contracts.views.answering import changed, listed, rulings, to
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def notices(request: ProjectRequest, project: Project) -> HttpResponse:
    register, rows = registers.of_notices(project), queries.notices(project)
    return listed(request, project, register, rows, add=commands.receive_notice)


@project_page
def notice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Notice, project, number)
    return page(
        request,
        "contracts/notice.html",
        project=project,
        notice=row,
        days_left=queries.days_left(row.due_on),
        deliveries=queries.deliveries(row),
        orders=queries.orders_from(row),
        states=registers.NOTICE,
        changes=registers.CHANGE,
        history=history(row, row.created_at),
        **rulings(request.actor, row, **_ON_NOTICE),
        raise_order=commands.raise_change_order.ruling(request.actor, project),
    )


_ON_NOTICE: dict[str, Any] = {
    "change": commands.change_notice,
    "send": commands.send_notice,
    "answer": commands.answer_notice,
    "log": commands.log_delivery,
}


@project_page
def new_notice(request: ProjectRequest, project: Project, ours: bool) -> HttpResponse:
    kind: Any = OwnNoticeForm if ours else ReceivedNoticeForm
    what: Any = commands.prepare_notice if ours else commands.receive_notice
    form = kind(
        request.POST or None,
        team=projects.team(project),
        contracts=queries.contract_choices(project),
        initial={"contract": request.GET.get("contract")},
    )
    return change_by_form(
        request,
        form,
        what,
        project,
        known={"id": new_id()},
        to=to(project, "notices"),
        said=_("The notice was recorded."),
        title=_("Notice of our own") if ours else _("A notice came"),
        submit=_("Save"),
        project=project,
    )


@project_page
def edit_notice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Notice, project, number)
    form = NoticeForm.of(row, request.POST or None, team=projects.team(project))
    return changed(request, row, form, commands.change_notice, _("Change the notice"), _("Save"))


@project_page
def send_notice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Notice, project, number)
    form = SendNoticeForm(request.POST or None, initial={"whom": row.contract.party.contact_name})
    title = _("Record that it was sent")
    return changed(request, row, form, commands.send_notice, title, _("Save"))


@project_page
def answer_notice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Ours to what came, or theirs to what we sent."""
    row = queries.one(Notice, project, number)
    theirs = row.state == NoticeState.WAITING
    what: Any = commands.record_answer if theirs else commands.answer_notice
    title = _("Record their answer") if theirs else _("Answer the notice")
    return changed(request, row, AnswerForm(request.POST or None), what, title, _("Save"))


@project_page
def log_delivery(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Notice, project, number)
    form = LogForm(request.POST or None)
    title = _("Add to the delivery log")
    return changed(request, row, form, commands.log_delivery, title, _("Add"))
