"""What two of the demo's projects want of Amina Said in the same weeks, and who could step in.

Each of them has one task that can wait and one that is promised for a day, so that the cheapest way
out changes both plans. Jonas Berg is wanted by both at once too: parts of him, in the same weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import planengine as engine
from planengine.instants import DAY
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.planning.skeleton import BEGINS, ENDS, duration
from tospann.planning.store import load
from tospann.resources import commands as resources
from tospann.resources.models import SkillLevel

SCARCE, ABLE = "amina.said", "maria.johansen"
SHARE = 0.8
"""Of her days: each of the tasks takes so much."""
PARTS = {
    "SVH": (
        ("Arkitektoppfølging av fasade", 0.4),
        ("Velge fliser og farger i bassengrom", 0.6),
    ),
    "NSS": (("Tegne om servicetorget til selvbetjening", 0.5),),
}
"""Of Jonas Berg's days, by the name of the task."""
ARCHITECT, INSTEAD_OF_HIM = "jonas.berg", "nina.holm"


@dataclass(frozen=True)
class Wanted:
    """A week of hers; ``promised`` when it has to be done by then."""

    name: str
    days: int
    promised: bool


WANTED = {
    "NSS": (
        Wanted("Forberede opplæring av superbrukere", 49, False),
        Wanted("Lede akseptansetesten", 70, True),
    ),
    "SVH": (
        Wanted("Avklare billett- og adgangssystem", 49, True),
        Wanted("Teste integrasjon mot booking", 70, False),
    ),
}


NAMED_ALONE = "Per Aas"
"""Whom the plan names without saying who he is here."""


def begin(cast: Cast) -> None:
    """Somebody who knows the same, and has the time."""
    first = clock.today() - timedelta(days=400)
    her = cast[ABLE]
    resources.set_skill(SYSTEM, her, id=new_id(), name="Testledelse", level=SkillLevel.ABLE)
    for who, amount in ((her, 960), (cast[INSTEAD_OF_HIM], 1020)):
        resources.set_rate(SYSTEM, who, id=new_id(), amount=Decimal(amount), valid_from=first)


def beside(cast: Cast, key: str) -> clock.Beside:
    """The coordinator plans them, a few days ago."""
    if key not in WANTED:
        return
    yield -5, 11
    head = Plan.objects.get(project__key=key)
    wanted = _edits(head, str(cast[SCARCE].pk), WANTED[key])
    parts = _parts(head, str(cast[ARCHITECT].pk), PARTS[key], after=wanted)
    edits = [engine.edit_to_json(one) for one in (*wanted, *parts)]
    planning.apply_edits(
        actor_for(cast["ingrid.lund"]), head, base_revision=head.revision, edits=edits
    )


def _edits(head: Plan, who: str, wanted: tuple[Wanted, ...]) -> list[Any]:
    plan = load(head).plan
    uid = max(head.next_uid, max((one.uid for one in plan.activities), default=0) + 1)
    resource = max((one.uid for one in plan.resources), default=0) + 1
    number = max((one.uid for one in plan.assignments), default=0) + 1
    edits: list[Any] = [engine.AddResource(engine.Resource(resource, "Amina Said", person=who))]
    for place, one in enumerate(wanted):
        edits.append(engine.AddActivity(_task(uid + place, who, one)))
        assigned = engine.Assignment(number + place, uid + place, resource, SHARE)
        edits.append(engine.AddAssignment(assigned))
    return edits


def _parts(
    head: Plan, who: str, parts: Sequence[tuple[str, float]], after: Sequence[Any]
) -> list[Any]:
    """He works on them for parts of his days, beside what was added to the plan just before."""
    plan = load(head).plan
    resource = max((one.uid for one in plan.resources), default=0) + 2
    number = max((one.uid for one in plan.assignments), default=0) + len(after)
    uids = {one.name: one.uid for one in plan.activities}
    given = [
        engine.AddAssignment(engine.Assignment(number + place, uids[name], resource, share))
        for place, (name, share) in enumerate(parts)
    ]
    found = [engine.AddResource(engine.Resource(resource, "Jonas Berg", person=who)), *given]
    return [*found, engine.AddResource(engine.Resource(resource + 1, NAMED_ALONE))]


def _task(uid: int, who: str, one: Wanted) -> engine.Activity:
    monday = _monday(one.days)
    first, last = engine.day(monday) * DAY, engine.day(monday + timedelta(days=4)) * DAY
    kind = engine.ConstraintKind.START_NO_EARLIER_THAN
    return engine.Activity(
        uid,
        one.name,
        duration=duration(monday, monday + timedelta(days=4)),
        constraint=engine.Constraint(kind, first + BEGINS),
        deadline=last + ENDS if one.promised else None,
        responsible=who,
    )


def _monday(days: int) -> date:
    found = clock.today() + timedelta(days=days)
    return found - timedelta(days=found.weekday())
