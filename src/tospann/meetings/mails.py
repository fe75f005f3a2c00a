"""What meetings mail: invitations with a calendar part, changes, cancellations, and minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from tospann.documents import files
from tospann.meetings import links
from tospann.meetings.minutes import for_external
from tospann.meetings.models import AgendaItem, Attendance, Meeting, PublishedMinutes, Remark
from tospann.meetings.printing import pdf, readable
from tospann.meetings.queries import gone_from
from tospann.notifications.mail import Attached, language_of, queue_mail


@dataclass(frozen=True)
class About:
    """What has happened to a meeting, in mails."""

    what: str
    """called · moved · changed · cancelled · removed"""
    cause: str


def invite(meeting: Meeting, called: Iterable[Attendance], about: About) -> int:
    """Mail everybody who has an address and is still with the project; returns how many."""
    items = list(AgendaItem.objects.filter(meeting=meeting).select_related("responsible"))
    sent = 0
    for one in still_with(meeting, called):
        shown = [item for item in items if not (one.is_external and item.private)]
        with translation.override(language_for(one, meeting)):
            sent += _invitation(meeting, one, shown, about)
    return sent


def _invitation(meeting: Meeting, one: Attendance, items: list[AgendaItem], about: About) -> bool:
    from tospann.meetings import calendar  # what it writes with is slow to import

    gone = about.what in ("cancelled", "removed")
    context = _context(meeting, one) | {
        "items": items,
        "what": about.what,
        "is_gone": gone,
        "answers": [
            (gettext("Yes"), links.address(one, "yes")),
            (gettext("No"), links.address(one, "no")),
            (gettext("Maybe"), links.address(one, "maybe")),
        ],
    }
    ics = calendar.invitation(meeting, one, items, links.address(one), cancelled=gone)
    subject = _SUBJECTS[about.what]() % {"title": meeting.title}
    return _queue(f"{about.what}:{about.cause}", one, "invitation", subject, context, ics=ics)


_SUBJECTS = {
    "called": lambda: gettext("Meeting: %(title)s"),
    "moved": lambda: gettext("Moved: %(title)s"),
    "changed": lambda: gettext("Changed: %(title)s"),
    "cancelled": lambda: gettext("Cancelled: %(title)s"),
    "removed": lambda: gettext("No longer needed: %(title)s"),
}


def send_minutes(out: PublishedMinutes) -> int:
    """The minutes to everybody who was called; external parties what is theirs."""
    meeting = out.meeting
    sent = 0
    called = Attendance.objects.filter(meeting=meeting).select_related("person")
    for one in still_with(meeting, called):
        with translation.override(language_for(one, meeting)):
            sent += _minutes(meeting, out, one)
    return sent


def _minutes(meeting: Meeting, out: PublishedMinutes, one: Attendance) -> bool:
    content = for_external(out.content, str(one.pk)) if one.is_external else out.content
    name = f"{meeting.project.key}-{meeting.number}.pdf"
    sha256 = out.pdf_sha256
    if content != out.content:
        sha256 = files.keep(pdf(content, out.language), name).sha256
    context = _context(meeting, one) | {
        "content": readable(content),
        "remarks_due_on": meeting.remarks_due_on,
    }
    subject = gettext("Minutes: %(title)s") % {"title": meeting.title}
    attached = [Attached(name, "application/pdf", f"files:{sha256}")]
    return _queue(f"minutes:{out.pk}", one, "minutes", subject, context, attached=attached)


def send_answer(remark: Remark) -> bool:
    """To whoever remarked and does not sign in."""
    one, meeting = remark.attendance, remark.meeting
    if one is None or not one.email:
        return False
    with translation.override(language_for(one, meeting)):
        subject = gettext("Your remark is answered: %(title)s") % {"title": meeting.title}
        context = _context(meeting, one) | {"remark": remark}
        return _queue(f"remark:{remark.pk}:{remark.version}", one, "remark", subject, context)


def _context(meeting: Meeting, one: Attendance) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "project": meeting.project,
        "attendance": one,
        "starts": timezone.localtime(meeting.starts_at),
        "link": links.address(one),
        "base_url": settings.BASE_URL,
    }


def _queue(
    cause: str,
    one: Attendance,
    template: str,
    subject: str,
    context: dict[str, Any],
    *,
    ics: str = "",
    attached: Iterable[Attached] = (),
) -> bool:
    shown = context | {"subject": subject}
    return queue_mail(
        f"meeting:{cause}:{one.pk}",
        one.email,
        subject,
        render_to_string(f"meetings/mail/{template}.txt", shown),
        render_to_string(f"meetings/mail/{template}.html", shown),
        calendar=ics,
        attached=list(attached),
        project=one.project_id,
        reply_to=links.reply_address(one),
    )


def language_for(one: Attendance, meeting: Meeting) -> str:
    return language_of(one.person) if one.person else meeting.project.language


def still_with(meeting: Meeting, called: Iterable[Attendance]) -> list[Attendance]:
    """Those with an address, without people who have left the project or the organisation."""
    listed = [one for one in called if one.email]
    left = gone_from(meeting, listed)
    return [one for one in listed if one.person_id not in left]
