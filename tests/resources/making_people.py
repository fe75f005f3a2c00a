"""A unit with a line manager and her people, for the tests of this folder."""

from dataclasses import dataclass
from datetime import date

from tests import making

from tospann.foundation.authority import SYSTEM, Actor, Role
from tospann.foundation.ids import new_id
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.resources import commands
from tospann.resources.models import Unit


@dataclass
class Line:
    """A unit, who leads it, and two who work there."""

    unit: Unit
    manager: Person
    kari: Person
    ola: Person

    @property
    def actor(self) -> Actor:
        return actor_for(self.manager)


def line(name: str = "Utvikling") -> Line:
    manager = making.person(f"Leder {name}")
    people.give_organisation_role(SYSTEM, manager, role=Role.LINE_MANAGER)
    whole = making.organisation()
    unit = commands.add_unit(SYSTEM, whole, id=new_id(), name=name, manager=manager.pk)
    kari, ola = making.person("Kari Nordmann"), making.person("Ola Hansen")
    for one in (kari, ola):
        commands.employ(SYSTEM, one, id=new_id(), unit=unit.pk, starts_on=date(2026, 1, 1))
    return Line(unit, manager, kari, ola)


TERMS = {"percent": 50, "starts_on": date(2027, 2, 1), "ends_on": date(2027, 4, 30)}


def asked(made, line, **values):
    """A request for Kari."""
    values = {"role": "Utvikler", "person": line.kari.pk} | TERMS | values
    return commands.ask_for_people(made.manager, made.project, id=new_id(), **values)


def offered(request, line, **values):
    values = {"person": line.kari.pk, "rate": "987.65", "notice_days": 14} | TERMS | values
    return commands.make_offer(line.actor, request, id=new_id(), **values)


def agreed(made, line, **values):
    offer = offered(asked(made, line, **values), line, **values)
    return commands.accept_offer(made.manager, offer, id=new_id())
