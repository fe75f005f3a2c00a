"""Contacts, and the card of one: promised, sent, open."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.stakeholders import commands, queries, register
from tospann.stakeholders.forms import ContactForm, RemoveForm
from tospann.stakeholders.views import already
from tospann.ui.pages import form_page, page


@project_page
def contacts(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.add_contact.ruling(request.actor, project)
    return register.contacts(project).respond(
        request,
        queries.contacts(project),
        template="stakeholders/contacts.html",
        project=project,
        may_add=ruling.may_decide,
    )


@project_page
def new_contact(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.add_contact.ruling(request.actor, project)
    require(ruling)
    form = ContactForm(request.POST or None, people=queries.everybody(project))
    if form.is_valid():
        typed = form.cleaned_data
        there = reverse("contact", args=[project.key, typed["id"]])
        if queries.contacts(project).filter(pk=typed["id"]).exists():
            return already(request, there)
        outcome = try_submit(request, form, commands.add_contact.on(project), **typed)
        if outcome:
            return answer(request, outcome, there, _("The contact was added."))
    return form_page(
        request,
        form,
        title=_("New contact"),
        submit=_("Save"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("contacts", args=[project.key]),
        project=project,
    )


@project_page
def contact(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found, actor = queries.contact(project, pk), request.actor
    return page(
        request,
        "stakeholders/contact.html",
        project=project,
        contact=found,
        promises=queries.of_contact(found),
        notes=queries.calls_with(found),
        sent=queries.sent_to(found),
        open_work=queries.open_work(found),
        history=history(found, found.created_at),
        change=commands.change_contact.ruling(actor, found),
        remove=commands.remove_contact.ruling(actor, found),
        note=commands.note_call.ruling(actor, project),
        states=register.STATES,
    )


@project_page
def edit_contact(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.contact(project, pk)
    return change_by_form(
        request,
        ContactForm.of(found, queries.everybody(project), request.POST or None),
        commands.change_contact,
        found,
        to=found.get_absolute_url(),
        title=_("Change the contact"),
        submit=_("Save"),
        project=project,
    )


@project_page
def remove_contact(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.contact(project, pk)
    return change_by_form(
        request,
        RemoveForm(request.POST if request.method == "POST" else None),
        commands.remove_contact,
        found,
        to=reverse("contacts", args=[project.key]),
        cancel=found.get_absolute_url(),
        said=_("The contact was removed."),
        title=_("Remove %(name)s") % {"name": found.name},
        submit=_("Remove the contact"),
        lead=_("What was said and promised is kept. The contact is no longer suggested."),
        danger=True,
        project=project,
    )
