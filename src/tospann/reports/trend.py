"""The history of a project's states as a drawing: shapes on a line, with a table beside it."""

from collections.abc import Iterable
from typing import Any

from tospann.reports.models import SignedReport

Data = dict[str, Any]
STEP, LINE, LEFT = 64, 28, 120
MOST = 12


def history(signed: Iterable[SignedReport]) -> Data:
    """Rows (overall and each area) × reports (oldest first), with where each shape is drawn."""
    found = sorted(signed, key=lambda one: one.number)[-MOST:]
    labels: dict[str, str] = {}
    states: list[dict[str, Data]] = []
    for one in found:
        every = [one.content["overall"], *one.content["areas"]]
        states.append({area["area"]: area for area in every})
        labels |= {area["area"]: area["label"] for area in every}
    rows = [
        {
            "label": text,
            "y": LINE * (place + 1) + 6,
            "states": [
                {"x": LEFT + STEP * number + STEP // 2, **_state(state.get(area))}
                for number, state in enumerate(states)
            ],
        }
        for place, (area, text) in enumerate(labels.items())
    ]
    heads = [
        {"number": one.number, "on": one.figures_on, "x": LEFT + STEP * place + STEP // 2}
        for place, one in enumerate(found)
    ]
    width, height = LEFT + STEP * len(found), LINE * (len(rows) + 1)
    return {"rows": rows, "heads": heads, "width": width, "height": height}


def _state(area: Data | None) -> Data:
    if area is None:
        return {"light": "none", "is_override": False}
    return {"light": area["light"], "is_override": area["is_override"]}
