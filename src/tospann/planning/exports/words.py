"""A drawing in words, for whoever does not see it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.planning.drawing import Bar
from tospann.planning.models import Kind

_MOST_SAID = 1500


def said(rows: Sequence[Bar]) -> str:
    """How many rows, and the phases and milestones with their dates."""
    count = ngettext("%(num)s row.", "%(num)s rows.", len(rows)) % {"num": len(rows)}
    told = [
        f"{one.name}: {' – '.join(filter(None, one.cells[:2]))}"
        for one in rows
        if one.is_heading or one.kind == Kind.MILESTONE
    ]
    return f"{_('Gantt chart')}. {count} {'; '.join(told)}"[:_MOST_SAID]
