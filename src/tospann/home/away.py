"""Being away: who stands in, and what happened meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.actions.models import Action, ActionState
from tospann.cases.models import Decision
from tospann.foundation.authority import Actor, Sentence
from tospann.foundation.models import AuditEntry
from tospann.home import phrases
from tospann.home.queries import changes
from tospann.meetings.models import Meeting
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.people.models import Deputy, Person
from tospann.projects.queries import visible_projects
from tospann.ui.round_trip import Asked, Question

FEW, MOST, LINES = 12, 40, 15
SHOWN_FOR = timedelta(days=14)
"""How long after the last day away my page still leads there."""
FARTHEST = timedelta(days=366)
_BACK = gettext_noop("Welcome back. This is what happened while you were away.")


@dataclass(frozen=True)
class Absence:
    """When somebody was, is or will be away, and who stands in."""

    starts_on: date
    ends_on: date
    deputy: str

    @property
    def is_now(self) -> bool:
        return self.starts_on <= timezone.localdate() <= self.ends_on


@dataclass(frozen=True)
class Meanwhile:
    """What happened from a day on, in the projects she sees."""

    since: date
    until: date
    on_behalf: Sequence[dict[str, Any]]
    given: Sequence[dict[str, Any]]
    decided: Sequence[dict[str, Any]]
    minutes: Sequence[dict[str, Any]]
    happened: Sequence[dict[str, Any]]

    @property
    def is_quiet(self) -> bool:
        return not (self.on_behalf or self.given or self.decided or self.minutes or self.happened)


def absences(person: UUID) -> list[Absence]:
    """Now and to come, and those that ended lately; the latest first."""
    since = timezone.localdate() - SHOWN_FOR
    found = Deputy.objects.filter(person=person, ends_on__gte=since).order_by("-starts_on")
    rows = found.values_list("starts_on", "ends_on", "deputy__name")[:10]
    return [Absence(*row) for row in rows]


def latest(found: Sequence[Absence]) -> Absence | None:
    """The one that has begun: what happened since then is worth telling."""
    today = timezone.localdate()
    return next((one for one in found if one.starts_on <= today), None)


def since_when(asked: date | None, found: Sequence[Absence]) -> date:
    """The day asked for, else the first day of the latest absence, else a week ago."""
    today = timezone.localdate()
    if asked is not None and today - FARTHEST <= asked <= today:
        return asked
    one = latest(found)
    return one.starts_on if one else today - timedelta(days=7)


def meanwhile(actor: Actor, since: date) -> Meanwhile:
    """Six queries, whatever has happened."""
    begins = timezone.make_aware(datetime.combine(since, time()))
    found = visible_projects(actor).filter(pk__in=list(actor.roles))
    keys = dict(found.values_list("pk", "key"))
    ids = list(keys)
    return Meanwhile(
        since=since,
        until=timezone.localdate(),
        on_behalf=_on_behalf(actor, keys, begins),
        given=_given(actor, ids, begins),
        decided=_decided(ids, begins),
        minutes=_minutes(ids, begins),
        happened=_happened(actor, ids, begins),
    )


def _on_behalf(actor: Actor, keys: dict[UUID, str], begins: datetime) -> list[dict[str, Any]]:
    """What a deputy did in her place: the log says on whose behalf."""
    acts = AuditEntry.objects.filter(scope_id__in=list(keys), at__gte=begins, parent__isnull=True)
    acts = acts.filter(authority__endswith=f" for {actor.name}").order_by("-at", "-pk")
    rows = acts.values("scope_id", "command", "at", who=F("detail__actor_name"))[:MOST]
    return [
        {
            "who": row["who"],
            "text": phrases.did(row["command"], 1),
            "at": row["at"],
            "href": reverse("history", args=[keys[row["scope_id"]]]),
        }
        for row in rows
    ]


def _given(actor: Actor, ids: list[UUID], begins: datetime) -> list[dict[str, Any]]:
    """Actions of hers that were made meanwhile and are open."""
    found = Action.objects.filter(owner=actor.person_id, project__in=ids, created_at__gte=begins)
    rows = found.filter(state=ActionState.OPEN).order_by(F("due_on").asc(nulls_last=True))
    shown = rows.values("number", "title", key=F("project__key"), name=F("project__name"))
    return [
        {
            "label": row["title"],
            "href": reverse("action", args=[row["key"], row["number"]]),
            "note": row["name"],
        }
        for row in shown[:FEW]
    ]


def _decided(ids: list[UUID], begins: datetime) -> list[dict[str, Any]]:
    found = Decision.objects.filter(project__in=ids, recorded_at__gte=begins)
    rows = found.order_by("-recorded_at").values(
        *("number", "title", "outcome", "decided_by__name"),
        key=F("project__key"),
        name=F("project__name"),
    )
    return [
        {
            "label": row["title"],
            "href": reverse("decision", args=[row["key"], row["number"]]),
            "note": " · ".join(part for part in (row["name"], row["decided_by__name"]) if part),
        }
        for row in rows[:FEW]
    ]


def _minutes(ids: list[UUID], begins: datetime) -> list[dict[str, Any]]:
    found = Meeting.objects.filter(project__in=ids, published_at__gte=begins)
    rows = found.order_by("-published_at").values(
        "number", "title", key=F("project__key"), name=F("project__name")
    )
    return [
        {
            "label": row["title"],
            "href": reverse("meeting", args=[row["key"], row["number"]]),
            "note": row["name"],
        }
        for row in rows[:FEW]
    ]


def _happened(actor: Actor, ids: list[UUID], begins: datetime) -> list[dict[str, Any]]:
    if not ids or actor.person_id is None:
        return []
    return changes.sentences(_asked(actor.person_id, tuple(ids), begins)["happened"])


def _question(person: UUID, ids: tuple[UUID, ...], begins: datetime) -> Question:
    happened = changes.grouped(ids, begins, but=person, most=LINES)
    return Person.objects.filter(pk=person), {"happened": happened}


_asked = Asked(_question)


def welcome(today: date) -> int:
    """Told once, on the first morning back."""
    ended = Deputy.objects.filter(ends_on=today - timedelta(days=1), person__is_active=True)
    told = 0
    for one in ended:
        key = f"back:{one.pk}"
        told += tell([one.person_id], Kind.NEWS, Sentence(_BACK), "/away", key=key)
    return told
