"""An answer to an invitation that comes by mail (iMIP, RFC 6047): whose it is and what it does."""

from datetime import datetime
from enum import Enum
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.utils import timezone

from tospann.foundation.commands import submit
from tospann.mailbox import answering
from tospann.mailbox.letters import Read
from tospann.mailbox.models import Because
from tospann.meetings import calendar, commands, links, mails, queries
from tospann.meetings.models import Attendance, Meeting, MeetingState


class Effect(Enum):
    """What came of an answer that is ours."""

    DONE = "done"
    FOR_PEOPLE = "for people"
    """Not for a machine to decide: a proposal of another time, or somebody sent instead."""


_SAYS: dict[str, Literal["yes", "no", "maybe"]] = {
    "ACCEPTED": "yes",
    "DECLINED": "no",
    "TENTATIVE": "maybe",
}


def called(tag: str) -> Attendance | None:
    """Whose invitation the address belongs to, while she is still called."""
    pk = links.answering_by_mail(tag)
    found = queries.attendance(pk) if pk else None
    return None if found is None or queries.gone_from(found.meeting, [found]) else found


def apply(mail: Read, one: Attendance) -> Effect | Because:
    """Note the answer; or say what it is instead. Older answers never undo newer ones."""
    reply = mail.found["reply"]
    meeting = one.meeting
    if reply["uid"] != calendar.uid(meeting):
        return Because.NOT_OURS
    if reply["method"] == "REFRESH":
        mails.invite(meeting, [one], mails.About("called", f"refresh:{mail.sha256[:16]}"))
        return Effect.DONE
    says = _said(reply, one, mail.sender)
    if says is None:
        return Because.NOT_OURS
    if (because := _too_late(meeting)) is not None:
        answering.too_late(mail, one, because)
        return because
    if _is_of_another_time(reply, meeting):
        mails.invite(meeting, [one], mails.About("moved", f"again:{mail.sha256[:16]}"))
        return Because.OUTDATED
    if reply["method"] == "COUNTER" or says not in _SAYS:
        return Effect.FOR_PEOPLE
    _note(one, _SAYS[says], reply)
    return Effect.DONE


def _said(reply: dict[str, Any], one: Attendance, sender: str) -> str | None:
    """What the one who was called says; None when it is somebody else who answers."""
    hers = one.email.lower()
    said: dict[str, str] = {each["email"]: each["says"] for each in reply["attendees"]}
    if hers in said:
        return said[hers]
    return next(iter(said.values())) if sender == hers and len(said) == 1 else None


def _too_late(meeting: Meeting) -> Because | None:
    if meeting.state == MeetingState.CANCELLED:
        return Because.CANCELLED
    is_over = meeting.state != MeetingState.PLANNED or meeting.starts_at < timezone.now()
    return Because.OVER if is_over else None


def _is_of_another_time(reply: dict[str, Any], meeting: Meeting) -> bool:
    begins = _moment(reply["starts"])
    if begins is not None and reply["method"] == "REPLY":
        return begins != meeting.starts_at.replace(microsecond=0)
    return bool(reply["sequence"] < meeting.sequence)


def _note(one: Attendance, says: Literal["yes", "no", "maybe"], reply: dict[str, Any]) -> None:
    written = _moment(reply["stamp"])
    if one.answered_at is not None and written is not None and written < one.answered_at:
        return
    note = reply["comment"][:200]
    if (one.answer, one.note) != (says, note):
        bound = commands.answer_invitation.on(one)
        submit(links.bearer(one), bound, answer=says, note=note)


def _moment(written: list[str]) -> datetime | None:
    """A time in a zone that is known here; else none."""
    if len(written) != 2:
        return None
    try:
        zone = ZoneInfo(written[1])
        return datetime.strptime(written[0], "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    except (ValueError, KeyError, OSError):  # no such zone, or no name of one
        return None
