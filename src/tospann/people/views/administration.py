"""The pages of administrators: people, their roles, the organisation and its audit log."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.authority import ORGANISATION_ROLES, ROLE_LABELS
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people import commands, handover, queries
from tospann.people.actors import ActorRequest
from tospann.people.audit_trail import organisation_rows
from tospann.people.forms import (
    DeactivateForm,
    EmailForm,
    InviteForm,
    OrganisationForm,
    PersonForm,
    RoleForm,
    person_values,
)
from tospann.people.pages import administrators_only, answer, auditors_too, try_submit
from tospann.people.registers import PEOPLE
from tospann.people.sign_in import set_password_link
from tospann.ui.pages import form_page, page

_DETAILS = ("name", "title", "company", "phone", "is_external")


@administrators_only
def people(request: ActorRequest) -> HttpResponse:
    return PEOPLE.respond(request, queries.people(), template="people/admin_people.html")


@administrators_only
def invite(request: ActorRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {**form.cleaned_data, "id": new_id()}
        bound = commands.invite_person.on(queries.organisation())
        outcome = try_submit(request, form, bound, **values)
        if isinstance(outcome, Done):
            link = set_password_link(outcome.result)
            return page(request, "people/link.html", person=outcome.result, link=link)
    title, cancel = _("Invite a person"), reverse("admin")
    return form_page(request, form, title=title, submit=_("Invite"), cancel=cancel)


@administrators_only
def person(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person(pk)
    held = queries.organisation_roles(found)
    return page(
        request,
        "people/admin_person.html",
        person=found,
        roles=[(str(r), ROLE_LABELS[r]) for r in ORGANISATION_ROLES if r in held],
        deputies=list(queries.deputies(found)),
        tokens=list(queries.tokens(found)),
    )


@administrators_only
def change_person(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person(pk)
    here = reverse("admin_person", args=[pk])
    initial = person_values(found, *_DETAILS)
    form = PersonForm(request.POST or None, version=found.version, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        bound = commands.change_person.on(found, data.pop("version", None))
        outcome = try_submit(request, form, bound, **data)
        if outcome is not None:
            return answer(request, outcome, here)
    title = _("Change %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, submit=_("Save"), cancel=here)


@administrators_only
def change_email(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person(pk)
    here = reverse("admin_person", args=[pk])
    form = EmailForm(request.POST or None, initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        bound = commands.change_email.on(found)
        outcome = try_submit(request, form, bound, **form.cleaned_data)
        if outcome is not None:
            return answer(request, outcome, here)
    title = _("Change the e-mail address of %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, submit=_("Save"), cancel=here)


@administrators_only
def give_role(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person(pk)
    here = reverse("admin_person", args=[pk])
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bound = commands.give_organisation_role.on(found)
        outcome = try_submit(request, form, bound, **form.cleaned_data)
        if outcome is not None:
            return answer(request, outcome, here)
    title = _("Give %(name)s a role") % {"name": found.name}
    return form_page(request, form, title=title, submit=_("Give the role"), cancel=here)


@require_POST
@administrators_only
def take_role(request: ActorRequest, pk: UUID) -> HttpResponse:
    bound: Any = commands.take_organisation_role.on(queries.person(pk))
    outcome = submit(request.actor, bound, role=request.POST.get("role", ""))
    return answer(request, outcome, reverse("admin_person", args=[pk]))


@administrators_only
def deactivate(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person(pk)
    here = reverse("admin_person", args=[pk])
    form = DeactivateForm(request.POST or None, choices=queries.colleagues(found))
    if request.method == "POST" and form.is_valid():
        to: Any = form.cleaned_data["hand_over_to"] or None
        bound = commands.deactivate_person.on(found)
        outcome = try_submit(request, form, bound, hand_over_to=to)
        if outcome is not None:
            return answer(request, outcome, here, _("Deactivated and signed out everywhere."))
    work = handover.open_work(found)
    status = 422 if form.errors else 200
    return page(
        request, "people/deactivate.html", status=status, form=form, person=found, work=work
    )


@require_POST
@administrators_only
def reactivate(request: ActorRequest, pk: UUID) -> HttpResponse:
    outcome = submit(request.actor, commands.reactivate_person.on(queries.person(pk)))
    return answer(request, outcome, reverse("admin_person", args=[pk]))


@require_POST
@administrators_only
def password_link(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person(pk)
    return page(request, "people/link.html", person=found, link=set_password_link(found))


@administrators_only
def organisation(request: ActorRequest) -> HttpResponse:
    found = queries.organisation()
    initial = {n: getattr(found, n) for n in ("name", "organisation_number", "language")}
    form = OrganisationForm(request.POST or None, version=found.version, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        bound = commands.edit_organisation.on(found, data.pop("version", None))
        outcome = try_submit(request, form, bound, **data)
        if outcome is not None:
            return answer(request, outcome, reverse("admin_organisation"))
    status = 422 if form.errors else 200
    return page(request, "people/admin_organisation.html", status=status, form=form)


@auditors_too
def audit(request: ActorRequest) -> HttpResponse:
    found = organisation_rows(request.actor, queries.page_number(request.GET.get("page", "")))
    return page(request, "people/admin_audit.html", found=found)
