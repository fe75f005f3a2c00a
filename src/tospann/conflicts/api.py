"""Conflicts between projects, and their decision, through the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.conflicts import commands, queries, saying
from tospann.conflicts.models import Conflict
from tospann.foundation.commands import submit
from tospann.people.actors import ActorRequest

router = Router(tags=["portfolio"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ConflictRow(Schema):
    """A person who is wanted by several projects for more than there is."""

    number: int
    title: str
    state: str = Field(description="open, decided or gone")
    person: UUID
    starts_on: date
    ends_on: date
    hours_over: Decimal
    projects: list[str] = Field(description="Their names; “another project” where it is not seen")


class ConflictEffect(Schema):
    """What a way out does to one project; only what the caller may see."""

    project: str = Field(description="Its key; empty when the caller does not see it")
    days: int = Field(description="Working days later (80 per cent certain, else as planned)")
    finish: tuple[date | None, date | None]
    p80: tuple[date | None, date | None]
    cost: Decimal | None


class ConflictWay(Schema):
    """A way out."""

    key: str
    kind: str
    title: str
    hours_left: Decimal
    cost: Decimal | None
    effects: list[ConflictEffect]


class ConflictShown(ConflictRow):
    """A conflict with its ways out. ``seen`` goes with the decision: it is of what was read."""

    may_decide: bool
    because: str
    seen: str
    ways: list[ConflictWay]
    chosen: str
    reason: str
    decided_at: datetime | None


class ConflictDecision(Schema):
    """The way out that is taken ("0": everything stays as it is, with a reason)."""

    way: Annotated[str, Field(pattern=r"^[0A-C]$")]
    reason: Annotated[str, Field(max_length=20_000)] = ""
    seen: Annotated[str, Field(max_length=64)] = ""


@router.get("/conflicts", response=list[ConflictRow], summary="Conflicts between projects")
def conflicts(request: HttpRequest, all: bool = False) -> list[dict[str, Any]]:
    """Those that wait to be decided, the soonest first; with ``all`` also those that are over."""
    rows = queries.listed(cast(ActorRequest, request).actor, only_open=not all)
    return [{**_row(row["conflict"]), "projects": row["places"]} for row in rows]


@router.get("/conflicts/{number}", response=ConflictShown, summary="One conflict")
def conflict(request: HttpRequest, number: Number) -> dict[str, Any]:
    """A conflict with its ways out, and what each does to every project."""
    actor = cast(ActorRequest, request).actor
    return _shown(request, queries.conflict(actor, number))


@router.post("/conflicts/{number}/decision", response=ConflictShown, summary="Decide a conflict")
def decide(request: HttpRequest, number: Number, body: ConflictDecision) -> dict[str, Any]:
    """Take a way out: the plans of all its projects are changed together, or none of them."""
    actor = cast(ActorRequest, request).actor
    one = queries.conflict(actor, number)
    submit(actor, commands.decide_conflict.on(one), **body.dict())
    return _shown(request, queries.conflict(actor, number))


def _row(one: Conflict) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": saying.about(one),
        "state": one.state,
        "person": one.person_id,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "hours_over": one.hours_over,
    }


def _shown(request: HttpRequest, one: Conflict) -> dict[str, Any]:
    actor = cast(ActorRequest, request).actor
    between = queries.places(actor, one)
    ruling = commands.decide_conflict.ruling(actor, one)
    return {
        **_row(one),
        "projects": [place.name for place in between],
        "may_decide": ruling.may_decide and one.is_open,
        "because": str(ruling),
        "seen": commands.seen_of(one),
        "ways": [_way(way) for way in queries.ways(one, between)],
        "chosen": one.chosen,
        "reason": one.reason,
        "decided_at": one.decided_at,
    }


def _way(way: queries.Way) -> dict[str, Any]:
    return {
        "key": way.key,
        "kind": way.kind,
        "title": way.title,
        "hours_left": way.hours_left,
        "cost": way.cost,
        "effects": [
            {
                "project": one.place.key,
                "days": one.days,
                "finish": one.finish,
                "p80": one.p80,
                "cost": one.cost,
            }
            for one in way.effects
        ],
    }
