"""Whose time the demo's projects have: a unit and its line manager, requests, offers, agreements.

Amina Said is wanted for more than she has: three projects are promised parts of her.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import SYSTEM, Actor, Role
from tospann.foundation.ids import new_id
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.queries import organisation
from tospann.projects.models import Project
from tospann.resources import commands
from tospann.resources.models import AbsenceKind, Offer, Request, Skill, SkillLevel

LEADER, UNIT = "nina.holm", "Digitalisering og service"
HERS = {
    "amina.said": (100, Decimal(890)),
    "per.aas": (80, Decimal(840)),
    "ingrid.lund": (100, Decimal(910)),
}
"""Per cent of full time, and what an hour costs."""
BY_TITLE = (("Økonomirådgiver", 830, 440), ("Økonomirådgiver", 865, 75), ("Arkitekt", 1180, 440))
"""What an hour of a title costs, and since how many days."""
SKILLS = (
    ("amina.said", "Testledelse", SkillLevel.LEADING),
    ("amina.said", "Tjenestedesign", SkillLevel.ABLE),
    ("per.aas", "Økonomioppfølging", SkillLevel.LEADING),
    ("per.aas", "Testledelse", SkillLevel.LEARNING),
    ("ingrid.lund", "Testledelse", SkillLevel.ABLE),
    ("jonas.berg", "Arkitektur", SkillLevel.LEADING),
    ("jonas.berg", "Tjenestedesign", SkillLevel.ABLE),
    ("nina.holm", "Tjenestedesign", SkillLevel.LEADING),
    ("silje.dahl", "Byggeledelse", SkillLevel.LEADING),
)
AWAY = (
    ("per.aas", 17, 28, AbsenceKind.HOLIDAY),
    ("jonas.berg", 66, 70, AbsenceKind.LEAVE),
)


@dataclass(frozen=True)
class Asked:
    """Somebody of the unit's, asked for, offered and agreed on; days are counted from today."""

    day: int
    who: str
    role: str
    percent: int
    first: int
    last: int
    offered: int = 0
    """Per cent that was offered at first, when that was less."""


@dataclass(frozen=True)
class Hired:
    """Somebody who has no line manager here: a consultant, or a manager herself."""

    day: int
    who: str
    percent: int
    first: int
    last: int
    rate: Decimal | None = None


AGREED: dict[str, Sequence[Asked]] = {
    "NSS": (
        Asked(-180, "ingrid.lund", "Prosjektkoordinator", 50, -170, 200),
        Asked(-178, "amina.said", "Testleder", 50, -150, 120, offered=40),
        Asked(-60, "per.aas", "Økonomirådgiver", 20, -50, 120),
    ),
    "SVH": (
        Asked(-160, "ingrid.lund", "Prosjektkoordinator", 30, -150, 300),
        Asked(-40, "amina.said", "Digitale løsninger i bygget", 40, -7, 50),
    ),
    "FLY": (
        Asked(-32, "per.aas", "Arkiv og pakking", 30, -30, 50),
        Asked(-31, "ingrid.lund", "Prosjektkoordinator", 10, -30, 52),
        Asked(-30, "amina.said", "Nettverk og utstyr", 30, -10, 50),
    ),
}
HIRED: dict[str, Sequence[Hired]] = {
    "NSS": (
        Hired(-176, "nina.holm", 20, -170, 150),
        Hired(-175, "kari.nordmann", 50, -170, 200, Decimal(1450)),
    ),
    "SVH": (
        Hired(-156, "nina.holm", 10, -150, 300),
        Hired(-155, "kari.nordmann", 40, -150, 300, Decimal(1450)),
        Hired(-150, "silje.dahl", 80, -140, 300, Decimal(1280)),
        Hired(-148, "jonas.berg", 60, -140, 60, Decimal(1350)),
    ),
    "FLY": (Hired(-31, "nina.holm", 20, -30, 52),),
}


