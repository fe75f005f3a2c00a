"""Which summaries need gates, because a link or a constraint touches them or one above them."""

from __future__ import annotations

from planengine.model import LinkKind, Plan
from planengine.network.compiled import Network

GateKey = tuple[int, str]
"""A summary's uid and `entrance`, `exit` or `dawn`."""

_FROM_START = (LinkKind.SS, LinkKind.SF)
_INTO_START = (LinkKind.FS, LinkKind.SS)


def summaries_with_gates(plan: Plan, net: Network) -> list[GateKey]:
    """The gates a plan needs, each summary's before those below it.

    A gate of a summary goes down to every summary under it, so that each activity is tied to the
    nearest one and the number of ties grows with the plan, not with its square.
    """
    if not net.summaries:
        return []
    wanted = {"entrance": set[int](), "exit": set[int](), "dawn": set[int]()}
    above = set(net.summaries)
    for link in plan.links:
        if link.predecessor in above:
            wanted["dawn" if link.kind in _FROM_START else "exit"].add(link.predecessor)
        if link.successor in above and link.kind in _INTO_START:
            wanted["entrance"].add(link.successor)
    summaries = [row for row in plan.activities if row.uid in above]
    constrained = {row.uid for row in summaries if row.constraint is not None}
    wanted["entrance"] |= constrained
    wanted["exit"] |= constrained | {row.uid for row in summaries if row.deadline is not None}
    found: list[GateKey] = []
    for uid in net.summaries:
        for kind, uids in wanted.items():
            if uid in uids or net.parents.get(uid) in uids:
                uids.add(uid)
                found.append((uid, kind))
    return found
