"""One message, and what is made of it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import access
from tospann.documents.forms import folder_choices
from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.mailbox import commands, queries
from tospann.mailbox.forms import AsideForm, DocumentsForm, NoteForm, NoticeForm, QuestionForm
from tospann.mailbox.models import Message
from tospann.mailbox.reading import words
from tospann.people.pages import answer, change_by_form, require_decides
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


def _found(request: ProjectRequest, project: Project, number: int) -> Message:
    require_decides(rule(request.actor, Power.KEEP_REGISTERS, project.pk))
    return queries.message(project, number)


@project_page
def message(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    own = words.own(found.text)
    return page(
        request,
        "mailbox/message.html",
        project=project,
        message=found,
        own=own,
        quoted=found.text[len(own) :].strip() if found.text.startswith(own) else "",
        attachments=queries.attachments(found),
        contact=queries.senders_contact(found),
        has_contracts=bool(queries.contracts(project)),
    )


def _form(
    request: ProjectRequest, project: Project, found: Message, form: Any, what: Any, title: str,
    said: str,
) -> HttpResponse:  # fmt: skip
    there = reverse("message", args=[project.key, found.number])
    shown: dict[str, Any] = {"title": title, "submit": title, "project": project}
    return change_by_form(request, form, what, found, to=there, said=said, cancel=there, **shown)


@project_page
def message_to_question(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    text = {"text": words.own(found.text)[:20_000]}
    form = QuestionForm(request.POST or None, team=projects.team(project), initial=text)
    said = _("It is a question now, with who answers by when.")
    title = _("Make a question of it")
    return _form(request, project, found, form, commands.become_question, title, said)


@project_page
def message_to_notice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    form = NoticeForm(
        request.POST or None,
        contracts=queries.contracts(project),
        team=projects.team(project),
        initial={"title": found.subject[:200]},
    )
    said, title = _("It is a notice now."), _("Make a notice of it")
    return _form(request, project, found, form, commands.become_notice, title, said)


@project_page
def message_to_documents(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    parts = [(str(one.pk), one.name) for one in queries.attachments(found)]
    chosen = {"parts": [pk for pk, _name in parts], "whole": not parts}
    folders = folder_choices(access.tree(request.actor, project))
    form = DocumentsForm(request.POST or None, parts=parts, folders=folders, initial=chosen)
    said, title = _("It is kept among the documents."), _("Keep as documents")
    return _form(request, project, found, form, commands.become_documents, title, said)


@project_page
def message_to_note(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    contact = queries.senders_contact(found)
    known = {"contact": contact.pk if contact else "", "text": words.own(found.text)[:20_000]}
    initial = known | ({} if contact else {"name": found.sender})
    form = NoteForm(request.POST or None, contacts=queries.contacts(project), initial=initial)
    said, title = _("It is noted on the contact."), _("Note on a contact")
    return _form(request, project, found, form, commands.become_note, title, said)


@project_page
def set_message_aside(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    form, title = AsideForm(request.POST if request.method == "POST" else None), _("Set aside")
    return _form(request, project, found, form, commands.set_aside, title, _("It is set aside."))


@require_POST
@project_page
def sort_message_again(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = _found(request, project, number)
    outcome = submit(request.actor, commands.sort_again.on(found))
    return answer(request, outcome, reverse("message", args=[project.key, found.number]))
