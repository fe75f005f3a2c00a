"""Changing one thing in a pack's definition, and what must follow it. Pure: data in, data out.

What does not fit together afterwards is refused when the definition is checked.
"""

import copy
import re
from typing import Any

from tospann.foundation.errors import Gone

Definition = dict[str, Any]
IDS = {
    "phases": "key",
    "gates": "key",
    "folders": "number",
    "tolerances": "area",
    "roles": "role",
    "budget": "code",
}
"""Parts that are lists, and what names an entry. Others are named by their place."""
WHOLE = ("name", "description")
OUTCOMES = ("proceed", "rework", "hold", "stop")


def entry(definition: Definition, part: str, item: str) -> dict[str, Any]:
    """One entry of a part; Gone when there is none."""
    found: dict[str, Any] = _list(definition, part)[_place(definition, part, item)]
    return found


def changed(definition: Definition, part: str, item: str, value: dict[str, Any]) -> Definition:
    """With new values for an entry; what the values do not mention stays."""
    after = copy.deepcopy(definition)
    entries, place = _list(after, part), _place(after, part, item)
    entries[place] = {**entries[place], **value}
    return after


def added(definition: Definition, part: str, value: dict[str, Any]) -> Definition:
    """With one more entry. A gate gets its milestone in the plan."""
    after = copy.deepcopy(definition)
    entries = _list(after, part)
    base = part.partition(":")[0]
    if base in {"phases", "gates", "criteria"} and "key" not in value:
        name = value.get("name") or value.get("text") or {}
        value = {"key": _free(name.get("en", base), {one["key"] for one in entries}), **value}
    entries.append(value)
    if base == "gates":
        _add_milestone(after, value)
    if base == "budget":
        entries.sort(key=lambda one: str(one["code"]))
    if base == "folders":
        entries.sort(key=lambda one: [int(number) for number in one["number"].split(".")])
    return after


def removed(definition: Definition, part: str, item: str) -> Definition:
    """Without an entry, and without what only pointed at it."""
    after = copy.deepcopy(definition)
    gone = _list(after, part).pop(_place(after, part, item))
    if part == "gates":
        _remove_milestone(after, gone["key"])
    if part == "phases":
        _forget_phase(after, gone["key"])
    return after


def moved(definition: Definition, part: str, item: str, step: int) -> Definition:
    """With an entry one place up (-1) or down (1)."""
    after = copy.deepcopy(definition)
    entries, place = _list(after, part), _place(after, part, item)
    to = min(max(place + step, 0), len(entries) - 1)
    entries.insert(to, entries.pop(place))
    return after


def _list(definition: Definition, part: str) -> list[dict[str, Any]]:
    """The entries of a part; ``criteria:bp3`` is the checklist of a gate."""
    name, _colon, gate = part.partition(":")
    found = entry(definition, "gates", gate)["criteria"] if gate else definition.get(name)
    if not isinstance(found, list):
        raise Gone
    return found


def _place(definition: Definition, part: str, item: str) -> int:
    entries = _list(definition, part)
    name = "key" if ":" in part else IDS.get(part)
    places = [
        place
        for place, one in enumerate(entries)
        if (str(one.get(name)) if name else str(place)) == item
    ]
    if not places:
        raise Gone
    return places[0]


def _free(text: str, taken: set[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:60]
    base = words if words[:1].isalpha() else f"x_{words}".rstrip("_")
    number, key = 2, base
    while key in taken:
        number, key = number + 1, f"{base}_{number}"
    return key


def _add_milestone(definition: Definition, gate: dict[str, Any]) -> None:
    plan = definition["plan"]
    above = next((one["key"] for one in plan if one.get("phase") == gate["after"]), None)
    inside = [place for place, one in enumerate(plan) if above in (one["key"], one.get("parent"))]
    line = {
        "key": _free(f"gate_{gate['key']}", {one["key"] for one in plan}),
        "name": gate["name"],
        "kind": "milestone",
        "gate": gate["key"],
        "parent": above,
    }
    plan.insert(max(inside, default=len(plan) - 1) + 1, line)


def _remove_milestone(definition: Definition, gate: str) -> None:
    plan = definition["plan"]
    gone = {one["key"] for one in plan if one.get("gate") == gate}
    definition["plan"] = [one for one in plan if one["key"] not in gone]
    for one in definition["plan"]:
        before = one.get("predecessors") or []
        one["predecessors"] = [link for link in before if link["item"] not in gone]


def _forget_phase(definition: Definition, phase: str) -> None:
    for one in [*definition["plan"], *definition["folders"], *definition.get("budget", ())]:
        if one.get("phase") == phase:
            one["phase"] = None
    for series in definition["meetings"]:
        series["phases"] = [key for key in series["phases"] if key != phase]
