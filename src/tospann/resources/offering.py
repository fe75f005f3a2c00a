"""What a form starts with: from what was asked, offered and agreed before."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.resources import capacity, heat, line, load, queries, rates
from tospann.resources.commands.agreeing import first_day_to_end
from tospann.resources.models import Agreement, Offer, OfferState, Request, Side
from tospann.resources.weeks import weeks_of
from tospann.ui.formats import parse_date

_TERMS = ("percent", "starts_on", "ends_on", "rate", "notice_days", "end_clause")
LONGEST = 104
"""Weeks of a request that are looked at for who is free."""


def asked_at_first(project: Project, asked: Mapping[str, str]) -> dict[str, Any]:
    """From today or the project's first day until its last; a link may say more."""
    today = timezone.localdate()
    start = max(project.start, today)
    found: dict[str, Any] = {"percent": 100, "starts_on": start, "ends_on": project.finish}
    found |= {name: asked[name] for name in ("role", "person", "skill") if asked.get(name)}
    for name in ("starts_on", "ends_on"):
        try:
            found[name] = parse_date(asked.get(name, ""), today)
        except ValueError:
            continue
    return found


def latest(offers: Sequence[Offer]) -> Offer | None:
    """The one that waits for an answer."""
    return next((one for one in reversed(offers) if one.state == OfferState.OPEN), None)


def one(offers: Sequence[Offer], pk: UUID) -> Offer:
    for offer in offers:
        if offer.pk == pk:
            return offer
    raise Http404


def as_typed(offer: Offer) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in _TERMS}


def earliest_end(agreement: Agreement) -> date:
    return min(first_day_to_end(agreement, timezone.localdate()), agreement.ends_on)


@dataclass(frozen=True)
class Candidate:
    """Somebody of the line manager's who could be offered."""

    id: UUID
    name: str
    title: str
    skill: str
    """How well she knows what is asked for."""
    free: int
    """Per cent free in the fullest week of the period."""
    is_asked_for: bool


def candidates(actor: Actor, request: Request) -> list[Candidate]:
    """Her people, those who fit best first: asked for, with the skill, and most free."""
    people = queries.names(line.people_of(actor))
    ids = [one["id"] for one in people]
    weeks = weeks_of(request.starts_on, request.ends_on)[:LONGEST]
    there, wanted = capacity.of_people(ids, weeks), load.planned(ids, weeks)
    known = queries.skills_of(ids)
    found = []
    for one in people:
        pk = one["id"]
        skill = next((s for s in known.get(pk, ()) if s.skill_id == request.skill_id), None)
        found.append(
            Candidate(
                pk,
                one["name"],
                one["title"],
                skill.get_level_display() if skill else "",
                heat.free_share(there[pk], wanted[pk]),
                pk == request.person_id,
            )
        )
    return sorted(found, key=lambda one: (not one.is_asked_for, not one.skill, -one.free, one.name))


def offered_at_first(
    actor: Actor, request: Request, offers: Sequence[Offer], person: str
) -> dict[str, Any]:
    """As the project last offered, or as it asked; with what an hour costs of one of her own."""
    counter = latest(offers)
    if counter is not None and counter.side == Side.PROJECT:
        return {"person": counter.person_id, **as_typed(counter)}
    found: dict[str, Any] = {
        "percent": request.percent,
        "starts_on": request.starts_on,
        "ends_on": request.ends_on,
        "person": request.person_id,
    }
    with contextlib.suppress(ValueError):
        found["person"] = UUID(person)
    if found["person"] and rates.may_see_of(actor, found["person"]):
        price = rates.hourly(request.project_id, found["person"], request.starts_on)
        found["rate"] = price.amount if price else None
    return found
