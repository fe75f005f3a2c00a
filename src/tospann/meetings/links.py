"""The link in an invitation: signed, one for each of those called, good without signing in."""

import base64
import binascii
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from tospann.foundation.authority import Actor
from tospann.foundation.records import reference
from tospann.meetings.models import Attendance
from tospann.notifications import addresses

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


_TAG = "m-"
_ID_LENGTH = 26


def reply_address(attendance: Attendance) -> str:
    """Where a calendar program or a person answers by mail; as good as the link, and as secret."""
    return addresses.tagged(_TAG + _id_text(attendance.pk) + _proof(attendance.pk))


def answering_by_mail(tag: str) -> UUID | None:
    """Whose address it is, or None when it was not made here."""
    told = tag.removeprefix(_TAG)
    try:
        pk = UUID(bytes=base64.b32decode(told[:_ID_LENGTH].upper() + "=" * 6))
    except (binascii.Error, ValueError):
        return None
    return pk if constant_time_compare(told[_ID_LENGTH:], _proof(pk)) else None


def is_answer(tag: str) -> bool:
    """Whether a mail with this tag answers an invitation (or says it does)."""
    return tag.startswith(_TAG)


def _id_text(pk: UUID) -> str:
    return base64.b32encode(pk.bytes).decode().rstrip("=").lower()


def _proof(pk: UUID) -> str:
    made = salted_hmac(f"{_SALT}.mail", pk.hex, algorithm="sha256").digest()[:10]
    return base64.b32encode(made).decode().lower()
