"""A point in the life of a plan: now, a revision, a baseline or a date, as addresses name it."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.errors import Gone, Invalid
from tospann.planning import history
from tospann.planning.models import Plan, Revision
from tospann.planning.projection import totals_of
from tospann.planning.revisions.comparing import Compared, compared
from tospann.planning.store import Loaded
from tospann.ui.formats import parse_date, short_date
from tospann.ui.jinja import language

NOW = "now"
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Point:
    """A revision of a plan, and what was asked for to reach it."""

    asked: str
    number: int
    kind: str
    at: datetime
    by: str
    content_hash: str
    sentences: list[dict[str, Any]]
    day: date | None = None

    @property
    def reader_day(self) -> date:
        """What was today for whoever read the plan then."""
        return self.day or timezone.localdate(self.at)

    def said(self, most: int = 3) -> str:
        """What the revision was about, in short."""
        key = "nb" if language().startswith("n") else "en"
        lines = [one[key] for one in self.sentences[:most]]
        return " ".join([*lines, "…"] if len(self.sentences) > most else lines)


def point(head: Plan, asked: str) -> Point:
    """The revision an address names; ``Invalid`` when it names none, 404 when it is not there."""
    text = asked.strip()
    if text in ("", NOW):
        return _revision(head, head.revision, NOW)
    if _NUMBER.fullmatch(text):
        return _revision(head, int(text), text)
    day = _day(text)
    number = history.number_on(head, day)
    if not number:
        raise Invalid(_before_everything(head, day), "as_of")
    return replace(_revision(head, number, day.isoformat()), day=day)


def _revision(head: Plan, number: int, asked: str) -> Point:
    found = Revision.objects.filter(plan=head, number=number).defer("snapshot", "edits", "inverse")
    one = found.first()
    if one is None:
        raise Gone
    return Point(
        asked=asked,
        number=one.number,
        kind=one.kind,
        at=one.created_at,
        by=one.actor_name,
        content_hash=one.content_hash,
        sentences=one.sentences,
    )


def _day(text: str) -> date:
    try:
        return parse_date(text[:40], timezone.localdate())
    except ValueError:
        wrong = gettext("“%(text)s” is neither a date, such as 22.11.2026, nor a revision.")
        raise Invalid(wrong % {"text": text[:40]}, "as_of") from None


def _before_everything(head: Plan, day: date) -> str:
    first = Revision.objects.filter(plan=head).order_by("number").values_list("created_at")[:1]
    begun = [short_date(timezone.localdate(at), language()) for (at,) in first]
    sentence = gettext("There was no plan on %(day)s. It was started on %(begun)s.")
    return sentence % {"day": short_date(day, language()), "begun": "".join(begun)}


def content(head: Plan, of: Point) -> Loaded:
    """The plan at that point."""
    return history.at(head, of.number, of.content_hash)


def compare(head: Plan, before: Point, after: Point) -> Compared:
    """The two points side by side, told in the reader's language with people by their names."""
    found = compared(content(head, before), content(head, after), language())
    lines = [line for row in found.rows for line in row.sentences]
    names = history.names_in([*lines, *found.plan_sentences])
    return found.told_with(lambda line: history.with_names(line, names)) if names else found


@dataclass(frozen=True)
class PastHead:
    """What a plan added up to at a point, under the names pages know from the plan's head."""

    name: str
    revision: int
    start: date | None
    finish: date | None
    percent: float
    task_count: int
    done_count: int
    milestone_count: int


def past_head(of: Point, loaded: Loaded) -> PastHead:
    sums = totals_of(loaded.rows)
    return PastHead(
        name=loaded.plan.name,
        revision=of.number,
        start=sums.start,
        finish=sums.finish,
        percent=sums.percent,
        task_count=sums.task_count,
        done_count=sums.done_count,
        milestone_count=sums.milestone_count,
    )
