"""The life of a document: added, new versions, renamed, moved, copied, described."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.documents import blobs, locks, quota
from tospann.documents.access import may_change
from tospann.documents.commands.arguments import MediaType, Note, SourceReference, WebAddress
from tospann.documents.commands.places import folder_for, name_is_free, open_place, phase_of
from tospann.documents.models import Classification, Document, DocumentState, Version
from tospann.documents.names import FileName
from tospann.foundation.arguments import Hash, Key
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project

Size = Annotated[int, Field(ge=0)]
LINK_TYPE = "text/uri-list"
"""The media type of a link document."""


@command(needs=Power.KEEP_DOCUMENTS)
def add_document(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: FileName,
    sha256: Hash,
    size: Size,
    media_type: MediaType,
    folder: UUID | None = None,
    comment: Note = "",
    classification: Classification | None = None,
    phase: UUID | None = None,
    document_type: Key | None = None,
    source: SourceReference = "",
) -> Document:
    """Add a document

    Its bytes are uploaded first; ``sha256`` and ``size`` name them.
    """
    _must_be_uploaded(project.pk, sha256, size)
    above = folder_for(actor, project.pk, folder)
    open_place(actor, project, above)
    name_is_free(project.pk, folder, name)
    document = Document(
        id=id,
        project=project,
        number=next_number(project.pk),
        folder=above,
        name=name,
        made_by_id=actor.person_id,
        classification=classification or "",
        phase_id=phase_of(project.pk, phase),
        document_type=document_type or "",
        source=source,
    )
    _hold(actor, document, sha256, size, media_type)
    document.save()
    _version_of(document, comment)
    return document


@command(needs=Power.KEEP_DOCUMENTS)
def add_link(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: FileName,
    url: WebAddress,
    folder: UUID | None = None,
    phase: UUID | None = None,
) -> Document:
    """Add a link to a document that lies elsewhere"""
    above = folder_for(actor, project.pk, folder)
    open_place(actor, project, above)
    name_is_free(project.pk, folder, name)
    document = Document(
        id=id,
        project=project,
        number=next_number(project.pk),
        folder=above,
        name=name,
        url=url,
        size=0,
        media_type=LINK_TYPE,
        made_by_id=actor.person_id,
        changed_by_id=actor.person_id,
        changed_at=timezone.now(),
        phase_id=phase_of(project.pk, phase),
    )
    document.save()
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def add_version(
    actor: Actor,
    document: Document,
    *,
    sha256: Hash,
    size: Size,
    media_type: MediaType | None = None,
    comment: Note = "",
) -> Document:
    """Save a new version

    The bytes are uploaded first. What was approved stays approved as the version it was.
    """
    must_be_kept(document)
    if document.is_link:
        raise Invalid(gettext("This is a link. Its contents are changed where they lie."))
    _must_be_uploaded(document.project_id, sha256, size)
    locks.refuse_if_locked(actor, document)
    document.version_number += 1
    document.state = DocumentState.WORKING
    _hold(actor, document, sha256, size, media_type or document.media_type)
    document.save()
    _version_of(document, comment)
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def restore_version(
    actor: Actor, document: Document, *, number: Annotated[int, Field(ge=1)], comment: Note = ""
) -> Document:
    """Bring back an earlier version

    It becomes the newest; nothing in between is lost.
    """
    must_be_kept(document)
    locks.refuse_if_locked(actor, document)
    old = Version.objects.filter(document=document, number=number).first()
    if old is None:
        raise Invalid(gettext("There is no such version."), "number")
    if number == document.version_number:
        raise Invalid(gettext("This is the newest version already."), "number")
    document.version_number += 1
    document.state = DocumentState.WORKING
    _hold(actor, document, old.sha256, old.size, old.media_type)
    document.save()
    _version_of(document, comment, restored_from=number)
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def rename_document(actor: Actor, document: Document, *, name: FileName) -> Document:
    """Rename a document"""
    return move_document(actor, document, folder=document.folder_id, name=name)


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def move_document(
    actor: Actor, document: Document, *, folder: UUID | None, name: FileName | None = None
) -> Document:
    """Move a document

    With ``name``, it is called that where it comes to lie.
    """
    must_be_kept(document)
    above = folder_for(actor, document.project_id, folder)
    locks.refuse_if_locked(actor, document)
    open_place(actor, document.project, document.folder)
    if folder != document.folder_id:
        open_place(actor, document.project, above)
    wanted = name or document.name
    name_is_free(document.project_id, folder, wanted, but=document.pk)
    document.folder, document.name = above, wanted
    document.save()
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def copy_document(
    actor: Actor, document: Document, *, id: UUID, folder: UUID | None, name: FileName | None = None
) -> Document:
    """Copy a document

    The copy begins at version 1, is nobody's check-out and is not approved.
    """
    must_be_kept(document)
    if document.is_link:
        called, url = name or document.name, document.url
        return add_link(actor, document.project, id=id, folder=folder, name=called, url=url)
    return add_document(
        actor,
        document.project,
        id=id,
        folder=folder,
        name=name or document.name,
        sha256=document.sha256,
        size=document.size,
        media_type=document.media_type,
        classification=_class(document),
        phase=document.phase_id,
        document_type=document.document_type or None,
    )


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def change_document(
    actor: Actor,
    document: Document,
    *,
    classification: Classification | None = None,
    has_personal_data: bool = False,
    is_exempt: bool = False,
    phase: UUID | None = None,
    document_type: Key | None = None,
    retain_until: date | None = None,
) -> Document:
    """Change what is said of a document

    Without a classification or phase of its own, the folder's count.
    """
    must_be_kept(document)
    document.classification = classification or ""
    document.has_personal_data, document.is_exempt = has_personal_data, is_exempt
    document.phase_id = phase_of(document.project_id, phase)
    document.document_type = document_type or ""
    document.retain_until = retain_until
    document.save()
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def change_link(actor: Actor, document: Document, *, url: WebAddress) -> Document:
    """Change where a link document leads"""
    must_be_kept(document)
    if not document.is_link:
        raise Invalid(gettext("This is not a link."))
    document.url = url
    document.changed_by_id, document.changed_at = actor.person_id, timezone.now()
    document.save()
    return document


def must_be_kept(document: Document) -> None:
    """Nothing is done with what lies in the trash but to bring it back."""
    if document.trashed_at is not None:
        raise Invalid(gettext("This is in the trash."))


def _must_be_uploaded(project_id: UUID, sha256: str, size: int) -> None:
    if not blobs.exists(sha256, size):
        raise Invalid(gettext("Upload the file first."), "sha256")
    quota.refuse_over(project_id, sha256, size)


def _class(document: Document) -> Classification | None:
    return Classification(document.classification) if document.classification else None


def _hold(actor: Actor, document: Document, sha256: str, size: int, media_type: str) -> None:
    document.sha256, document.size, document.media_type = sha256, size, media_type
    document.changed_by_id, document.changed_at = actor.person_id, timezone.now()


def _version_of(document: Document, comment: str, restored_from: int | None = None) -> Version:
    """The document's contents as the version it has come to."""
    version = Version(
        id=new_id(),
        project_id=document.project_id,
        document=document,
        number=document.version_number,
        sha256=document.sha256,
        size=document.size,
        media_type=document.media_type,
        comment=comment,
        made_by_id=document.changed_by_id,
        made_at=document.changed_at,
        restored_from=restored_from,
    )
    version.save()
    return version
