"""The hash of a plan's content, found anew after a change from what is known of the plan before.

The same as ``planengine.content_hash``: the rows an edit leaves alone are not written out again.
"""

import hashlib
import json
from dataclasses import replace
from typing import Any, NamedTuple

import planengine as engine
from planengine.codec import canonical, encoder, to_json
from tospann.planning.kept import Kept

LARGE = 500
"""Activities from which it is worth remembering how they are written."""
MOST_KEPT = 4


class _Written(NamedTuple):
    """How the rows of one plan are written; the plan is kept so that its identity stays its own."""

    plan: engine.Plan
    activities: dict[int, tuple[engine.Activity, bytes]]
    lists: dict[str, tuple[Any, bytes]]


_kept = Kept[int, _Written](MOST_KEPT)
_LISTS = ("assignments", "calendars", "links", "resources")


def content_hash(plan: engine.Plan, before: engine.Plan | None = None) -> str:
    """``before`` is the plan it was made from, if any."""
    if len(plan.activities) < LARGE:
        return engine.content_hash(plan)
    # Any will do: only rows that are the very same are taken along.
    near = _kept.get(id(before)) or _kept.latest()
    written = _kept.put(id(plan), _written(plan, near))
    return hashlib.sha256(_whole(plan, written)).hexdigest()


def _written(plan: engine.Plan, near: _Written | None) -> _Written:
    known = near.activities if near else {}
    encode = encoder(engine.Activity)
    activities = {}
    for one in plan.activities:
        found = known.get(one.uid)
        if found is None or found[0] is not one:
            found = (one, canonical(encode(one)))
        activities[one.uid] = found
    lists = {}
    for name in _LISTS:
        value = getattr(plan, name)
        old = near.lists[name] if near else None
        same = old is not None and old[0] is value
        lists[name] = old if old and same else (value, canonical(_list(plan, name)))
    return _Written(plan, activities, lists)


def _list(plan: engine.Plan, name: str) -> Any:
    bare = engine.Plan(**{name: getattr(plan, name)})
    return to_json(bare).get(name)


def _whole(plan: engine.Plan, written: _Written) -> bytes:
    """What ``canonical`` makes of the plan: keys in order, what is usual left out."""
    bare = replace(plan, activities=(), links=(), calendars=(), resources=(), assignments=())
    parts = {name: canonical(value) for name, value in to_json(bare).items()}
    parts |= {name: text for name, (value, text) in written.lists.items() if value}
    rows = b",".join(text for _one, text in written.activities.values())
    parts["activities"] = b"[" + rows + b"]"
    fields = (json.dumps(name).encode() + b":" + parts[name] for name in sorted(parts))
    return b"{" + b",".join(fields) + b"}"
