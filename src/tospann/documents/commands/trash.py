"""Throwing documents away, bringing them back, holding on to them, and removing them for good."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.documents import access, locks
from tospann.documents.commands.arguments import Reason
from tospann.documents.commands.keeping import must_be_kept
from tospann.documents.commands.places import free_name, open_place
from tospann.documents.models import Document, DocumentState, Folder, NeededDocument, Version
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import remove_all

KEPT_DAYS = 30
"""How long the trash keeps what is thrown away."""

_APPROVED = gettext_noop(
    "This document is approved. Only whoever keeps the documents in order may throw it away."
)


def may_trash(actor: Actor, document: Document) -> Sentence | None:
    """Not everybody throws away what somebody has approved."""
    if refused := access.may_change(actor, document):
        return refused
    is_working = document.approved_version is None and document.state == DocumentState.WORKING
    if is_working or rule(actor, Power.ORDER_DOCUMENTS, document.project_id).may_decide:
        return None
    return Sentence(_APPROVED)


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_trash)
def trash_document(actor: Actor, document: Document) -> Document:
    """Move a document to the trash"""
    must_be_kept(document)
    if document.is_held:
        said = gettext("“%(name)s” is on hold. It cannot be thrown away.")
        raise Invalid(said % {"name": document.name})
    locks.refuse_if_locked(actor, document)
    open_place(actor, document.project, document.folder)
    document.trashed_at, document.trashed_by_id = timezone.now(), actor.person_id
    document.save()
    locks.release_all(document)
    return document


@command(needs=Power.KEEP_DOCUMENTS, only_if=access.may_change)
def restore_document(actor: Actor, document: Document) -> Document:
    """Bring a document back from the trash

    To where it lay, or to the folder above if that is gone; with a number behind its name where
    another has taken it.
    """
    if document.trashed_at is None:
        raise Invalid(gettext("This is not in the trash."))
    folder = document.folder
    while folder is not None and folder.trashed_at is not None:
        folder = folder.parent
    open_place(actor, document.project, folder)
    document.folder = folder
    document.name = free_name(document.project_id, folder.pk if folder else None, document.name)
    document.trashed_at, document.trashed_by_id = None, None
    document.save()
    return document


@command(needs=Power.ORDER_DOCUMENTS, only_if=access.may_change, undoable=False)
def purge_document(actor: Actor, document: Document) -> None:
    """Remove a document for good

    Only from the trash; never what is on hold or still to be retained.
    """
    if document.trashed_at is None:
        raise Invalid(gettext("Throw it away first."))
    if because := why_not_purged(document, timezone.localdate()):
        raise Invalid(because)
    for needed in NeededDocument.objects.filter(document=document):
        needed.document = None
        needed.save()
    locks.release_all(document)
    remove_all(Version.objects.filter(document=document))
    document.delete()


@command(needs=Power.ORDER_DOCUMENTS, only_if=access.may_change)
def hold_document(actor: Actor, document: Document, *, reason: Reason) -> Document:
    """Put a document on hold

    Nobody throws it away or removes it until the hold is lifted.
    """
    document.is_held, document.hold_reason = True, reason
    document.save()
    return document


@command(needs=Power.ORDER_DOCUMENTS, only_if=access.may_change)
def lift_hold(actor: Actor, document: Document, *, reason: Reason) -> Document:
    """Lift the hold on a document"""
    if not document.is_held:
        raise Invalid(gettext("This document is not on hold."))
    document.is_held, document.hold_reason = False, ""
    document.save()
    return document


@command(needs=Power.ORDER_DOCUMENTS, only_if=access.may_order, undoable=False)
def purge_folder(actor: Actor, folder: Folder) -> None:
    """Remove an empty folder for good

    Only from the trash, and only once nothing lies in it.
    """
    if folder.trashed_at is None:
        raise Invalid(gettext("Throw it away first."))
    if folder.documents.exists() or folder.inside.exists():
        raise Invalid(gettext("There is still something in the folder."))
    for needed in NeededDocument.objects.filter(folder=folder):
        needed.folder = None
        needed.save()
    locks.release_all(folder)
    folder.delete()


def why_not_purged(document: Document, today: date) -> str:
    """Why a thrown away document has to stay, or ""."""
    if document.is_held:
        return gettext("It is on hold: %(reason)s") % {"reason": document.hold_reason}
    if document.retain_until is not None and document.retain_until >= today:
        return gettext("It has to be retained until %(date)s.") % {"date": document.retain_until}
    return ""


def due_before() -> datetime:
    """What was thrown away before this is removed for good."""
    return timezone.now() - timedelta(days=KEPT_DAYS)
