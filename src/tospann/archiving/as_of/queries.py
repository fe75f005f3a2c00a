"""The whole answer: everything that held at a moment and that the reader may see today."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tospann.archiving.as_of import parts, plans, shelves
from tospann.archiving.as_of.columns import WANTED
from tospann.archiving.as_of.moments import Moment
from tospann.archiving.as_of.sections import Named, Row, Section, label
from tospann.foundation.authority import Actor
from tospann.foundation.rewinding import Then, rewound
from tospann.people.models import Person
from tospann.projects.models import Project, ProjectState

_PEOPLE = (
    *("person_id", "owner_id", "prepared_by_id", "decided_by_id"),
    *("signed_by_id", "published_by_id"),
)


@dataclass(frozen=True)
class AsOf:
    """``unknown``: later acts that can no longer be taken back, as their details were erased."""

    project: Project
    moment: Moment
    head: Row
    plan: plans.PlanThen | None
    sections: tuple[Section, ...]
    unknown: int

    def to_json(self) -> dict[str, Any]:
        """As programs read it, under English names."""
        plan, moment = self.plan, self.moment
        return {
            "project": {"key": self.project.key, **self.head},
            "at": moment.at,
            "chain": {
                "scope": self.project.pk,
                "sequence": moment.sequence,
                "hash": moment.hash,
                "acted_at": moment.acted_at,
                "later_acts": moment.later,
                "later_acts_erased": self.unknown,
            },
            "plan_revision": plan.revision if plan else None,
            "plan_hash": plan.content_hash if plan else "",
            "sections": {one.key: one.plain() for one in self.sections},
            "not_kept_by_date": not_kept(),
        }


def as_of(actor: Actor, project: Project, moment: Moment) -> AsOf:
    """The number of queries is the same however much there is."""
    then = rewound(moment.place(project), WANTED)
    plan = plans.plan_then(project, moment)
    named = _named(then, plan)
    sections = (
        parts.phases(project, then, named),
        parts.gates(project, then, named),
        plans.section(project, plan, named.person),
        shelves.documents(actor, project, then, named),
        parts.papers(project, then, named),
        parts.decisions(project, then, named),
        parts.cases(project, then, named),
        parts.budget(project, then, named),
        *parts.registers(project, then, named),
        parts.members(project, then, named, moment.day),
    )
    return AsOf(project, moment, _head(project, then), plan, sections, then.unknown)


def _head(project: Project, then: Then) -> Row:
    row = next(iter(then.rows[Project]), {})
    return {
        "name": row.get("name", project.name),
        "state": label(ProjectState.choices, row.get("state", project.state)),
        "start": row.get("start", project.start),
        "finish": row.get("finish", project.finish),
    }


def _named(then: Then, plan: plans.PlanThen | None) -> Named:
    every = (row.get(name) for rows in then.rows.values() for row in rows for name in _PEOPLE)
    people: set[UUID] = {pk for pk in every if pk is not None}
    found = Person.objects.filter(pk__in=people | (plan.people if plan else set()))
    return Named(dict(found.values_list("pk", "name")))


def not_kept() -> list[str]:
    """What the answer leaves out, in plain words."""
    return [
        _("Costs, hours, contracts, stakeholders, goals and benefits are not laid out by date."),
        _("Discussions, drafts and what somebody was about to write are not kept by date."),
        _("Documents that were deleted for good are not named, whatever they were then."),
        _("Every single change of the rest stands in the project's history."),
    ]
