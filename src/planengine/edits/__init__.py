"""Typed, pure changes to a plan, each with an inverse, a JSON form and a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.edits.codec import EDIT_KINDS, EDIT_VERSION, edit_from_json, edit_to_json
from planengine.edits.describe import describe, describe_all
from planengine.edits.draft import Draft
from planengine.edits.errors import EditError
from planengine.edits.kinds import (
    AddActivity,
    AddAssignment,
    AddCalendar,
    AddLink,
    AddResource,
    BaselineOf,
    ChangeAssignment,
    ChangeCalendar,
    ChangeLink,
    ChangeResource,
    ClearBaseline,
    Edit,
    MoveActivity,
    RemoveActivity,
    RemoveAssignment,
    RemoveCalendar,
    RemoveException,
    RemoveLink,
    RemoveResource,
    RenameActivity,
    RenamePlan,
    ReplacePlan,
    RestoreBaselines,
    SetActive,
    SetBaseline,
    SetCalendar,
    SetCode,
    SetConstraint,
    SetCost,
    SetDates,
    SetDeadline,
    SetDuration,
    SetEarnedMethod,
    SetEstimate,
    SetException,
    SetLevellingDelay,
    SetMilestone,
    SetMode,
    SetNotes,
    SetOptions,
    SetPlanCalendar,
    SetPlanDates,
    SetPlanHours,
    SetPriority,
    SetProgress,
    SetProperties,
    SetResponsible,
    SetStatusDate,
    SetWork,
    SplitActivity,
)
from planengine.edits.perform import perform
from planengine.model import Plan


def apply(plan: Plan, edit: Edit) -> Plan:
    """The plan after one edit.

    Raises `EditError` when the edit names something that is not there, already is there, or cannot
    be. Rules about the plan as a whole (cycles, absurd dates) are for `validate` afterwards.
    """
    draft = Draft(plan)
    perform(draft, edit)
    return draft.finish()


def apply_all(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan after all edits, in order; all or nothing.

    Raises `EditError` whose path begins with the edit's place in the list: `[3].link.successor`.
    """
    return apply_undoably(plan, edits)[0]


def apply_undoably(plan: Plan, edits: Iterable[Edit]) -> tuple[Plan, tuple[Edit, ...]]:
    """The plan after all edits, and the edits that bring the plan before back exactly.

    Raises `EditError` as `apply_all` does.
    """
    draft = Draft(plan)
    undo: list[tuple[Edit, ...]] = []
    for place, edit in enumerate(edits):
        try:
            undo.append(perform(draft, edit))
        except EditError as error:
            raise error.within(f"[{place}]") from None
    return draft.finish(), tuple(edit for group in reversed(undo) for edit in group)


def inverse(plan_before: Plan, edit: Edit) -> tuple[Edit, ...]:
    """The edits that undo `edit` after it has been applied to `plan_before`.

    For a sound plan `apply_all(apply(plan, edit), inverse(plan, edit)) == plan`. Raises `EditError`
    when the edit cannot be applied.
    """
    return perform(Draft(plan_before), edit)


__all__ = [
    "EDIT_KINDS",
    "EDIT_VERSION",
    "AddActivity",
    "AddAssignment",
    "AddCalendar",
    "AddLink",
    "AddResource",
    "BaselineOf",
    "ChangeAssignment",
    "ChangeCalendar",
    "ChangeLink",
    "ChangeResource",
    "ClearBaseline",
    "Edit",
    "EditError",
    "MoveActivity",
    "RemoveActivity",
    "RemoveAssignment",
    "RemoveCalendar",
    "RemoveException",
    "RemoveLink",
    "RemoveResource",
    "RenameActivity",
    "RenamePlan",
    "ReplacePlan",
    "RestoreBaselines",
    "SetActive",
    "SetBaseline",
    "SetCalendar",
    "SetCode",
    "SetConstraint",
    "SetCost",
    "SetDates",
    "SetDeadline",
    "SetDuration",
    "SetEarnedMethod",
    "SetEstimate",
    "SetException",
    "SetLevellingDelay",
    "SetMilestone",
    "SetMode",
    "SetNotes",
    "SetOptions",
    "SetPlanCalendar",
    "SetPlanDates",
    "SetPlanHours",
    "SetPriority",
    "SetProgress",
    "SetProperties",
    "SetResponsible",
    "SetStatusDate",
    "SetWork",
    "SplitActivity",
    "apply",
    "apply_all",
    "apply_undoably",
    "describe",
    "describe_all",
    "edit_from_json",
    "edit_to_json",
    "inverse",
]
