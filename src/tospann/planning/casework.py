"""What cases ask of the plan: its changes in parts, and put back (``following``: rebased)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.commands import Operation
from tospann.foundation.models import AuditEntry
from tospann.foundation.references import find
from tospann.planning import baselines, commands, history
from tospann.planning.models import Plan, Revision
from tospann.planning.prepare import parsed
from tospann.planning.rebase import rebase

MOST_GROUPS = 30
APPLY = "planning.apply_edits"
FREEZE = "planning.set_baseline"


# ---- in parts ----


def groups(head: Plan, arguments: Mapping[str, Any]) -> list[list[str]]:
    """The groups of edits that stand by themselves, each with its sentences."""
    edits = parsed(arguments["edits"])
    plan = history.plan_at(head, arguments["base_revision"])
    said = history.sentences(edits, plan)
    key = "nb" if (get_language() or "en").startswith("n") else "en"
    return [[said[place][key] for place in group if place < len(said)] for group in _grouped(edits)]


def only(head: Plan, arguments: Mapping[str, Any], places: Sequence[int]) -> dict[str, Any]:
    """The arguments with the edits of these groups only."""
    listed = _grouped(parsed(arguments["edits"]))
    wanted = sorted(place for group in places for place in listed[group])
    return {**arguments, "edits": [arguments["edits"][place] for place in wanted]}


def _grouped(edits: Sequence[Edit]) -> list[list[int]]:
    """Places of edits that belong together: about the same rows, or rows that meet in an edit."""
    group_of: dict[tuple[str, Any], int] = {}
    found: dict[int, list[int]] = {}
    for place, edit in enumerate(edits):
        about = _about(edit)
        old = sorted({group_of[one] for one in about if one in group_of})
        joined = sorted({at for one in old for at in found.pop(one)} | {place})
        found[joined[0]] = joined
        merged = {one for one, group in group_of.items() if group in old} | about
        group_of.update(dict.fromkeys(merged, joined[0]))
    listed = sorted(found.values())
    if len(listed) <= MOST_GROUPS:
        return listed
    rest = sorted(place for group in listed[MOST_GROUPS - 1 :] for place in group)
    return [*listed[: MOST_GROUPS - 1], rest]


def _about(edit: Edit) -> set[tuple[str, Any]]:
    """The rows an edit is about. A row that is added belongs with the one it lies under."""
    found: set[tuple[str, Any]] = {("activity", uid) for uid in history.touched(edit)}
    match edit:
        case engine.AddActivity():
            found.add(("activity", edit.activity.parent))
        case engine.MoveActivity():
            found.add(("activity", edit.parent))
        case engine.AddAssignment() | engine.ChangeAssignment():
            found |= {("resource", edit.assignment.resource), ("assignment", edit.assignment.uid)}
        case engine.AddResource() | engine.ChangeResource():
            found.add(("resource", edit.resource.uid))
        case _ if not found:
            what = edit.kind.partition(".")[0]
            found.add((what, getattr(edit, "uid", None)))
    return {one for one in found if one != ("activity", None)}


# ---- put back ----


def inverse(entry: AuditEntry) -> list[Operation] | None:
    """The edits that lead back from a revision, on the plan as it is now."""
    head = find(entry.subject)
    if not isinstance(head, Plan):
        return None
    revision = Revision.objects.filter(plan=head, sequence=entry.sequence).first()
    if revision is None or revision.inverse is None:
        return None
    back = rebase(head, revision.number, revision.inverse)
    if not back.stored:
        return None
    said = {"base_revision": head.revision, "edits": back.stored}
    return [commands.apply_edits.operation(head, said)]


def thawed(entry: AuditEntry) -> list[Operation] | None:
    """The baseline that was set is taken away again, while the plan has it."""
    head = find(entry.subject)
    revision = Revision.objects.filter(plan=head, sequence=entry.sequence).first()
    if not isinstance(head, Plan) or revision is None:
        return None
    key = str(revision.number)
    if baselines.called(head, key) is None:
        return None
    taking = commands.remove_baseline.operation(head, {"baseline": key})
    return [replace(taking, expected_version=None)]
