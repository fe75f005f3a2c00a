"""How the milestones have moved: their dates at each revision that changed any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.planning.drawing import trend as drawing
from tospann.planning.models import Plan, Revision
from tospann.planning.queries import Row
from tospann.ui.holidays import working_days_between

MOST_REVISIONS = 400
MOST_LINES = 8
"""Lines one can tell apart; the table has all milestones."""


@dataclass(frozen=True)
class Line:
    """A milestone through time: ``points`` are (the day it was said, the date that was said)."""

    uid: int
    name: str
    points: tuple[tuple[date, date], ...]

    @property
    def first(self) -> date:
        return self.points[0][1]

    @property
    def now(self) -> date:
        return self.points[-1][1]

    @property
    def days(self) -> int:
        """Working days it is later now than first said; negative when earlier."""
        return working_days_between(self.first, self.now)

    @property
    def moves(self) -> int:
        """How often its date changed."""
        return sum(
            one[1] != other[1] for one, other in zip(self.points, self.points[1:], strict=False)
        )


def lines(head: Plan, milestones: Iterable[Row], today: date | None = None) -> list[Line]:
    """A line for each milestone that has a date: one query; the last word of each day counts."""
    now = today or timezone.localdate()
    marked = Revision.objects.filter(plan=head, marks__isnull=False).order_by("-number")
    found = list(marked.values_list("created_at", "marks")[:MOST_REVISIONS])
    by_day = {timezone.localdate(at): marks["milestones"] for at, marks in reversed(found)}
    return [
        line
        for row in milestones
        if (line := _line(row["uid"], row["name"], by_day, now)) is not None
    ]


def _line(uid: int, name: str, by_day: dict[date, dict[str, str]], now: date) -> Line | None:
    said = [(day, dates[str(uid)]) for day, dates in by_day.items() if str(uid) in dates]
    if not said:
        return None
    points = [(day, date.fromisoformat(text)) for day, text in said]
    kept = [one for place, one in enumerate(points) if place == 0 or one[1] != points[place - 1][1]]
    if kept[-1][0] < now:
        kept.append((now, kept[-1][1]))
    return Line(uid, name, tuple(kept))


def drawn(found: Iterable[Line]) -> list[Line]:
    """The lines a chart has room for: those that moved most, then those that come first."""
    ranked = sorted(found, key=lambda line: (-abs(line.days), line.now))
    return sorted(ranked[:MOST_LINES], key=lambda line: line.now)


@dataclass(frozen=True)
class Chart:
    """What has come of the dates: the finding, and the drawing that shows it."""

    finding: str
    drawing: SafeString
    left_out: int


def chart(found: list[Line], language: str) -> Chart | None:
    """None while no date has ever been another."""
    if not any(line.moves for line in found):
        return None
    later = sum(line.days > 0 for line in found)
    said = ngettext(
        "%(later)s of %(num)s milestone is later than first said",
        "%(later)s of %(num)s milestones are later than first said",
        len(found),
    ) % {"later": later, "num": len(found)}
    finding = said if later else _("No milestone is later than first said")
    shown = drawn(found)
    svg = drawing.trend(
        [(line.name, line.points) for line in shown], title=finding, language=language
    )
    return Chart(finding, svg, len(found) - len(shown))
