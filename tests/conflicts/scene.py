"""Two projects that want the same person twice, each of them with slack once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests import making

from tospann.budget import commands as budget
from tospann.conflicts import computing
from tospann.conflicts.models import Conflict
from tospann.foundation.authority import SYSTEM, Actor, Role
from tospann.foundation.ids import new_id
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.projects import commands as projects
from tospann.resources.load import refresh

NOW = "2027-01-04T08:00:00Z"


@dataclass
class Scene:
    """Who is wanted, by whom, and who decides."""

    one: making.Made
    other: making.Made
    shared: Person
    leader: Actor

    @property
    def conflict(self) -> Conflict:
        return Conflict.objects.select_related("person").get()

    def plan(self, made: making.Made) -> Plan:
        return Plan.objects.select_related("project").get(project=made.project)

    def look(self) -> None:
        """What the jobs do after the commits."""
        for made in (self.one, self.other):
            refresh(made.project.pk)
        for pk in computing.follow([self.shared.pk]):
            computing.work_out(pk)


def rows(who: Any, *, slack_first: bool) -> list[PlannedRow]:
    """Two tasks of hers, weeks 2 and 5; one of them is followed by what ends the project."""
    first = PlannedRow("Kabling", 1, date(2027, 1, 11), date(2027, 1, 15), responsible=who)
    second = PlannedRow("Testing", 1, date(2027, 2, 1), date(2027, 2, 5), responsible=who)
    end = PlannedRow("Resten", 1, date(2027, 2, 8), date(2027, 3, 5), after=(2,))
    if not slack_first:
        end = PlannedRow("Resten", 1, date(2027, 1, 18), date(2027, 3, 5), after=(1,))
    return [first, second, end]


def scene() -> Scene:
    one, other = making.project("Ny skole", key="SKOLE"), making.project("Fagsystem", key="FAG")
    shared = making.person("Sara Solheim", title="Elektroingeniør")
    boss = making.person("Liv Solberg")
    people.give_organisation_role(SYSTEM, boss, role=Role.PORTFOLIO_LEADER)
    for made, slack_first in ((one, False), (other, True)):
        projects.appoint(SYSTEM, made.project, person=shared.pk, role=Role.MEMBER)
        edits = outline_edits(rows(shared.pk, slack_first=slack_first))
        planning.start_plan(made.coordinator, made.project, edits=edits)
        budget.start_budget(made.manager, made.project, id=new_id())
        rig = {"name": "Drift", "amount": Decimal(500_000), "is_running": True}
        budget.add_line(made.manager, made.project, id=new_id(), **rig)
    return Scene(one, other, shared, actor_for(boss))
