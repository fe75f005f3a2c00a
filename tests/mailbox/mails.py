"""Mails as people, calendars and machines write them."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from django.utils import timezone

KARI = "kari@ror.example"


def mail(to, *, sender=KARI, name="Kari Rør", subject="Spørsmål om rør", text="Når kommer dere?"):
    made = EmailMessage()
    made["From"] = f"{name} <{sender}>"
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(timezone.now().replace(microsecond=0))
    made["Message-ID"] = make_msgid(domain="ror.example")
    made.set_content(text)
    return made


def reply_to(invitation, says, *, sender=KARI, comment="", attendee="", method="REPLY", minutes=0):
    """What a calendar program answers to an invitation: made by another library than ours."""
    import vobject

    part = next(one for one in invitation.walk() if one.get_content_type() == "text/calendar")
    source = vobject.readOne(part.get_content())
    event = source.vevent
    answer = vobject.iCalendar()
    answer.add("method").value = method
    made = answer.add("vevent")
    for name in ("uid", "dtstart", "summary", "organizer", "sequence"):
        made.add(getattr(event, name))
    written = timezone.now() + timedelta(minutes=minutes, seconds=1)
    made.add("dtstamp").value = written.replace(microsecond=0, tzinfo=vobject.icalendar.utc)
    whom = made.add("attendee")
    whom.value = f"mailto:{attendee or sender}"
    whom.params["PARTSTAT"] = [says]
    if comment:
        made.add("comment").value = comment
    to = str(event.organizer.value).removeprefix("mailto:")
    carrier = mail(to, sender=sender, subject=f"Svar: {event.summary.value}", text="")
    carrier.add_alternative(answer.serialize(), subtype="calendar", params={"method": method})
    return carrier


def as_sent(queued):
    """A mail of the outbox as its receiver gets it."""
    from tospann.notifications import outbox

    return message_from_bytes(outbox._message(queued).message().as_bytes(), policy=policy.default)


def bounce(message_id, to):
    """What a mail server says of a mail it could not deliver (RFC 3464)."""
    lines = [
        "From: MAILER-DAEMON@mx.example",
        "Return-Path: <>",
        "To: tospann@portal.example",
        "Subject: Undelivered Mail Returned to Sender",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        f"Final-Recipient: rfc822; {to}",
        "Action: failed",
        "Status: 5.1.1",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: {message_id}",
        "",
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()
