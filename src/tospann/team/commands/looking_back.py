"""A look back at a phase: opened, closed with what was said, turned into actions."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.actions.commands import born
from tospann.actions.models import Action
from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Phase, Project
from tospann.team.models import (
    Retrospective,
    RetrospectiveState,
    Thought,
    ThoughtKind,
)

Said = Annotated[str, Field(min_length=1, max_length=40)]
ORDER = {kind: place for place, kind in enumerate(ThoughtKind.values)}


@command(needs=Power.KEEP_TEAM)
def open_retrospective(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    phase: UUID | None = None,
    closes_on: date | None = None,
) -> Retrospective:
    """Open a retrospective"""
    if phase is not None and not Phase.objects.filter(project=project, pk=phase).exists():
        raise Invalid(gettext("There is no such phase in this project."), "phase")
    if closes_on is not None and closes_on < timezone.localdate():
        raise Invalid(gettext("The last day has already passed."), "closes_on")
    one = Retrospective(
        id=id,
        project=project,
        number=next_number(project.pk),
        phase_id=phase,
        title=title,
        closes_on=closes_on,
        opened_by_id=actor.person_id,
    )
    one.save()
    return one


@command(needs=Power.KEEP_TEAM, undoable=False)
def close_retrospective(actor: Actor, retrospective: Retrospective) -> Retrospective:
    """Close a retrospective

    What was said is kept with it from now on; whoever was not named stays unnamed.
    """
    _must_be(retrospective, open_=True)
    found = Thought.objects.filter(retrospective=retrospective).select_related("person")
    thoughts = sorted(found, key=lambda one: (ORDER[one.kind], str(one.pk)))
    retrospective.content = [_kept(one) for one in thoughts]
    retrospective.state = RetrospectiveState.CLOSED
    retrospective.closed_at = timezone.now()
    retrospective.save()
    found.delete()
    return retrospective


def _kept(one: Thought) -> dict[str, Any]:
    by = one.person.name if one.person else ""
    return {"id": str(one.pk), "kind": one.kind, "text": one.text, "by": by}


@command(needs=Power.KEEP_TEAM)
def act_on_thought(
    actor: Actor,
    retrospective: Retrospective,
    *,
    id: UUID,
    thought: Said,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Make an action of something said in a retrospective"""
    _said(retrospective, thought)
    return born(
        actor,
        retrospective.project,
        id=id,
        title=title,
        owner=owner,
        due_on=due_on,
        origin_kind="retrospective",
        born_in=f"{retrospective.ref}:{thought}"[:100],
        born_label=str(retrospective)[:200],
        born_link=retrospective.get_absolute_url(),
    )


def _said(retrospective: Retrospective, thought: str) -> dict[str, Any]:
    _must_be(retrospective, open_=False)
    found = next((one for one in retrospective.content if one["id"] == thought), None)
    if found is None:
        raise Invalid(gettext("That was not said in this retrospective."), "thought")
    return dict(found)


def _must_be(retrospective: Retrospective, *, open_: bool) -> None:
    if retrospective.is_open == open_:
        return
    if open_:
        raise Invalid(gettext("This retrospective is closed."))
    raise Invalid(gettext("Close the retrospective first, so that everybody has been heard."))
