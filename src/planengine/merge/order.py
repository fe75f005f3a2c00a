"""Three-way merging of the outline's order: the children of each parent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planengine.merge.conflicts import Conflict
from planengine.model import Activity

Children = dict[int | None, list[int]]


def children(rows: Iterable[Activity]) -> Children:
    """The uids under each parent (`None`: the top), in the order of the rows."""
    below: Children = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row.uid)
    return below


def ordered(
    kept: Mapping[int, Activity], sides: tuple[Children, Children, Children]
) -> tuple[tuple[Activity, ...], list[Conflict]]:
    """The activities in outline order, and the conflicts of order found.

    `sides` are the children in the base, ours and theirs. Activities in a circle of parents come
    last, as they are; `validate` reports them.
    """
    conflicts: list[Conflict] = []
    below: Children = {}
    for parent, own in children(kept.values()).items():
        if len(own) == 1:
            below[parent] = own
            continue
        members = set(own)
        base, ours, theirs = ([u for u in s.get(parent, ()) if u in members] for s in sides)
        below[parent], agreed = merged_order(base, ours, theirs)
        if not agreed:
            orders = (tuple(base), tuple(ours), tuple(theirs))
            conflicts.append(Conflict("order", "activity", parent, "order", "", *orders))
    return tuple(_walk(kept, below)), conflicts


def _walk(kept: Mapping[int, Activity], below: Children) -> Iterator[Activity]:
    left = dict(kept)
    stack = list(reversed(below.get(None, ())))
    while stack:
        uid = stack.pop()
        if uid in left:
            yield left.pop(uid)
            stack.extend(reversed(below.get(uid, ())))
    yield from left.values()


def merged_order(base: list[int], ours: list[int], theirs: list[int]) -> tuple[list[int], bool]:
    """Siblings in their merged order, and whether the two sides agree on it.

    Those both sides have stand as the side that reordered them says; each side's own follow the
    sibling they follow there. Two sides' own after the same sibling: the lower uid first.
    """
    if ours == theirs:
        return list(ours), True
    common = set(ours) & set(theirs)
    one, two = ([uid for uid in side if uid in common] for side in (ours, theirs))
    known = set(base)
    was = [uid for uid in base if uid in common]
    moved = [[uid for uid in side if uid in known] != was for side in (one, two)]
    agreed = one == two or moved[0] != moved[1]
    spine = two if moved[1] and not moved[0] else one
    return _woven(spine, _runs(ours, common), _runs(theirs, common)), agreed


def _runs(side: list[int], common: set[int]) -> dict[int | None, list[int]]:
    """A side's own children, by the common sibling before them."""
    runs: dict[int | None, list[int]] = {}
    last: int | None = None
    for uid in side:
        if uid in common:
            last = uid
        else:
            runs.setdefault(last, []).append(uid)
    return runs


def _woven(
    spine: list[int], ours: dict[int | None, list[int]], theirs: dict[int | None, list[int]]
) -> list[int]:
    result: list[int] = []
    for anchor in (None, *spine):
        if anchor is not None:
            result.append(anchor)
        for run in sorted(filter(None, (ours.get(anchor), theirs.get(anchor)))):
            result.extend(run)
    return result
