"""What happens to a draft: opened, edited, trimmed, shared, brought up to date, closed.

Drafts are working state, so these are no commands. Each tries the edits first and then writes in
one statement, provided nobody else has changed the draft since it was read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.authority import PROJECT_ROLES, Actor
from tospann.foundation.errors import Invalid, NotAllowed, Stale
from tospann.planning import store
from tospann.planning.drafts import steps
from tospann.planning.drafts.models import Draft, DraftState
from tospann.planning.drafts.steps import Json, Step
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared, parsed, prepare, prepared
from tospann.planning.rebase import Choices, Clash, put_on, rebase
from tospann.projects.queries import holders


def open_draft(actor: Actor, head: Plan, name: str, edits: Sequence[Json] = ()) -> Draft:
    """A new draft of the plan as it is now, with what is already meant to be in it."""
    if actor.person_id is None:
        raise NotAllowed(_("Only people draft changes."))
    parsed(edits)
    first = steps.added([], edits, *_now(actor)) if edits else []
    trying(head, first)
    return Draft.objects.create(
        project_id=head.project_id,
        name=name[:200],
        opened_by_id=actor.person_id,
        base_revision=head.revision,
        steps=first,
    )


def trying(head: Plan, some: Sequence[Step]) -> Prepared:
    """What steps make of the plan; ``Invalid`` when they do not fit it."""
    edits = steps.edits_in(some)
    return prepare(head, edits) if edits else prepared(head, ())


def tried(head: Plan, draft: Draft) -> Prepared:
    """What the draft makes of the plan as it is now."""
    return trying(head, draft.steps)


def add(actor: Actor, head: Plan, draft: Draft, edits: Sequence[Json]) -> Prepared:
    """One step more; ``Invalid`` when they are no edits, or do not fit the plan."""
    parsed(edits)
    return _try_and_keep(head, draft, steps.added(draft.steps, edits, *_now(actor)))


def undo(head: Plan, draft: Draft) -> Prepared:
    return _try_and_keep(head, draft, steps.undone(draft.steps))


def redo(head: Plan, draft: Draft) -> Prepared:
    return _try_and_keep(head, draft, steps.redone(draft.steps))


def take_out(head: Plan, draft: Draft, number: int, at: int | None = None) -> int:
    """A step, or one edit of it, no longer counts, nor does what cannot stand without it.

    Tells how many edits went along.
    """
    rest = steps.taken_out(draft.steps, number, at)
    plan = store.load(head).plan
    found = put_on(plan, plan, parsed(steps.edits_in(rest)), {}, _members(head))
    _try_and_keep(head, draft, steps.without(rest, set(found.left_out)))
    return len(found.left_out)


def put_back(head: Plan, draft: Draft, number: int) -> None:
    """A step that was taken out counts again, if it still fits."""
    try:
        _try_and_keep(head, draft, steps.put_back(draft.steps, number))
    except Invalid as error:
        raise Invalid(_("It does not fit any more. %(why)s") % {"why": error.message}) from None


def follow(
    actor: Actor, head: Plan, draft: Draft, choices: Choices | None = None
) -> tuple[Clash, ...]:
    """Bring an open draft to the plan as it is now; what somebody must choose about first.

    Nothing is changed while there is anything to choose.
    """
    if not draft.is_open or (not choices and _fits(head, draft)):
        return ()
    found = rebase(head, draft.base_revision, draft.edits, choices)
    if found.conflicts:
        return found.conflicts
    places = [place for place, _edit in found.edits]
    edits = list(zip(places, found.stored, strict=True))
    fresh = steps.rebased(draft.steps, edits, *_now(actor))
    trying(head, fresh)
    _keep(draft, steps=fresh, base_revision=head.revision)
    return ()


def _fits(head: Plan, draft: Draft) -> bool:
    if draft.base_revision != head.revision:
        return False
    try:
        tried(head, draft)
    except Invalid:
        return False
    return True


def change_money(draft: Draft, items: Sequence[Mapping[str, Any]]) -> None:
    """The lines of the budget the draft changes."""
    _keep(draft, money=list(items))


def freeze(draft: Draft, freezes: bool, name: str = "") -> None:
    """Whether the plan becomes the new baseline as the draft makes it, and what that is called."""
    _keep(draft, freezes=freezes, frozen_as=name[:80] if freezes else "")


def rename(draft: Draft, name: str) -> None:
    _keep(draft, name=name[:200])


def share(draft: Draft, shared: bool = True) -> None:
    _keep(draft, is_shared=shared)


def discard(draft: Draft) -> None:
    """Put away; it may be taken up again until it is forgotten."""
    _keep(draft, state=DraftState.DISCARDED)


def take_up(draft: Draft) -> None:
    """A discarded draft goes on where it was."""
    again = Draft.objects.filter(pk=draft.pk, state=DraftState.DISCARDED)
    again.update(state=DraftState.OPEN, changed_at=timezone.now())


def close(draft: Draft, state: DraftState, **values: Any) -> None:
    """It has been applied or submitted, whatever somebody typed in it just now."""
    Draft.objects.filter(pk=draft.pk).update(
        state=state, version=F("version") + 1, changed_at=timezone.now(), **values
    )


def _try_and_keep(head: Plan, draft: Draft, fresh: list[Step]) -> Prepared:
    found = trying(head, fresh)
    _keep(draft, steps=fresh)
    return found


def _keep(draft: Draft, **values: Any) -> None:
    """Write, provided the draft is open and as it was read."""
    as_read = Draft.objects.filter(pk=draft.pk, version=draft.version, state=DraftState.OPEN)
    now = timezone.now()
    if not as_read.update(version=draft.version + 1, changed_at=now, **values):
        raise Stale(draft.name)
    draft.version, draft.changed_at = draft.version + 1, now
    for name, value in values.items():
        setattr(draft, name, value)


def _members(head: Plan) -> set[str]:
    return {str(pk) for pk in holders(head.project_id, PROJECT_ROLES)}


def _now(actor: Actor) -> tuple[str, str]:
    return str(actor.person_id), timezone.now().isoformat()
