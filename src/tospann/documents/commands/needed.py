"""Needed documents: asked for, answered by a document, or found not to be relevant."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from tospann.documents import access
from tospann.documents.commands.places import folder_for, phase_of
from tospann.documents.models import NeededDocument
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import GateCriterion, Membership, Project

_ASKED = gettext_noop("%(who)s asks you for the document “%(title)s”.")


@command(needs=Power.ORDER_DOCUMENTS)
def ask_for_document(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    description: OptionalText = "",
    phase: UUID | None = None,
    criterion: UUID | None = None,
    folder: UUID | None = None,
    template: OptionalLine = "",
    owner: UUID | None = None,
    approver: UUID | None = None,
    due_on: date | None = None,
) -> NeededDocument:
    """Ask for a document

    ``criterion`` names what a gate asks for; the request says who provides it, by when.
    """
    if criterion is not None:
        _must_ask_for_one(project, criterion)
    needed = NeededDocument(id=id, project=project, criterion_id=criterion)
    _say(actor, needed, title, description, phase, folder, template, owner, approver, due_on)
    needed.save()
    _tell(actor, needed)
    return needed


@command(needs=Power.ORDER_DOCUMENTS)
def change_needed(
    actor: Actor,
    needed: NeededDocument,
    *,
    title: Line,
    description: OptionalText = "",
    phase: UUID | None = None,
    folder: UUID | None = None,
    template: OptionalLine = "",
    owner: UUID | None = None,
    approver: UUID | None = None,
    due_on: date | None = None,
) -> NeededDocument:
    """Change what is needed of a document"""
    before = needed.owner_id
    _say(actor, needed, title, description, phase, folder, template, owner, approver, due_on)
    needed.save()
    if needed.owner_id != before:
        _tell(actor, needed)
    return needed


@command(needs=Power.KEEP_DOCUMENTS)
def answer_needed(actor: Actor, needed: NeededDocument, *, document: UUID | None) -> NeededDocument:
    """Say which document is the one that is needed"""
    if document is not None:
        found = access.visible(actor, needed.project).filter(pk=document).first()
        if found is None:
            raise Invalid(gettext("There is no such document in this project."), "document")
    needed.document_id = document
    needed.save()
    return needed


@command(needs=Power.ORDER_DOCUMENTS)
def remove_needed(actor: Actor, needed: NeededDocument) -> None:
    """Withdraw the request for a document"""
    needed.delete()


def _say(
    actor: Actor,
    needed: NeededDocument,
    title: str,
    description: str,
    phase: UUID | None,
    folder: UUID | None,
    template: str,
    owner: UUID | None,
    approver: UUID | None,
    due_on: date | None,
) -> None:
    project_id = needed.project_id
    needed.title, needed.description, needed.template = title, description, template
    needed.phase_id, needed.due_on = phase_of(project_id, phase), due_on
    needed.folder = folder_for(actor, project_id, folder)
    needed.owner_id = _on_team(project_id, owner, "owner")
    needed.approver_id = _on_team(project_id, approver, "approver")


def _on_team(project_id: UUID, person: UUID | None, field: str) -> UUID | None:
    held = Membership.objects.filter(project=project_id, person=person).exclude(role="guest")
    if person is not None and not held.exists():
        raise Invalid(gettext("Only somebody on the project's team can be named here."), field)
    return person


def _must_ask_for_one(project: Project, criterion: UUID) -> None:
    if not GateCriterion.objects.filter(project=project, pk=criterion, kind="document").exists():
        raise Invalid(gettext("No gate of this project asks for that."), "criterion")
    if NeededDocument.objects.filter(criterion=criterion).exists():
        raise Invalid(gettext("Somebody has asked for that document already."), "criterion")


def _tell(actor: Actor, needed: NeededDocument) -> None:
    people = [one for one in (needed.owner_id,) if one not in (None, actor.person_id)]
    said = Sentence(_ASKED, {"who": actor.name, "title": needed.title})
    link, key = f"/p/{needed.project.key}/documents/needed", f"needed:{needed.pk}:{needed.version}"
    tell(people, Kind.ASKED, said, link, key=key, project=needed.project)
