"""What is done with one document: by a form that asks something, or by one press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from tospann.documents import commands, forms, queries, register
from tospann.documents.models import Document
from tospann.foundation.commands import Command, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page

Maker = Callable[[ProjectRequest, Document], Any]
Known = Callable[[Document], dict[str, Any]]


@dataclass(frozen=True)
class Asking:
    """A change that asks something first."""

    command: Command[Any, Any, Any]
    form: Maker
    title: str
    submit: str
    said: str
    known: Known = lambda _document: {}


def _tree(request: ProjectRequest) -> Any:
    return queries.shelf(request.actor, request.project).tree


def _plain(kind: Callable[..., Any], *initial: str) -> Maker:
    def made(request: ProjectRequest, one: Document) -> Any:
        values = {name: getattr(one, name) for name in initial}
        return kind(request.POST or None, initial=values)

    return made


def _posted(kind: Callable[..., Any]) -> Maker:
    """A form without fields that must be filled in is valid only once it is sent."""

    def made(request: ProjectRequest, one: Document) -> Any:
        return kind(request.POST if request.method == "POST" else None)

    return made


def _properties(request: ProjectRequest, one: Document) -> Any:
    data = request.POST if request.method == "POST" else None
    return forms.PropertiesForm.of(one, data, queries.phases(request.project))


def _move(request: ProjectRequest, one: Document) -> Any:
    data = request.POST if request.method == "POST" else None
    initial = {"folder": str(one.folder_id or "")}
    return forms.MoveForm(data, tree=_tree(request), initial=initial)


def _copy(request: ProjectRequest, one: Document) -> Any:
    name = _("Copy of %(name)s") % {"name": one.name}
    initial = {"name": name, "folder": str(one.folder_id or "")}
    return forms.CopyForm(request.POST or None, tree=_tree(request), initial=initial)


def _ask(request: ProjectRequest, one: Document) -> Any:
    data = request.POST if request.method == "POST" else None
    return forms.AskForm(data, approvers=queries.approvers(request.project))


def _number(one: Document) -> dict[str, Any]:
    return {"number": one.version_number}


ASKING = {
    "name": Asking(
        commands.rename_document,
        _plain(forms.NameForm, "name"),
        gettext_noop("Rename “%(name)s”"),
        gettext_noop("Rename"),
        gettext_noop("The document has a new name."),
    ),
    "place": Asking(
        commands.move_document,
        _move,
        gettext_noop("Move “%(name)s”"),
        gettext_noop("Move"),
        gettext_noop("The document was moved."),
    ),
    "copy": Asking(
        commands.copy_document,
        _copy,
        gettext_noop("Copy “%(name)s”"),
        gettext_noop("Make a copy"),
        gettext_noop("The document was copied."),
        lambda _document: {"id": new_id()},
    ),
    "properties": Asking(
        commands.change_document,
        _properties,
        gettext_noop("What is said of “%(name)s”"),
        gettext_noop("Save"),
        gettext_noop("Saved."),
    ),
    "address": Asking(
        commands.change_link,
        _plain(forms.AddressForm, "url"),
        gettext_noop("Where “%(name)s” leads"),
        gettext_noop("Save"),
        gettext_noop("Saved."),
    ),
    "check-out": Asking(
        commands.check_out,
        _posted(forms.CommentForm),
        gettext_noop("Check out “%(name)s”"),
        gettext_noop("Check out"),
        gettext_noop("The document is checked out. Only you can change it until you check it in."),
    ),
    "release": Asking(
        commands.release_check_out,
        _plain(forms.ReasonForm),
        gettext_noop("Release the check-out of “%(name)s”"),
        gettext_noop("Release the check-out"),
        gettext_noop("The document is free again. Whoever had it is told why."),
    ),
    "hold": Asking(
        commands.hold_document,
        _plain(forms.ReasonForm),
        gettext_noop("Put “%(name)s” on hold"),
        gettext_noop("Put on hold"),
        gettext_noop("The document is on hold. Nobody can throw it away."),
    ),
    "lift": Asking(
        commands.lift_hold,
        _plain(forms.ReasonForm),
        gettext_noop("Lift the hold on “%(name)s”"),
        gettext_noop("Lift the hold"),
        gettext_noop("The hold is lifted."),
    ),
    "ask": Asking(
        commands.ask_approval,
        _ask,
        gettext_noop("Ask for “%(name)s” to be approved"),
        gettext_noop("Ask for approval"),
        gettext_noop("Whoever may approve it has been told."),
    ),
    "approve": Asking(
        commands.approve_document,
        _posted(forms.CommentForm),
        gettext_noop("Approve “%(name)s”"),
        gettext_noop("Approve"),
        gettext_noop("The document is approved."),
        _number,
    ),
    "publish": Asking(
        commands.publish_document,
        _posted(forms.CommentForm),
        gettext_noop("Publish “%(name)s”"),
        gettext_noop("Publish"),
        gettext_noop("The document is published."),
        _number,
    ),
    "send-back": Asking(
        commands.send_back,
        _plain(forms.ReasonForm),
        gettext_noop("Send “%(name)s” back"),
        gettext_noop("Send back"),
        gettext_noop("The document was sent back."),
    ),
}
PRESSED: dict[str, tuple[Command[Any, Any, Any], str]] = {
    "trash": (commands.trash_document, gettext_noop("The document was moved to the trash.")),
    "restore": (commands.restore_document, gettext_noop("The document is back.")),
    "purge": (commands.purge_document, gettext_noop("The document is gone for good.")),
    "check-in": (commands.check_in, gettext_noop("The document is checked in.")),
    "restore-version": (
        commands.restore_version,
        gettext_noop("The earlier version is the newest again."),
    ),
}


@project_page
def change(request: ProjectRequest, project: Project, number: int, ask: str) -> HttpResponse:
    """A change that asks something first."""
    found = queries.document(request.actor, project, number)
    if ask not in ASKING:
        raise Http404
    asking = ASKING[ask]
    form = asking.form(request, found)
    return change_by_form(
        request,
        form,
        asking.command,
        found,
        known=asking.known(found),
        to=found.get_absolute_url(),
        said=_(asking.said),
        title=_(asking.title) % {"name": found.name},
        submit=_(asking.submit),
    )


@require_POST
@project_page
def act(request: ProjectRequest, project: Project, number: int, act: str) -> HttpResponse:
    """A change that one press makes."""
    found = queries.document(request.actor, project, number)
    if act not in PRESSED:
        raise Http404
    command, said = PRESSED[act]
    values: dict[str, Any] = {}
    if act == "restore-version":
        asked = request.POST.get("version", "")
        values = {"number": int(asked) if asked.isdecimal() and len(asked) < 7 else 0}
    to = {
        "trash": register.address(project.key, found.folder_id),
        "purge": reverse("documents_trash", args=[project.key]),
    }.get(act, found.get_absolute_url())
    outcome = submit(request.actor, command.on(found), **values)
    return answer(request, outcome, to, _(said))
