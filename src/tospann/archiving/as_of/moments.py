"""A moment in the life of a project: as people and programs ask for it, and where the log was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.errors import Invalid
from tospann.foundation.models import AuditEntry, AuditHead
from tospann.foundation.rewinding import Place
from tospann.projects.models import Project
from tospann.ui import formats
from tospann.ui.jinja import language

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?")
_MOST = 40


@dataclass(frozen=True)
class Moment:
    """``sequence`` and ``hash``: the last act that had been done. ``later``: how many since."""

    at: datetime
    sequence: int
    hash: str
    acted_at: datetime
    later: int

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def address(self) -> str:
        """As addresses carry it, in UTC: the very same moment wherever it is opened."""
        return self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def place(self, project: Project) -> Place:
        return Place(project.pk, self.sequence, self.at)


def asked(project: Project, query: Mapping[str, str]) -> Moment:
    """What an address asks for (``at``, or ``date`` and ``time``); nothing is now.

    A day without a time is its end. Raises Invalid with a sentence that helps.
    """
    now = timezone.now()
    at = _exact(query["at"]) if query.get("at", "").strip() else _typed(query, now)
    if at > now:
        raise Invalid(_("That has not been yet. Choose today or an earlier day."), "date")
    return _found(project, at)


def _exact(text: str) -> datetime:
    """An instant as programs write it; without an offset it is the portal's own time."""
    try:
        found = datetime.fromisoformat(text.strip()[:_MOST])
        if len(text.strip()) <= len("2026-11-22"):
            return _on_clock(found.date(), time.max)
        return found.astimezone(UTC) if found.tzinfo else _on_clock(found.date(), found.time())
    except (ValueError, OverflowError):
        wrong = _("“%(text)s” is not a moment, such as 2026-11-22 or 2026-11-22T14:30:00+01:00.")
        raise Invalid(wrong % {"text": text[:_MOST]}, "at") from None


def _typed(query: Mapping[str, str], now: datetime) -> datetime:
    day, clock = query.get("date", "").strip(), query.get("time", "").strip()
    on = _day(day, timezone.localdate(now)) if day else timezone.localdate(now)
    if clock:
        return _on_clock(on, _clock(clock))
    return now if on == timezone.localdate(now) else _on_clock(on, time.max)


def _day(text: str, today: date) -> date:
    try:
        return formats.parse_date(text[:_MOST], today)
    except ValueError:
        wrong = _("“%(text)s” is not a date. Write it as 22.11.2026.")
        raise Invalid(wrong % {"text": text[:_MOST]}, "date") from None


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text)
    if found is None:
        wrong = _("“%(text)s” is not a time. Write it as 14:30.")
        raise Invalid(wrong % {"text": text[:_MOST]}, "time")
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)


def _on_clock(day: date, clock: time) -> datetime:
    """In the portal's zone; of an hour that was twice, the second; one that never was is wrong."""
    try:
        found = timezone.make_aware(datetime.combine(day, clock).replace(fold=1))
        back = timezone.localtime(found.astimezone(UTC)).replace(tzinfo=None)
    except OverflowError:
        raise Invalid(_("The date is too far away."), "date") from None
    if back.replace(fold=0) != datetime.combine(day, clock):
        raise Invalid(_("The clock was put forward: there was no such time that day."), "time")
    return found


def _found(project: Project, at: datetime) -> Moment:
    acts = AuditEntry.objects.filter(scope_id=project.pk)
    head = AuditHead.objects.filter(pk=project.pk).values_list("sequence", flat=True).first() or 0
    after = acts.filter(at__gt=at).order_by("sequence").values_list("sequence", flat=True).first()
    last = head if after is None else after - 1
    one = acts.filter(sequence=last).values("sequence", "hash", "at").first()
    if one is None:
        raise Invalid(_not_yet(project, at), "date")
    return Moment(at, one["sequence"], one["hash"], one["at"], head - last)


def _not_yet(project: Project, at: datetime) -> str:
    begun = AuditEntry.objects.filter(scope_id=project.pk).order_by("sequence").values_list("at")
    first = next((timezone.localtime(moment) for (moment,) in begun[:1]), None)
    if first is None:
        return _("The log has no act of the project.")
    said = {
        "then": formats.date_and_time(timezone.localtime(at), language()),
        "begun": formats.date_and_time(first, language()),
    }
    return _("The project was not here %(then)s. It was begun %(begun)s.") % said
