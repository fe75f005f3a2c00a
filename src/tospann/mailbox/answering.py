"""What a sender is told by mail. Never a machine, never somebody nobody here knows: else forged
senders would have us write to people who never wrote to us."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from tospann.mailbox import trust
from tospann.mailbox.letters import Read, most_bytes
from tospann.mailbox.models import Because, NotLetIn, Trust
from tospann.meetings import calendar, links, mails
from tospann.meetings.models import Attendance
from tospann.notifications.mail import language_of, queue_mail
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.stakeholders.models import Contact

AT_MOST_EVERY = timedelta(days=1)


def refusal(mail: Read, because: Because, project: Project | None) -> bool:
    """Tell the sender why it was not let in; False when she is not told."""
    word = _WORDS.get(because)
    if word is None or mail.found["auto"] or mail.found["returned"]:
        return False
    if not _is_known(mail) or _told_lately(mail.sender, because):
        return False
    with translation.override(language(mail.sender, project)):
        subject = gettext("Not received: %(subject)s") % {"subject": mail.subject}
        return queue_mail(
            f"not-let-in:{because}:{mail.sha256[:32]}",
            mail.sender,
            subject,
            f"{word()}\n\n{gettext('Your mail was not kept.')}\n{settings.BASE_URL}",
            answers=mail.message_id,
        )


_WORDS: dict[Because, Callable[[], str]] = {
    Because.TOO_LARGE: lambda: (
        gettext("Your mail is too large: at most %(limit)s MB are taken. Send a link instead.")
        % {"limit": most_bytes() // 1024 // 1024}
    ),
    Because.NO_PROJECT: lambda: gettext(
        "Your mail is not written to the address of any project. Ask your contact for the address."
    ),
    Because.CLOSED: lambda: gettext("This project takes no more mail."),
    Because.NOT_OURS: lambda: gettext(
        "Your answer does not belong to any invitation of ours. Answer by the link in the mail."
    ),
}


def _is_known(mail: Read) -> bool:
    if trust.trust(mail.found) is Trust.PROVED:
        return True
    sender = mail.sender
    return (
        Person.objects.filter(email__iexact=sender, is_active=True).exists()
        or Contact.objects.filter(email__iexact=sender, is_active=True).exists()
        or Attendance.objects.filter(email__iexact=sender).exists()
    )


def _told_lately(sender: str, because: Because) -> bool:
    since = timezone.now() - AT_MOST_EVERY
    rows = NotLetIn.objects.filter(from_email=sender, at__gte=since, is_answered=True)
    return rows.filter(because=because).exists()


def language(sender: str, project: Project | None) -> str:
    person = Person.objects.filter(email__iexact=sender).first()
    if person is not None:
        return language_of(person)
    return project.language if project else settings.LANGUAGE_CODE


def too_late(mail: Read, one: Attendance, because: Because) -> None:
    """To whoever was called, at the address the invitation went to: her answer changed nothing."""
    meeting, is_gone = one.meeting, because is Because.CANCELLED
    if mail.found["auto"]:
        return
    with translation.override(mails.language_for(one, meeting)):
        said = (
            gettext("“%(title)s” is cancelled. There is nothing to answer.")
            if is_gone
            else gettext("“%(title)s” has begun or is over. Your answer was not noted.")
        ) % {"title": meeting.title}
        link = links.address(one)
        queue_mail(
            f"too-late:{one.pk}:{because}:{timezone.localdate()}",
            one.email,
            gettext("Your answer: %(title)s") % {"title": meeting.title},
            f"{said}\n\n{link}",
            calendar=calendar.invitation(meeting, one, [], link, cancelled=True) if is_gone else "",
            project=meeting.project_id,
            answers=mail.message_id,
        )
