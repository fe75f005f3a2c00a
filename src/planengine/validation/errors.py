"""One broken rule of a plan, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from planengine.instants import is_sane
from planengine.model import Activity, Assignment, Calendar, Link, Resource
from planengine.phrases import Phrases, say, say_moment

Subject = Literal["plan", "activity", "link", "calendar", "resource", "assignment"]

TWO_CENTURIES = 200 * 366 * 86_400
"""Seconds; a duration, a work amount or a lag beyond this is called absurd."""


@dataclass(frozen=True, slots=True)
class PlanError:
    """A broken rule: `code` names the rule, `subject` and `uid` the row, `name` what people call
    it.

    `members` are activity uids that belong to the error (a cycle in order, a link's two ends);
    `detail` is the offending value, if one helps. `uid` is `None` for the plan itself and for
    links.
    """

    code: str
    subject: Subject
    uid: int | None = None
    name: str = ""
    members: tuple[int, ...] = ()
    detail: str = ""

    def sentence(self, language: str = "en", called: Mapping[int, str] | None = None) -> str:
        """The error as one sentence in nb or en, beginning with the row it is about.

        `called` gives what people call activities, by uid; without it they are told by uid.
        """
        names = called or {}
        members = " → ".join(names.get(uid, str(uid)) for uid in self.members)
        values = {"detail": self.detail, "members": members}
        rule = say(_RULES, self.code, language, values)
        who = say(_SUBJECTS, self.subject, language, {})
        if self.subject == "activity" and self.uid is not None and self.uid in names:
            return f"{names[self.uid]}: {rule}"
        number = "" if self.uid is None else f" {self.uid}"
        name = f" «{self.name}»" if self.name else ""
        return f"{who}{number}{name}: {rule}"


def about(row: Activity | Calendar | Resource, code: str, detail: str = "") -> PlanError:
    """An error about a row that has a name."""
    subject: Subject = "activity"
    if isinstance(row, Calendar):
        subject = "calendar"
    elif isinstance(row, Resource):
        subject = "resource"
    return PlanError(code, subject, row.uid, row.name, detail=detail)


def about_link(link: Link, code: str, detail: str = "") -> PlanError:
    """An error about a link; its members are the two ends."""
    ends = (link.predecessor, link.successor)
    return PlanError(code, "link", name=f"{link.kind}", members=ends, detail=detail)


def about_assignment(row: Assignment, code: str, detail: str = "") -> PlanError:
    """An error about an assignment; its member is the activity."""
    return PlanError(code, "assignment", row.uid, members=(row.activity,), detail=detail)


def absurd(instants: Iterable[int | None]) -> Iterator[str]:
    """The instants outside 1900–2200, as text."""
    for value in instants:
        if value is not None and not is_sane(value):
            yield say_moment(value, "en")


_SUBJECTS: Phrases = {
    "plan": ("Planen", "The plan"),
    "activity": ("Aktivitet", "Activity"),
    "link": ("Kobling", "Link"),
    "calendar": ("Kalender", "Calendar"),
    "resource": ("Ressurs", "Resource"),
    "assignment": ("Tildeling", "Assignment"),
}

_RULES: Phrases = {
    "plan.minutes": (
        "timer per dag, uke eller dager per måned er utenfor det mulige ({detail}).",
        "hours per day or week, or days per month, are out of range ({detail}).",
    ),
    "date.absurd": (
        "datoen {detail} ligger utenfor årene 1900–2199.",
        "the date {detail} is outside the years 1900–2199.",
    ),
    "date.order": ("slutt kommer før start.", "the finish is before the start."),
    "uid.duplicate": ("nummeret er brukt flere ganger.", "the number is used more than once."),
    "uid.range": ("nummeret må være positivt.", "the number must be positive."),
    "calendar.unknown": (
        "kalender {detail} finnes ikke.",
        "calendar {detail} does not exist.",
    ),
    "calendar.cycle": (
        "kalenderen bygger på seg selv.",
        "the calendar is built on itself.",
    ),
    "calendar.hours": (
        "arbeidstidene overlapper eller ligger utenfor døgnet.",
        "working hours overlap or lie outside the day.",
    ),
    "calendar.empty": (
        "kalenderen har ingen arbeidstid.",
        "the calendar has no working time.",
    ),
    "calendar.range": (
        "perioden slutter før den begynner, eller ligger utenfor årene 1900–2199 ({detail}).",
        "the range ends before it begins, or is outside the years 1900–2199 ({detail}).",
    ),
    "calendar.exception_twice": (
        "to unntak gjelder samme dager ({detail}).",
        "two exceptions cover the same days ({detail}).",
    ),
    "parent.unknown": (
        "overordnet aktivitet {detail} finnes ikke.",
        "the parent activity {detail} does not exist.",
    ),
    "parent.cycle": (
        "aktiviteten ligger under seg selv.",
        "the activity lies under itself.",
    ),
    "outline.order": (
        "aktiviteten står ikke sammen med de andre under samme overordnede.",
        "the activity does not stand with the others under the same parent.",
    ),
    "outline.depth": (
        "aktiviteten ligger for mange nivåer ned.",
        "the activity lies too many levels down.",
    ),
    "duration.negative": ("varigheten er negativ.", "the duration is negative."),
    "duration.absurd": ("varigheten er over 200 år.", "the duration is more than 200 years."),
    "constraint.date": ("betingelsen mangler dato.", "the constraint has no date."),
    "priority.range": (
        "prioriteten {detail} er ikke mellom 0 og 1000.",
        "the priority {detail} is not between 0 and 1000.",
    ),
    "percent.range": (
        "ferdiggraden {detail} er ikke mellom 0 og 100.",
        "percent complete {detail} is not between 0 and 100.",
    ),
    "amount.range": (
        "et beløp, en mengde eller en tid er negativ eller urimelig stor ({detail}).",
        "an amount, a quantity or a time is negative or absurdly large ({detail}).",
    ),
    "gap.order": (
        "avbruddene overlapper eller er tomme.",
        "the pauses of a split overlap or are empty.",
    ),
    "estimate.order": (
        "trippelanslaget må være lav ≤ sannsynlig ≤ høy.",
        "the three-point estimate must be low ≤ likely ≤ high.",
    ),
    "baseline.number": (
        "referanseplanene må ha hvert sitt nummer fra 0 til 10.",
        "baselines must have distinct numbers from 0 to 10.",
    ),
    "link.unknown": (
        "aktivitet {detail} finnes ikke ({members}).",
        "activity {detail} does not exist ({members}).",
    ),
    "link.self": (
        "aktiviteten er koblet til seg selv ({members}).",
        "the activity is linked to itself ({members}).",
    ),
    "link.ancestor": (
        "en aktivitet kan ikke kobles til noe den ligger under ({members}).",
        "an activity cannot be linked to something it lies under ({members}).",
    ),
    "link.duplicate": (
        "koblingen finnes to ganger ({members}).",
        "the link exists twice ({members}).",
    ),
    "link.lag": (
        "ventetiden er urimelig stor ({members}).",
        "the lag is absurdly large ({members}).",
    ),
    "link.cycle": (
        "aktivitetene venter på hverandre i ring: {members}.",
        "the activities wait for each other in a circle: {members}.",
    ),
    "assignment.activity": (
        "aktivitet {members} finnes ikke.",
        "activity {members} does not exist.",
    ),
    "assignment.resource": (
        "ressurs {detail} finnes ikke (aktivitet {members}).",
        "resource {detail} does not exist (activity {members}).",
    ),
}
