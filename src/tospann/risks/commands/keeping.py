"""What risks, problems and deviations have in common when they change."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.actions import commands as actions
from tospann.actions.models import Action, Origin
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.errors import Invalid
from tospann.foundation.records import reference
from tospann.foundation.transactions import next_number
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.risks.models import Deviation, Movement, Problem, Risk

Kept = Risk | Problem | Deviation
Level = Annotated[int, Field(ge=1, le=5)]
ORIGINS: Mapping[type[Kept], Origin] = {Risk: "risk", Problem: "problem", Deviation: "deviation"}
"""What an action that is born in a row is said to be born in."""
MOVES = ("state", "probability", "impact", "residual_probability", "residual_impact")
"""The fields that say how it stands; the rest is wording."""

_NOT_YOURS = gettext_noop(
    "Somebody else looks after this. Its owner, the coordinator and the manager change it."
)


def is_own_or_kept(actor: Actor, row: Kept) -> Sentence | None:
    """Changing: the owner of the row, or whoever keeps the registers."""
    if row.owner_id is not None and row.owner_id == actor.person_id:
        return None
    keeps = rule(actor, Power.KEEP_REGISTERS, row.scope_id).may_decide
    return None if keeps else Sentence(_NOT_YOURS)


def on_the_team(project_id: UUID, person: UUID | None) -> UUID | None:
    """The person, provided she is on the project's team."""
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Only somebody on the project's team can own this."), "owner")
    return person


def start(
    actor: Actor, project: Project, owner: UUID | None, due_on: date | None
) -> dict[str, Any]:
    """What every new row begins with."""
    now = timezone.now()
    return {
        "project": project,
        "number": next_number(project.pk),
        "raised_by_id": actor.person_id,
        "owner_id": on_the_team(project.pk, owner),
        "due_on": due_on,
        "created_at": now,
        "moved_at": now,
    }


def must_be_open(row: Kept) -> None:
    if not row.is_open:
        raise Invalid(gettext("This is no longer open. Reopen it first."))


def change(row: Kept, values: Mapping[str, Any]) -> None:
    """Set the values and save; where that moves the row, keep how it stood before."""
    before = standing(row)
    for name, value in values.items():
        setattr(row, name, value)
    if standing(row) != before:
        row.moved_at = timezone.now()
        Movement.objects.create(
            project_id=row.project_id, row_id=row.pk, at=row.moved_at, before=before
        )
    row.save()


def standing(row: Kept) -> dict[str, Any]:
    """How the row stands now."""
    return {name: getattr(row, name) for name in MOVES if hasattr(row, name)}


def hand_over(row: Kept, owner: UUID | None) -> None:
    must_be_open(row)
    row.owner_id = on_the_team(row.project_id, owner)
    row.save()


def act_on(
    actor: Actor, row: Kept, id: UUID, title: str, owner: UUID | None, due_on: date | None
) -> Action:
    """An action born in the row."""
    must_be_open(row)
    return actions.born(
        actor,
        row.project,
        id=id,
        title=title,
        origin_kind=ORIGINS[type(row)],
        born_in=reference(row),
        owner=owner,
        due_on=due_on,
        born_label=f"{row.short_id} {row.title}"[:200],
        born_link=row.get_absolute_url(),
    )


def raise_case(actor: Actor, row: Kept, id: UUID, situation: str) -> Case:
    """A case about the row, with what is known of it as its situation."""
    must_be_open(row)
    if row.case_id is not None:
        raise Invalid(gettext("This has already been raised as a case."))
    case = cases.open_case(actor, row.project, id=id, title=row.title, situation=situation)
    row.case = case
    row.save()
    return case


def told(*parts: tuple[str, str]) -> str:
    """Paragraphs of what is known: a heading and a text each, the empty ones left out."""
    return "\n\n".join(f"**{heading}**\n{text}" for heading, text in parts if text)
