"""Making what a test needs, through the same commands people use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import time_machine

from tospann.foundation.authority import SYSTEM, Actor, Role
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.models import OwedReaction
from tospann.foundation.transactions import run
from tospann.people.actors import actor_for
from tospann.people.models import Organisation, Person
from tospann.projects import commands
from tospann.projects.models import Project

_numbers = count(1)
ROLES = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER, Role.GUEST)


def inside(act: Callable[[], Any], subject: Any = None) -> Any:
    """Run ``act`` as a system act, so that it may write records directly."""
    return run(SYSTEM, "test.making", subject or organisation(), None, lambda _a, _s: act())[0]


def organisation() -> Organisation:
    """The organisation, made on first use."""
    found = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if found is not None:
        return found
    made = Organisation(pk=ORGANISATION_SCOPE, name="Fjordvik kommune", language="nb")
    models_save(made)
    return made


def models_save(record: Any) -> None:
    """Save the very first record of a database, before there is anything to make an act on."""
    from tospann.foundation.records import collecting_changes

    with collecting_changes():
        record.save()


def person(name: str = "", **values: Any) -> Person:
    """A person with a password that tests know."""
    number = next(_numbers)
    made = Person(
        name=name or f"Person {number}",
        email=values.pop("email", f"person{number}@example.org"),
        **values,
    )
    made.set_password("correct horse battery")
    inside(made.save)
    return made


@dataclass
class Made:
    """A project with one person in each role."""

    project: Project
    people: dict[Role, Person] = field(default_factory=dict)

    def actor(self, role: Role) -> Actor:
        return actor_for(self.people[role])

    @property
    def coordinator(self) -> Actor:
        return self.actor(Role.COORDINATOR)

    @property
    def manager(self) -> Actor:
        return self.actor(Role.MANAGER)

    @property
    def owner(self) -> Actor:
        return self.actor(Role.OWNER)

    @property
    def member(self) -> Actor:
        return self.actor(Role.MEMBER)

    @property
    def guest(self) -> Actor:
        return self.actor(Role.GUEST)


def project(name: str = "Nytt fagsystem", *, phases: int = 2, **values: Any) -> Made:
    """A project with phases, a gate between each, and five people with a role each."""
    made = commands.found_project(
        SYSTEM,
        organisation(),
        id=new_id(),
        key=values.pop("key", f"P{next(_numbers)}"),
        name=name,
        start=values.pop("start", date(2027, 1, 4)),
        finish=values.pop("finish", date(2027, 12, 17)),
        **values,
    )
    result = Made(made)
    for role in ROLES:
        somebody = person(f"{role.title()} {next(_numbers)}", is_external=role is Role.GUEST)
        commands.appoint(SYSTEM, made, person=somebody.pk, role=role)
        result.people[role] = somebody
    _phases_and_gates(made, phases)
    OwedReaction.objects.all().delete()  # what its making would set off is no test's matter
    return result


def _phases_and_gates(of: Project, how_many: int) -> None:
    before = None
    for number in range(1, how_many + 1):
        phase = commands.add_phase(SYSTEM, of, key=f"phase_{number}", name=f"Fase {number}")
        if before is not None:
            gate = commands.add_gate(
                SYSTEM,
                of,
                code=f"G{number - 1}",
                name=f"Starte fase {number}",
                ends=before.pk,
                opens=phase.pk,
                deciders=[Role.OWNER],
            )
            commands.add_criterion(SYSTEM, gate, text="Behovet er beskrevet")
            commands.add_criterion(SYSTEM, gate, text="Planen er klar")
        before = phase


def within_one_minute():
    """The clock stands still in the middle of a minute: what is counted, is counted together."""
    return time_machine.travel(datetime.now(UTC).replace(second=30, microsecond=0), tick=False)
