"""What the things of quality have in common when they change."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.errors import Gone, Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.quality.models import (
    Deliverable,
    Nonconformity,
    Proof,
    Requirement,
    Review,
    TestCase,
    TestRound,
)

Owned = Requirement | Deliverable | Review | TestRound | Nonconformity
Requirements = Annotated[list[UUID], Field(max_length=200)]
People = Annotated[list[UUID], Field(max_length=50)]

_NOT_YOURS = gettext_noop(
    "Somebody else looks after this. Whoever is responsible, the coordinator and the manager"
    " change it."
)


def is_own_or_kept(actor: Actor, row: Owned) -> Sentence | None:
    """Changing: whoever is responsible for it, or whoever keeps quality."""
    if row.owner_id is not None and row.owner_id == actor.person_id:
        return None
    keeps = rule(actor, Power.KEEP_QUALITY, row.scope_id).may_decide
    return None if keeps else Sentence(_NOT_YOURS)


def on_the_team(project_id: UUID, person: UUID | None, field: str = "owner") -> UUID | None:
    """The person, provided she is on the project's team."""
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Only somebody on the project's team can do this."), field)
    return person


def start(project: Project, id: UUID, owner: UUID | None) -> dict[str, Any]:
    """What every new row begins with."""
    return {
        "id": id,
        "project": project,
        "number": next_number(project.pk),
        "owner_id": on_the_team(project.pk, owner),
        "created_at": timezone.now(),
    }


def change(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def deliverable_of(project_id: UUID, pk: UUID | None) -> UUID | None:
    """The deliverable, provided it is the project's."""
    return _of(Deliverable, project_id, pk)


def requirement_of(project_id: UUID, pk: UUID | None) -> UUID | None:
    return _of(Requirement, project_id, pk)


def review_of(project_id: UUID, pk: UUID | None) -> UUID | None:
    return _of(Review, project_id, pk)


def _of(model: Any, project_id: UUID, pk: UUID | None) -> UUID | None:
    if pk is not None and not model.objects.filter(project_id=project_id, pk=pk).exists():
        raise Gone
    return pk


def set_proofs(of: Deliverable | Review | TestCase, wanted: Iterable[UUID]) -> None:
    """Say which requirements this is to prove, no more and no fewer."""
    field = {Deliverable: "deliverable", Review: "review", TestCase: "test_case"}[type(of)]
    there = {one.requirement_id: one for one in Proof.objects.filter(**{field: of})}
    new = set(wanted)
    for requirement, proof in there.items():
        if requirement not in new:
            proof.delete()
    known = Requirement.objects.filter(project_id=of.project_id, pk__in=new - there.keys())
    rows = list(known.order_by("number"))
    if len(rows) != len(new - there.keys()):
        raise Gone
    for row in rows:
        made: dict[str, Any] = {"project_id": of.project_id, "requirement": row, field: of}
        Proof(id=new_id(), **made).save()
