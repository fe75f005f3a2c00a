"""Edits tried on a plan without writing: what they make of it, and what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import PROJECT_ROLES
from tospann.foundation.errors import Invalid
from tospann.planning import dating, pricing, store
from tospann.planning.kept import Kept
from tospann.planning.models import Plan
from tospann.planning.store import Loaded
from tospann.projects.queries import holders

MOST_KEPT = 8
"""As many as people draft, decide or try at once; the plans in them are ``store``'s to keep."""
MOST_TOLD = 5
"""Broken rules that are told of at once."""
MOST_AHEAD = 100_000
"""How far beyond the next free number a new activity's number may lie."""
_APART = (engine.SetBaseline, engine.ClearBaseline, engine.RestoreBaselines)


@dataclass(frozen=True)
class Prepared:
    """A plan before and after some edits, and the edits that lead back."""

    before: Loaded
    after: Loaded
    edits: tuple[Edit, ...]
    undo: tuple[Edit, ...] | None


_kept = Kept[tuple[str, ...], Prepared](MOST_KEPT)


def parsed(edits: Sequence[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """Edits from their JSON form, or ``Invalid`` naming the place."""
    found = []
    for place, edit in enumerate(edits):
        try:
            found.append(engine.edit_from_json(edit))
        except engine.EditError as error:
            raise Invalid(error.within(f"[{place}]").sentence(_language()), "edits") from None
    return tuple(found)


def prepare(head: Plan, edits: Sequence[Mapping[str, Any]]) -> Prepared:
    """What people's edits make of the plan; done once for the ruling and the write."""

    def make() -> Prepared:
        tried = parsed(edits)
        _refuse_what_goes_apart(tried)
        return prepared(head, tried)

    found = once((head.content_hash, digest(canonical(list(edits)))), make)
    # Who takes part, and which numbers are free, may be others by the next time.
    _check_people(head, found)
    _check_numbers(head, found)
    return found


def once(key: tuple[str, ...], make: Callable[[], Prepared]) -> Prepared:
    """What was made of the same content a moment ago, or made now."""
    return _kept.get(key) or _kept.put(key, make())


def prepared(head: Plan, edits: Sequence[Edit]) -> Prepared:
    """The plan before and after, sound and with its hash; ``Invalid`` when it is not sound."""
    before = store.load(head)
    try:
        plan, undo = engine.apply_undoably(before.plan, edits)
    except engine.EditError as error:
        raise Invalid(error.sentence(_language()), "edits") from None
    return Prepared(before, _sound(plan, before), tuple(edits), undo)


def replaced(head: Plan, plan: engine.Plan) -> Prepared:
    """Another plan in the place of this one. How it was before is read from the history."""
    return Prepared(store.load(head), _sound(plan), (), None)


def _sound(plan: engine.Plan, before: Loaded | None = None) -> Loaded:
    try:
        with_dates, found = dating.scheduled(plan)
    except engine.InvalidPlan as error:
        raise Invalid(told(error.errors, plan), "edits") from None
    loaded = store.loaded(with_dates, before)
    if found is not None:
        dating.remember(loaded, found)
    return loaded


def told(errors: Sequence[engine.PlanError], plan: engine.Plan) -> str:
    """What is wrong, naming rows by the numbers and names people see."""
    numbers = engine.outline_numbers(plan)
    called = {one.uid: f"{numbers.get(one.uid, '?')} «{one.name}»" for one in plan.activities}
    return " ".join(error.sentence(_language(), called) for error in errors[:MOST_TOLD])


def _refuse_what_goes_apart(edits: Sequence[Edit]) -> None:
    for edit in edits:
        if isinstance(edit, engine.ReplacePlan):
            raise Invalid(gettext("A whole plan is brought in through the import."), "edits")
        frozen = isinstance(edit, engine.AddActivity) and edit.activity.baselines
        if isinstance(edit, _APART) or frozen:
            raise Invalid(gettext("A baseline is made by freezing the plan."), "edits")
        _refuse_rates(edit)


def _refuse_rates(edit: Edit) -> None:
    """Everybody on the team reads the plan; what an hour of somebody costs is for few."""
    is_rated = isinstance(edit, engine.AddResource | engine.ChangeResource) and pricing.is_rated(
        edit.resource
    )
    is_costed = isinstance(edit, engine.AddAssignment | engine.ChangeAssignment) and (
        edit.assignment.cost or edit.assignment.actual_cost
    )
    if is_rated or is_costed:
        said = gettext("What an hour of somebody costs is kept with people's rates, not in plans.")
        raise Invalid(said, "edits")


def _check_people(head: Plan, tried: Prepared) -> None:
    """Whoever is given a task is a member of the project; who has left, stays where she was."""
    was = {row.uid: row.responsible for row in tried.before.plan.activities}
    rows = tried.after.plan.activities
    new = {row.responsible for row in rows if row.responsible != was.get(row.uid)} - {None, ""}
    members = {str(pk) for pk in holders(head.project_id, PROJECT_ROLES)} if new else set()
    if new - members:
        raise Invalid(gettext("The person responsible must take part in the project."), "edits")


def _check_numbers(head: Plan, tried: Prepared) -> None:
    new = tried.after.rows.keys() - tried.before.rows.keys()
    top = max(new, default=0)
    if top > head.next_uid + MOST_AHEAD:
        raise Invalid(
            gettext("Activity %(uid)s: take the next free number, %(next)s.")
            % {"uid": top, "next": head.next_uid},
            "edits",
        )


def _language() -> str:
    return get_language() or "en"
