"""Starting, naming and discarding what is filled in; what is said about its sections."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.blanks.models import Blank, Comment, Earlier, Edition, Filled, Value
from tospann.foundation.arguments import Key, Line, OptionalLine, Text
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project

_SENT = gettext_noop("This can no longer be changed: it was sent or decided.")
_NOT_YOURS = gettext_noop("Only whoever said it, and those who keep the project, may do this.")


def is_writable(actor: Actor, filled: Filled) -> Sentence | None:
    """Why nothing can be written now, if that is so."""
    return None if filled.is_writable else Sentence(_SENT)


@command(needs=Power.KEEP_DOCUMENTS)
def start_filled(
    actor: Actor, project: Project, *, id: UUID, blank: Key, title: OptionalLine = ""
) -> Filled:
    """Start filling in a document template"""
    of = Blank.objects.filter(project=project, key=blank).first()
    if of is None:
        raise Invalid(gettext("The project has no such document template."), "blank")
    filled = Filled(
        id=id,
        project=project,
        blank=of,
        number=next_number(project.pk),
        title=title or of.name,
        prepared_by_id=actor.person_id,
        created_at=timezone.now(),
    )
    filled.save()
    return filled


@command(needs=Power.KEEP_DOCUMENTS, only_if=is_writable)
def rename_filled(actor: Actor, filled: Filled, *, title: Line) -> Filled:
    """Rename a document that is being filled in"""
    filled.title = title
    filled.save()
    return filled


@command(needs=Power.KEEP_DOCUMENTS, only_if=is_writable, undoable=False)
def discard_filled(actor: Actor, filled: Filled) -> None:
    """Discard a document that was never sent"""
    if Edition.objects.filter(filled=filled).exists():
        raise Invalid(gettext("This has been sent before; it stays with its versions."))
    for comment in Comment.objects.filter(filled=filled):
        comment.delete()
    Earlier.objects.filter(filled=filled).delete()
    Value.objects.filter(filled=filled).delete()
    filled.delete()


@command(needs=Power.DISCUSS)
def comment_on(actor: Actor, filled: Filled, *, id: UUID, section: Key, text: Text) -> Comment:
    """Comment on a section"""
    if actor.person_id is None:
        raise NotAllowed(gettext("Only people take part in discussions."))
    said = Comment(
        id=id,
        project_id=filled.project_id,
        filled=filled,
        section=section,
        text=text,
        by_id=actor.person_id,
        said_at=timezone.now(),
    )
    said.save()
    return said


def is_own_or_kept(actor: Actor, comment: Comment) -> Sentence | None:
    """Settling: who said it, or whoever keeps the registers."""
    if actor.person_id is not None and actor.person_id == comment.by_id:
        return None
    if rule(actor, Power.KEEP_REGISTERS, comment.scope_id).may_decide:
        return None
    return Sentence(_NOT_YOURS)


@command(needs=Power.DISCUSS, only_if=is_own_or_kept)
def settle_comment(actor: Actor, comment: Comment) -> Comment:
    """Settle a comment"""
    if comment.settled_at is None:
        comment.settled_at, comment.settled_by_id = timezone.now(), actor.person_id
        comment.save()
    return comment


@command(needs=Power.DISCUSS, only_if=is_own_or_kept)
def take_comment_up_again(actor: Actor, comment: Comment) -> Comment:
    """Take a comment up again"""
    comment.settled_at, comment.settled_by_id = None, None
    comment.save()
    return comment