def begin(cast: Cast) -> None:
    """Who works where, for how much, and what they know."""
    people.give_organisation_role(SYSTEM, cast[LEADER], role=Role.LINE_MANAGER)
    unit = commands.add_unit(
        SYSTEM, organisation(), id=new_id(), name=UNIT, manager=cast[LEADER].pk
    )
    first = clock.today() - timedelta(days=440)
    for key, (percent, rate) in HERS.items():
        commands.employ(
            SYSTEM, cast[key], id=new_id(), unit=unit.pk, percent=percent, starts_on=first
        )
        commands.set_rate(SYSTEM, cast[key], id=new_id(), amount=rate, valid_from=first)
    whole = organisation()
    for title, amount, days in BY_TITLE:
        since, kroner = clock.today() - timedelta(days=days), Decimal(amount)
        commands.set_title_rate(
            SYSTEM, whole, id=new_id(), title=title, amount=kroner, valid_from=since
        )
    for key, name, level in SKILLS:
        commands.set_skill(SYSTEM, cast[key], id=new_id(), name=name, level=level)
    for key, start, end, kind in AWAY:
        commands.record_absence(
            SYSTEM, cast[key], id=new_id(), starts_on=_day(start), ends_on=_day(end), kind=kind
        )


def beside(cast: Cast, key: str) -> clock.Beside:
    """The requests and agreements of a project, each on its day."""
    found: list[Asked | Hired] = [*AGREED[key], *HIRED[key]]
    for one in sorted(found, key=lambda one: one.day):
        yield one.day, 10
        if isinstance(one, Hired):
            _hire(cast, key, one)
        else:
            _agree(cast, key, one)
    if key == "NSS":
        yield from _waiting(cast)


def _hire(cast: Cast, key: str, one: Hired) -> None:
    commands.record_agreement(
        _actor(cast, "kari.nordmann" if key != "FLY" else LEADER),
        Project.objects.get(key=key),
        id=new_id(),
        person=cast[one.who].pk,
        percent=one.percent,
        rate=one.rate,
        end_clause="Kan avsluttes når fasen er godkjent.",
        notice_days=30,
        **_days(one.first, one.last),
    )


def _agree(cast: Cast, key: str, one: Asked) -> None:
    project = Project.objects.get(key=key)
    asks = _asker(cast, key)
    request = _ask(asks, project, one.role, one.percent, one, person=cast[one.who].pk)
    offer = _offer(cast, request, one.who, one.offered or one.percent, one)
    if not one.offered:
        commands.accept_offer(asks, offer, id=new_id())
        return
    counter = commands.counter_offer(
        asks,
        offer,
        id=new_id(),
        percent=one.percent,
        text="Kundetestene tar halve uka. Vi trenger 50 %.",
        **_days(one.first, one.last),
    )
    commands.accept_counter_offer(_actor(cast, LEADER), counter, id=new_id())


def _waiting(cast: Cast) -> clock.Beside:
    """One request that waits for the line manager, and one offer that waits for the project."""
    asks = _asker(cast, "NSS")
    yield -4, 9
    project = Project.objects.get(key="NSS")
    wanted = Asked(-4, "", "Testleder for akseptansetesten", 30, 14, 60)
    skill = Skill.objects.get(name="Testledelse").pk
    _ask(asks, project, wanted.role, wanted.percent, wanted, skill=skill)
    yield -3, 10
    more = Asked(-3, "per.aas", "Oppfølging av gevinster", 20, 121, 150)
    request = _ask(asks, project, more.role, more.percent, more, person=cast[more.who].pk)
    yield -2, 14
    _offer(cast, request, more.who, 10, more)


def _ask(
    asks: Actor, project: Project, role: str, percent: int, one: Asked, **whom: Any
) -> Request:
    return commands.ask_for_people(
        asks,
        project,
        id=new_id(),
        role=role,
        percent=percent,
        **whom,
        **_days(one.first, one.last),
    )


def _offer(cast: Cast, request: Request, who: str, percent: int, one: Asked) -> Offer:
    return commands.make_offer(
        _actor(cast, LEADER),
        request,
        id=new_id(),
        person=cast[who].pk,
        percent=percent,
        rate=HERS[who][1],
        notice_days=14,
        **_days(one.first, one.last),
    )


def _asker(cast: Cast, key: str) -> Actor:
    """The project's manager."""
    return _actor(cast, "kari.nordmann" if key != "FLY" else LEADER)


def _days(first: int, last: int) -> dict[str, Any]:
    return {"starts_on": _day(first), "ends_on": _day(last)}


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _actor(cast: Cast, key: str) -> Actor:
    return actor_for(cast[key])
