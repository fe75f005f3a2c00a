"""One document: what it is, who has it, its versions, and what differs between two of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tospann.documents import (
    access,
    commands,
    comparing,
    fetching,
    locks,
    opening,
    queries,
    register,
)
from tospann.documents.models import Document, DocumentType
from tospann.foundation.commands import Command
from tospann.people.audit_trail import history
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.sharing import seen
from tospann.sharing.queries import chip_of
from tospann.ui.pages import page


@project_page
def document(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    held = access.grants(request.actor, project)
    found = queries.document(request.actor, project, number, held)
    seen.note(request.actor, access.Item.of_document(found), "opened", request)
    shown: dict[str, Any] = {
        "document": found,
        "kept_inside": fetching.told_inside(request.actor, found),
        "access": access.of_document(request.actor, found, held),
        "path": queries.path_of(request.actor, found, held),
        "versions": queries.versions(found),
        "may": _may(request, found),
        "history": history(found, found.made_at),
        "ways": opening.ways(request, found),
        "is_plain": comparing.can_compare(found),
        "chip": chip_of(project, access.Item.of_document(found)),
        **_said_of(found),
    }
    return page(request, "documents/document.html", project=project, **shown)


def _said_of(found: Document) -> dict[str, Any]:
    """Its state, class and kind in words, and who has it now."""
    lock = queries.held_by(found)
    return {
        "class_shown": register.CLASSES[access.effective(found)],
        "state_shown": register.STATES[found.state],
        "type_shown": dict(DocumentType.choices).get(found.document_type, found.document_type),
        "lock": lock,
        "lock_said": locks.said(found, lock) if lock else "",
    }


_ASKED: dict[str, Command[Any, Any, Any]] = {
    "keep": commands.add_version,
    "order": commands.release_check_out,
    "trash": commands.trash_document,
    "approve": commands.approve_document,
}


def _may(request: ProjectRequest, found: Document) -> dict[str, Any]:
    """The ruling on each thing the page offers."""
    return {name: what.ruling(request.actor, found) for name, what in _ASKED.items()}


@project_page
def compare(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.document(request.actor, project, number)
    old, new = (request.GET.get(name, "") for name in ("old", "new"))
    if not (old.isdecimal() and new.isdecimal() and len(old + new) < 12):
        raise Http404
    pair = queries.version(found, int(old)), queries.version(found, int(new))
    lines, because = comparing.difference(found, *pair)
    shown: dict[str, Any] = {"old": pair[0], "new": pair[1], "lines": lines, "because": because}
    shown["title"] = _("What changed in “%(name)s”") % {"name": found.name}
    return page(request, "documents/compare.html", project=project, document=found, **shown)
