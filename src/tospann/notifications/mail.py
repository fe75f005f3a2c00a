"""Mail: written in the receiver's language, put in the outbox with the change that causes it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.jobs.queue import enqueue_once, find_job
from tospann.notifications.models import MailState, Notification, OutboxMail
from tospann.people.models import Organisation, Person


@dataclass(frozen=True)
class Section:
    """A part of the daily summary: a heading, and lines with where they lead."""

    title: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Attached:
    """A file to send along. Its bytes are fetched when the mail leaves (outbox.files_come_from)."""

    name: str
    media_type: str
    source: str
    """``kind:reference``, such as ``files:`` and the hash of a kept file."""


SectionMaker = Callable[[Person], Section | None]
_sections: list[SectionMaker] = []


def digest_section(maker: SectionMaker) -> SectionMaker:
    """Decorator: what a capability adds to the daily summary. Called in the reader's language."""
    _sections.append(maker)
    return maker


def queue_mail(
    key: str,
    to: str,
    subject: str,
    body: str,
    html: str = "",
    due_at: datetime | None = None,
    *,
    calendar: str = "",
    attached: Sequence[Attached] = (),
    project: UUID | None = None,
    unsubscribe: str = "",
    reply_to: str = "",
    answers: str = "",
) -> bool:
    """Put a mail in the outbox, in the caller's transaction; False when its key is known.

    ``calendar`` is an iCalendar object, sent so that mail programs offer to answer it.
    ``project`` is whose mail it is: then the receiver's contact card there shows it as sent.
    ``unsubscribe`` is an address that ends such mails when posted to, without signing in.
    ``reply_to`` is where answers go; ``answers`` the Message-ID of the mail this one answers.
    """
    if OutboxMail.objects.filter(key=key).exists():
        return False
    mail = OutboxMail(
        key=key,
        to=to,
        subject=" ".join(subject.split())[:250],
        body=body,
        html=html,
        calendar=calendar,
        attached=[asdict(one) for one in attached],
        project_id=project,
        unsubscribe=unsubscribe,
        reply_to=reply_to,
        answers=answers,
        due_at=due_at or timezone.now(),
    )
    OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)
    enqueue_once(find_job("notifications.send_outbox"))
    return True


def language_of(person: Person) -> str:
    """What the person chose, else the organisation's, else the portal's language."""
    if person.language:
        return person.language
    ours = Organisation.objects.filter(pk=ORGANISATION_SCOPE).values_list("language", flat=True)
    return ours.first() or settings.LANGUAGE_CODE


def queue_notice(notice: Notification) -> None:
    """A mail about one thing."""
    person = notice.person
    with translation.override(language_of(person)):
        where = f"{notice.project_name}: " if notice.project_name else ""
        body = render_to_string(
            "notifications/mail/notice.txt",
            {"notice": notice, "person": person, "base_url": settings.BASE_URL},
        )
        queue_mail(
            f"{notice.kind}:{notice.key}:{person.pk}",
            person.email,
            f"{where}{notice}",
            body,
            project=notice.project_id,
        )


def queue_digest(person: Person, today: datetime) -> bool:
    """One mail with everything unread that waits for the summary; False when nothing does."""
    with transaction.atomic():
        waiting = Notification.objects.filter(person=person, mail_state=MailState.WAITS)
        notices = list(waiting.order_by("project_name", "id")[:200])
        waiting.update(mail_state=MailState.SENT)
        unread = [notice for notice in notices if not notice.is_read]
        if not unread:
            return False
        with translation.override(language_of(person)):
            subject = ngettext(
                "%(number)s thing that concerns you", "%(number)s things that concern you",
                len(unread),
            ) % {"number": len(unread)}  # fmt: skip
            body = render_to_string("notifications/mail/digest.txt", _digest(person, unread))
            return queue_mail(f"digest:{person.pk}:{today:%Y-%m-%d}", person.email, subject, body)


def _digest(person: Person, notices: list[Notification]) -> dict[str, object]:
    by_place: dict[str, list[tuple[str, str]]] = {}
    for notice in notices:
        place = notice.project_name or gettext("The portal")
        by_place.setdefault(place, []).append((str(notice), notice.link))
    sections = [Section(place, lines) for place, lines in by_place.items()]
    more = [section for maker in _sections if (section := maker(person))]
    return {"person": person, "sections": sections + more, "base_url": settings.BASE_URL}
