"""What an edit does to a network: nothing, one activity, one link, or everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from planengine.edits import kinds
from planengine.edits.kinds import Edit
from planengine.incremental.wiring import Joint, Wiring
from planengine.model import Activity, ConstraintKind, Link, Profile
from planengine.validation.activities import row_errors
from planengine.validation.errors import TWO_CENTURIES
from planengine.validation.plan import amount_errors


class Unsure(Exception):
    """The plan must be checked, and scheduled, as a whole."""


@dataclass(slots=True)
class Impact:
    """Nodes to compute again; `whole` when all must, `unsure` when the plan may have become
    unsound.
    """

    nodes: set[int] = field(default_factory=set)
    whole: bool = False
    unsure: bool = False


Effect = Callable[[Wiring, Impact], None]
"""Brings the network in line once the edit has been done on the draft."""

_SILENT = (
    kinds.ClearBaseline,
    kinds.RenamePlan,
    kinds.SetBaseline,
    kinds.SetProperties,
)
_DATING = (
    "duration",
    "elapsed",
    "mode",
    "start",
    "finish",
    "constraint",
    "deadline",
    "calendar",
    "ignore_resource_calendars",
    "progress",
    "gaps",
    "task_type",
    "levelling_delay",
)


def nothing(wiring: Wiring, impact: Impact) -> None:
    """The effect of an edit dates do not depend on."""


def effect_of(edit: Edit, wiring: Wiring) -> Effect:
    """What to do after the edit; asked before it, because it may need what is there now."""
    if isinstance(edit, kinds.ActivityFields):
        return _of_activity(wiring, edit.uid)
    if isinstance(edit, _SILENT):
        return nothing
    if isinstance(edit, kinds.AddLink):
        return _of_link(wiring, None, edit.link)
    if isinstance(edit, kinds.RemoveLink):
        return _of_link(wiring, wiring.draft.links.get(edit.key), None)
    if isinstance(edit, kinds.ChangeLink):
        return _of_link(wiring, wiring.draft.links.get(edit.key), edit.link)
    if isinstance(edit, kinds.AddAssignment | kinds.ChangeAssignment | kinds.RemoveAssignment):
        return _of_assignment(wiring, edit)
    return _everything


def _everything(wiring: Wiring, impact: Impact) -> None:
    raise Unsure


def _of_activity(wiring: Wiring, uid: int) -> Effect:
    """One activity's fields; lags that depend on them are taken out and put in again."""
    before = wiring.draft.activities.get(uid)
    if before is None:
        return _everything
    joints: list[tuple[Link, Joint]] = []
    if uid in wiring.net.index:
        links = [wiring.draft.links[key] for key in wiring.draft.links_of(uid)]
        joints = [
            (link, wiring.joint(link)) for link in links if link.lag and _is_between(wiring, link)
        ]

    def effect(wiring: Wiring, impact: Impact) -> None:
        row = wiring.draft.activities[uid]
        if any(row_errors(row)):
            raise Unsure
        if _same(before, row):
            return
        if uid not in wiring.net.index or row.active != before.active or _is_tangled(wiring, row):
            raise Unsure
        for _, joint in joints:
            wiring.untie(joint)
        node = wiring.recompile(uid)
        for link, _ in joints:
            joint = wiring.joint(link)
            wiring.tie(joint)
            impact.nodes.update(joint[:2])
        impact.nodes.add(node)

    return effect


def _is_tangled(wiring: Wiring, row: Activity) -> bool:
    """True for what cannot be followed node by node: links of summaries whose lag depends on this
    activity, P6 lag calendars, and being as late as possible.
    """
    constraint = row.constraint
    if constraint is not None and constraint.kind is ConstraintKind.AS_LATE_AS_POSSIBLE:
        return True
    if wiring.head.options.profile is Profile.P6:
        return True
    links = (wiring.draft.links[key] for key in wiring.draft.links_of(row.uid))
    return any(link.lag and not _is_between(wiring, link) for link in links) or not row.active


def _same(before: Activity, after: Activity) -> bool:
    return before is after or (
        before.active == after.active
        and all(getattr(before, name) == getattr(after, name) for name in _DATING)
    )


def _is_between(wiring: Wiring, link: Link) -> bool:
    """True for a link between two activities that both count."""
    net, rows = wiring.net, wiring.draft.activities
    return (
        link.predecessor in net.index
        and link.successor in net.index
        and rows[link.predecessor].active
    )


def _of_link(wiring: Wiring, before: Link | None, after: Link | None) -> Effect:
    """A link that goes, one that comes, or both."""
    ends = {uid for link in (before, after) if link is not None for uid in link.key[:2]}
    if wiring.head.options.profile is Profile.P6 or not ends <= wiring.net.index.keys():
        return _everything
    if not all(wiring.draft.activities[uid].active for uid in ends):
        return _everything

    def effect(wiring: Wiring, impact: Impact) -> None:
        if before is not None:
            wiring.untie(wiring.joint(before))
        if after is not None:
            if abs(after.lag) > (1_000_000 if "percent" in after.lag_format else TWO_CENTURIES):
                raise Unsure
            wiring.tie(wiring.joint(after))
            impact.unsure |= before is None and wiring.has_idle
        impact.nodes.update(wiring.net.index[uid] for uid in ends)

    return effect


def _of_assignment(
    wiring: Wiring,
    edit: kinds.AddAssignment | kinds.ChangeAssignment | kinds.RemoveAssignment,
) -> Effect:
    """An assignment may drive the dates of the activity it is on, and no longer of the one it was
    on.
    """
    assignments = wiring.draft.assignments
    uid = edit.uid if isinstance(edit, kinds.RemoveAssignment) else edit.assignment.uid
    before = assignments.get(uid)
    after = None if isinstance(edit, kinds.RemoveAssignment) else edit.assignment
    on = {row.activity for row in (before, after) if row is not None}

    def effect(wiring: Wiring, impact: Impact) -> None:
        if after is not None and any(amount_errors(after)):
            raise Unsure
        for activity in on & wiring.net.index.keys():
            impact.nodes.add(wiring.recompile(activity))

    return effect
