"""What becomes of a mail that comes: a message, an answer to an invitation, or not let in.

``receive`` may be called again with the same mail: nothing comes of it twice.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import IO

import structlog
from django.conf import settings
from django.utils import timezone

from tospann.documents import blobs
from tospann.foundation.authority import SYSTEM
from tospann.foundation.errors import CommandError, Invalid
from tospann.foundation.ids import new_id
from tospann.mailbox import answering, bounces, letters, replies, trust
from tospann.mailbox.commands import receive as take_in
from tospann.mailbox.letters import Read
from tospann.mailbox.models import Because, MailAddress, Message, NotLetIn, Trust
from tospann.meetings import links
from tospann.notifications import addresses, outbox
from tospann.projects.models import Project, ProjectState

MOST_HOPS = 50
MOST_AN_HOUR = 60
KEPT = frozenset({Because.AUTOMATIC, Because.TOO_MANY, Because.CLOSED})
"""What somebody may still take in by hand: its bytes are kept for a while."""
TOLD_OTHERWISE = frozenset({Because.CANCELLED, Because.OVER, Because.OUTDATED})
log = structlog.get_logger()


@dataclass(frozen=True)
class Outcome:
    """A message, an invitation that was answered, or why it was not let in."""

    message: Message | None = None
    answered: bool = False
    because: Because | None = None

    @property
    def in_words(self) -> str:
        """For the mail server's log."""
        if self.message is not None:
            return f"kept as {self.message.short_id}"
        return "an invitation is answered" if self.answered else f"not let in: {self.because}"


def receive(file: IO[bytes], *, to: str = "") -> list[Outcome]:
    """One outcome for each project (or meeting) it is written to.

    ``to`` is the address it was delivered to, where the mail server says so.
    """
    try:
        mail = letters.read(file)
    except Invalid as error:
        return [_refuse(Because.UNREADABLE, detail=error.message)]
    because = _because_of_itself(mail)
    if because is not None:
        return [_refuse(because, mail)]
    if mail.found["bounce"]:
        bounces.note(mail)
        return [Outcome(because=Because.BOUNCE)]
    tags = _tags(mail, to)
    if not tags:
        return [_refuse(Because.NO_PROJECT, mail)]
    return [_delivered(mail, tag) for tag in tags]


def _because_of_itself(mail: Read) -> Because | None:
    """What is wrong whoever it is written to."""
    found = mail.found
    is_from_us = addresses.tag_of(mail.sender) is not None or _is_our_sender(mail.sender)
    if is_from_us or found["hops"] > MOST_HOPS or outbox.sent_with(mail.message_id):
        return Because.LOOP
    if found["bounce"]:
        return None
    if not mail.sender:
        return Because.AUTOMATIC if found["returned"] else Because.UNREADABLE
    return Because.FORGED if trust.is_forged(found) else None


def _is_our_sender(address: str) -> bool:
    from email.utils import parseaddr

    return address == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def _tags(mail: Read, to: str) -> list[str]:
    named = [to] if to else mail.found["to"]
    found = [addresses.tag_of(one) for one in named]
    return list(dict.fromkeys(tag for tag in found if tag))[:10]


def _delivered(mail: Read, tag: str) -> Outcome:
    if links.is_answer(tag):
        return _answer(mail, tag)
    address = _address(tag)
    if address is None:
        return _refuse(Because.NO_PROJECT, mail)
    return _to_project(mail, address.project, is_open=address.is_open)


def _address(tag: str) -> MailAddress | None:
    key, _dash, token = tag.rpartition("-")
    found = MailAddress.objects.filter(token=token).select_related("project").first()
    return found if found is not None and found.project.key.lower() == key else None


def _answer(mail: Read, tag: str) -> Outcome:
    """An answer to an invitation; what a person writes there goes to the project's mail."""
    called = replies.called(tag)
    if called is None:
        return _refuse(Because.NOT_OURS, mail)
    if mail.found["reply"] is not None:
        effect = replies.apply(mail, called)
        if isinstance(effect, Because):
            return _refuse(effect, mail, called.meeting.project)
        if effect is replies.Effect.DONE:
            return Outcome(answered=True)
    about = (f"{called.meeting.short_id} {called.meeting}", called.meeting.get_absolute_url())
    return _to_project(mail, called.meeting.project, about=about)


def _to_project(
    mail: Read, project: Project, *, is_open: bool = True, about: tuple[str, str] = ("", "")
) -> Outcome:
    because = _because_of_project(mail, project, is_open)
    if because is not None:
        return _refuse(because, mail, project)
    return Outcome(message=kept(mail, project, about))


def _because_of_project(mail: Read, project: Project, is_open: bool) -> Because | None:
    if mail.found["auto"]:
        return Because.AUTOMATIC
    if not is_open or project.state == ProjectState.CLOSED:
        return Because.CLOSED
    since = timezone.now() - timedelta(hours=1)
    lately = Message.objects.filter(
        project=project, from_email=mail.sender, received_at__gte=since, added_by=None
    )
    return Because.TOO_MANY if lately.count() >= MOST_AN_HOUR else None


def kept(mail: Read, project: Project, about: tuple[str, str] = ("", "")) -> Message:
    """The message, taken in by the portal itself."""
    letter = letters.kept(mail, about)
    return take_in(
        SYSTEM,
        project,
        id=new_id(),
        letter=letter,
        trust="proved" if trust.trust(mail.found) is Trust.PROVED else "unknown",
        received_at=timezone.now(),
    )


def _refuse(
    because: Because, mail: Read | None = None, project: Project | None = None, detail: str = ""
) -> Outcome:
    """Write down that it was not let in, once, and say so to a sender who is known."""
    row = NotLetIn(project=project, because=because, detail=detail[:300])
    if mail is not None:
        row.from_email, row.subject, row.message_id = mail.sender, mail.subject, mail.message_id
        row.size = mail.size
        known = NotLetIn.objects.filter(project=project, because=because, from_email=mail.sender)
        if mail.message_id and known.filter(message_id=mail.message_id).exists():
            return Outcome(because=because)
        if because in KEPT and project is not None:
            row.sha256 = _bytes_of(mail)
        was_told = because in TOLD_OTHERWISE
        row.is_answered = was_told or answering.refusal(mail, because, project)
    row.save()
    log.info("mail not let in", because=because, project=project.key if project else "")
    return Outcome(because=because)


def _bytes_of(mail: Read) -> str:
    mail.file.seek(0)
    try:
        return blobs.put(iter(lambda: mail.file.read(blobs.PIECE), b"")).sha256
    except CommandError:
        return ""


def refuse_too_large(head: IO[bytes], size: int, to: str = "") -> Outcome:
    """A mail whose beginning says who sent it, and whose size says that it is not read."""
    try:
        mail = letters.read(head)
    except Invalid:
        return _refuse(Because.TOO_LARGE, detail=f"{size} bytes")
    if _because_of_itself(mail) is not None:
        return _refuse(Because.TOO_LARGE, detail=f"{size} bytes")
    address = next((found for tag in _tags(mail, to) if (found := _address(tag))), None)
    return _refuse(Because.TOO_LARGE, mail, address.project if address else None)
