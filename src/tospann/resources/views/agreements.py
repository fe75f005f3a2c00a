"""TEAM, agreements: what the project has asked for, been offered and agreed on."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.resources import commands, offering, queries, rates
from tospann.resources.forms import AgreementForm, CounterForm, EndForm, RequestForm
from tospann.ui.pages import page


@project_page
def agreements(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "resources/agreements.html",
        project=project,
        requests=list(queries.requests(project)),
        agreements=queries.agreements(request.actor, project),
        state_of=queries.state_of,
        now=timezone.localdate(),
        sees_rates=rates.may_see(request.actor, project),
        ask=commands.ask_for_people.ruling(request.actor, project),
    )


@project_page
def ask_for_people(request: ProjectRequest, project: Project) -> HttpResponse:
    form = RequestForm(
        request.POST or None,
        people=queries.everybody(),
        skills=queries.skills(),
        units=queries.units(),
        initial=offering.asked_at_first(project, request.GET),
    )
    return change_by_form(
        request,
        form,
        commands.ask_for_people,
        project,
        to=reverse("agreements", args=[project.key]),
        said=_("The request is sent to the line manager."),
        title=_("Ask for somebody's time"),
        submit=_("Send the request"),
        project=project,
    )


@project_page
def people_request(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.request(project, number)
    offers = queries.offers(request.actor, found)
    return page(
        request,
        "resources/request.html",
        project=project,
        request_=found,
        offers=offers,
        latest=offering.latest(offers),
        sees_rates=rates.may_see(request.actor, project),
        ruling=commands.ask_for_people.ruling(request.actor, project),
        history=history(found, found.created_at),
    )


@require_POST
@project_page
def withdraw_request(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.request(project, number)
    outcome = submit(request.actor, commands.withdraw_request.on(found))
    return answer(request, outcome, found.get_absolute_url(), _("The request is withdrawn."))


@project_page
def counter_offer(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    found = queries.request(project, number)
    offer = offering.one(queries.offers(request.actor, found), pk)
    ruling = commands.counter_offer.ruling(request.actor, offer)
    form = CounterForm(
        request.POST or None, with_rate=ruling.may_decide, initial=offering.as_typed(offer)
    )
    return change_by_form(
        request,
        form,
        commands.counter_offer,
        offer,
        to=found.get_absolute_url(),
        said=_("The counter-offer is sent to the line manager."),
        title=_("Counter-offer: %(offer)s") % {"offer": offer},
        submit=_("Send the counter-offer"),
        project=project,
    )


@require_POST
@project_page
def accept_offer(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    found = queries.request(project, number)
    offer = offering.one(queries.offers(request.actor, found), pk)
    outcome = submit(request.actor, commands.accept_offer.on(offer), id=new_id())
    return answer(request, outcome, found.get_absolute_url(), _("The agreement is made."))


@project_page
def record_agreement(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.record_agreement.ruling(request.actor, project)
    require(ruling)
    form = AgreementForm(
        request.POST or None,
        people=queries.everybody(),
        with_rate=ruling.may_decide,
        initial=offering.asked_at_first(project, request.GET),
    )
    return change_by_form(
        request,
        form,
        commands.record_agreement,
        project,
        to=reverse("agreements", args=[project.key]),
        said=_("The agreement is recorded."),
        title=_("Record an agreement"),
        submit=_("Record the agreement"),
        lead=_("For consultants and others who have no line manager here."),
        project=project,
    )


@project_page
def agreement(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.agreement(request.actor, project, number)
    return page(
        request,
        "resources/agreement.html",
        project=project,
        agreement=found,
        state=queries.state_of(found, timezone.localdate()),
        sees_rates=rates.may_see(request.actor, project),
        ruling=commands.end_agreement.ruling(request.actor, found),
        history=history(found, found.made_at),
    )


@project_page
def end_agreement(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.agreement(request.actor, project, number)
    return change_by_form(
        request,
        EndForm(request.POST or None, initial={"ends_on": offering.earliest_end(found)}),
        commands.end_agreement,
        found,
        to=found.get_absolute_url(),
        said=_("The agreement ends on its new last day."),
        title=_("End the agreement: %(agreement)s") % {"agreement": found},
        submit=_("End the agreement"),
        danger=True,
        project=project,
    )
