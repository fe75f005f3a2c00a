"""A long drawing on several sheets: a phase that goes on says so at the top of the next."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from tospann.planning.drawing.bars import Bar


def sheets(bars: Sequence[Bar], most: int) -> list[list[Bar]]:
    """The rows of each sheet, at most ``most`` on one; a phase that begins low begins the next."""
    found: list[list[Bar]] = []
    rest, phase = list(bars), None
    while rest:
        sheet: list[Bar] = []
        if phase is not None and not rest[0].is_heading:
            sheet.append(replace(phase, name=_("%(name)s (continued)") % {"name": phase.name}))
        room = max(1, most - len(sheet))
        some = rest[:room]
        if len(some) < len(rest):
            some = _until_a_phase(some)
        rest = rest[len(some) :]
        phase = next((one for one in reversed(some) if one.is_heading), phase)
        found.append(sheet + some)
    return found or [[]]


def _until_a_phase(rows: list[Bar]) -> list[Bar]:
    """The rows before a heading in the last fifth, if there is one."""
    lowest = max(1, len(rows) * 4 // 5)
    cut = next((place for place in range(lowest, len(rows)) if rows[place].is_heading), len(rows))
    return rows[:cut]
