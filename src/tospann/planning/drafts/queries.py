"""Reading drafts: one's own, and those that are shared in the project."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Actor, Ruling, Sentence, Strength
from tospann.foundation.errors import Gone, NotAllowed
from tospann.planning import commands
from tospann.planning.drafts.models import Draft, DraftState
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.projects.models import Project

_CLOSED = gettext_noop("This draft is closed, so it is not changed any more.")
SHOWN = 200
MOST_CHOICES = 500


def visible(actor: Actor, project: Project) -> QuerySet[Draft]:
    """Her own drafts, and those that are shared, of a project the actor already sees."""
    shared = Q(opened_by_id=actor.person_id) | Q(is_shared=True)
    return Draft.objects.filter(shared, project=project)


def listed(actor: Actor, project: Project) -> list[dict[str, Any]]:
    """Open drafts first, the latest change on top."""
    found = visible(actor, project).exclude(state=DraftState.DISCARDED)
    found |= visible(actor, project).filter(
        state=DraftState.DISCARDED, opened_by_id=actor.person_id
    )
    rows = found.order_by("-changed_at").values(
        "id", "name", "state", "is_shared", "opened_by__name", "opened_by_id", "changed_at",
        "steps", "case__number", "case__title", "alternative", "revision",
    )[:SHOWN]  # fmt: skip
    shaped = [{**row, "count": _count(row["steps"])} for row in rows]
    return sorted(shaped, key=lambda row: row["state"] != DraftState.OPEN)


def _count(steps: list[dict[str, Any]]) -> int:
    return sum(len(step["edits"]) for step in steps if step["state"] == "in")


def draft(actor: Actor, project: Project, pk: UUID) -> Draft:
    """One draft, or nothing there."""
    found = visible(actor, project).select_related("opened_by", "case").filter(pk=pk).first()
    if found is None:
        raise Gone
    return found


def editing(actor: Actor, head: Plan, draft: Draft) -> Ruling:
    """Whether the actor may change the draft: whoever may propose a change of the plan."""
    if not draft.is_open:
        return Ruling(Strength.NONE, Sentence(_CLOSED))
    return commands.apply_edits.ruling(actor, head)


def is_hers(actor: Actor, draft: Draft) -> bool:
    """Whether it is hers to share or discard."""
    return actor.person_id == draft.opened_by_id


def require_hers(actor: Actor, draft: Draft) -> None:
    """Refuse whoever did not open the draft."""
    if not is_hers(actor, draft):
        who = {"person": draft.opened_by.name}
        raise NotAllowed(_("%(person)s opened this draft, and decides whether to keep it.") % who)


def task_choices(project: Project) -> list[tuple[str, str]]:
    """Tasks and milestones by number and name, as they are chosen from."""
    rows = Activity.objects.filter(project=project).exclude(kind=Kind.SUMMARY)
    open_ = rows.exclude(state=State.DONE).order_by("position")
    found = open_.values_list("uid", "number", "name")[:MOST_CHOICES]
    return [(str(uid), f"{number} {name}"[:120]) for uid, number, name in found]


def counted(actor: Actor, project: Project) -> int:
    """How many open drafts there are to see."""
    return visible(actor, project).filter(state=DraftState.OPEN).count()
