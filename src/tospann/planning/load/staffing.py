"""A plan with everybody it asks something of.

Where nobody is assigned to a task, it counts as full days for whoever is responsible. Pure: the
people's names and what they have to give are looked up by whoever asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import planengine as engine
from tospann.planning.kept import Kept
from tospann.planning.store import Loaded

MOST_KEPT = 40_000
"""Activities of all the staffed plans a process keeps."""
Units = Mapping[UUID, float]
"""What people have to give, 1.0 being full time; whoever is not named is full time."""


@dataclass(frozen=True)
class Staffed:
    """A plan in which whoever is wanted is a resource, and its schedule; same dates as before."""

    plan: engine.Plan
    schedule: engine.Schedule | None

    def person(self, resource: int) -> UUID | None:
        """Who a resource of the plan is, when it is one of ours."""
        return self.people.get(resource)

    @property
    def people(self) -> dict[int, UUID]:
        found = ((one.uid, _person(one.person)) for one in self.plan.resources)
        return {uid: pk for uid, pk in found if pk is not None}

    def resource_of(self, person: UUID) -> int | None:
        """The resource a person is in the plan."""
        return next((uid for uid, pk in self.people.items() if pk == person), None)


_kept = Kept[tuple[str, str], Staffed](MOST_KEPT, lambda one: len(one.plan.activities))


def staffed(loaded: Loaded, units: Units | None = None) -> Staffed:
    """The plan with its people, from memory when the process has just made it."""
    known = {str(pk): value for pk, value in (units or {}).items()}
    key = (loaded.hash, repr(sorted(known.items())))
    found = _kept.get(key)
    if found is None:
        plan = with_people(loaded.plan, known)
        schedule = engine.schedule(plan, checked=True) if plan.activities else None
        found = _kept.put(key, Staffed(plan, schedule))
    return found


def with_people(plan: engine.Plan, units: Mapping[str, float] | None = None) -> engine.Plan:
    """The plan with resources for those responsible for tasks nobody is assigned to."""
    known = units or {}
    resources = [
        replace(one, max_units=min(one.max_units, known.get(one.person or "", one.max_units)))
        for one in plan.resources
    ]
    alone = list(_unassigned(plan))
    if not alone:
        return replace(plan, resources=tuple(resources))
    by_person = {one.person: one.uid for one in resources if one.person}
    uid = max((one.uid for one in resources), default=0)
    made = max((one.uid for one in plan.assignments), default=0)
    assignments = list(plan.assignments)
    for row in alone:
        who = str(row.responsible)
        if who not in by_person:
            uid += 1
            by_person[who] = uid
            resources.append(engine.Resource(uid, who, max_units=known.get(who, 1.0), person=who))
        made += 1
        assignments.append(engine.Assignment(made, row.uid, by_person[who]))
    return replace(plan, resources=tuple(resources), assignments=tuple(assignments))


def _unassigned(plan: engine.Plan) -> Iterator[engine.Activity]:
    """Tasks somebody is responsible for, and nobody is assigned to."""
    working = {one.uid for one in plan.resources if one.kind is engine.ResourceKind.WORK}
    assigned = {one.activity for one in plan.assignments if one.resource in working}
    above = {one.parent for one in plan.activities}
    for row in plan.activities:
        if not row.responsible or row.uid in assigned or row.uid in above or row.milestone:
            continue
        if row.duration > 0 and row.active and row.progress.percent < 100:
            yield row


def _person(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
