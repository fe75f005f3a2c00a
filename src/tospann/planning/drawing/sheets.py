"""A long drawing on several sheets: a phase that goes on says so at the top of the next."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from tospann.planning.drawing.bars import Bar


def sheets(bars: Sequence[Bar], most: int) -> list[list[Bar]]:
    """The rows of each sheet, at most ``most`` on one; no heading stands alone at the foot."""
    found: list[list[Bar]] = []
    rest, phase = list(bars), None
    while rest:
        sheet: list[Bar] = []
        if phase is not None and not rest[0].is_heading:
            sheet.append(replace(phase, name=_("%(name)s (continued)") % {"name": phase.name}))
        room = max(1, most - len(sheet))
        some = rest[:room]
        while len(some) > 1 and len(some) < len(rest) and some[-1].is_heading:
            some.pop()
        rest = rest[len(some) :]
        phase = next((one for one in reversed(some) if one.is_heading), phase)
        found.append(sheet + some)
    return found or [[]]
