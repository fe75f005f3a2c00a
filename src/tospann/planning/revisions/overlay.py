"""Two plans in one drawing: the later as bars, where the earlier stood as outlines over them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tospann.planning.drawing import Bar, Look, chart_of, gantt
from tospann.planning.drawing.bars import Span
from tospann.planning.revisions.comparing import Differs
from tospann.planning.store import Loaded


def drawn(
    rows: Sequence[Differs], before: Loaded, after: Loaded, language: str, title: str
) -> SafeString | None:
    """The rows in time, what was removed as an outline alone; nothing when none has dates."""
    was, now = chart_of(before, {}, language), chart_of(after, {}, language)
    old, new = _by_uid(was.bars), _by_uid(now.bars)
    bars = [_bar(row, old, new) for row in rows]
    overlay = {row.uid: _span(old[row.uid]) for row in rows if row.change == "changed"}
    found = {uid: span for uid, span in overlay.items() if span is not None}
    if not any(bar.span for bar in bars) and not found:
        return None
    look = Look(
        width=1240,
        row=24,
        text=12,
        name_width=300,
        language=language,
        off=was.off | now.off,
        title=title,
        description=_("Bars show the later plan, outlines the earlier. The table below says all."),
        id="compare",
    )
    return gantt(bars, overlay=found, look=look)


def _by_uid(bars: Sequence[Bar]) -> dict[int, Bar]:
    return {bar.uid: bar for bar in bars}


def _bar(row: Differs, old: Mapping[int, Bar], new: Mapping[int, Bar]) -> Bar:
    bar = old[row.uid] if row.change == "removed" else new[row.uid]
    return replace(bar, cells=(), note=_note(row), change=row.change)


def _note(row: Differs) -> str:
    if row.change == "removed":
        return _("removed")
    return _("new") if row.change == "added" else f"{row.days:+d} d" if row.days else ""


def _span(bar: Bar) -> Span | None:
    return bar.span
