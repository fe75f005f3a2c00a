"""The link in an invitation: signed, one for each of those called, good without signing in."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tospann.foundation.authority import Actor
from tospann.foundation.records import reference
from tospann.meetings.models import Attendance

_SALT = "meetings.attendance"


def token(attendance: Attendance) -> str:
    return signing.Signer(salt=_SALT).sign_object(attendance.pk.hex)


def attendance_id(text: str) -> UUID | None:
    """Whose link it is, or None when it was not made here."""
    try:
        return UUID(signing.Signer(salt=_SALT).unsign_object(text))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def path(attendance: Attendance) -> str:
    return reverse("meeting_link", args=[token(attendance)])


def address(attendance: Attendance, answer: str = "") -> str:
    """The whole address, as mails give it."""
    return f"{settings.BASE_URL}{path(attendance)}" + (f"?answer={answer}" if answer else "")


def bearer(attendance: Attendance) -> Actor:
    """Whoever holds the link, acting for the one who was called; the log says how."""
    return Actor("link", attendance.person_id, attendance.name, link=reference(attendance))
