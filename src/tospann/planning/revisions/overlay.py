"""Two plans in one drawing: the later as bars, where the earlier stood as outlines over them."""

from collections.abc import Collection, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

import planengine as engine
from tospann.planning.dating import schedule_of
from tospann.planning.drawing import Bar, Look, gantt
from tospann.planning.drawing.bars import Span
from tospann.planning.drawing.rows import days_off
from tospann.planning.models import Kind
from tospann.planning.revisions.comparing import Differs
from tospann.planning.store import Loaded


def drawn(
    rows: Sequence[Differs], before: Loaded, after: Loaded, language: str, title: str
) -> SafeString | None:
    """The rows in time, what was removed as an outline alone; nothing when none has dates."""
    uids = {row.uid for row in rows}
    was, now = _spans(before, uids), _spans(after, uids)
    reach = [*was.values(), *now.values()]
    if not reach:
        return None
    look = Look(
        width=1240,
        row=24,
        text=12,
        name_width=300,
        language=language,
        off=days_off(
            after.plan, Span(min(one.start for one in reach), max(one.finish for one in reach))
        ),
        title=title,
        description=_("Bars show the later plan, outlines the earlier. The table below says all."),
        id="compare",
    )
    overlay = {row.uid: was[row.uid] for row in rows if row.change == "changed" and row.uid in was}
    return gantt([_bar(row, was, now, after) for row in rows], overlay=overlay, look=look)


def _spans(loaded: Loaded, uids: Collection[int]) -> dict[int, Span]:
    """When those of the tasks that have dates begin and end."""
    found = schedule_of(loaded)
    by_uid = {one.uid: one for one in loaded.plan.activities if one.uid in uids}
    spans = {}
    for uid, one in by_uid.items():
        start, finish = one.start, one.finish
        if loaded.rows[uid].kind == Kind.SUMMARY and found is not None:
            start, finish = found[uid][1:3]
        if start is not None and finish is not None:
            spans[uid] = Span(start, max(start, finish))
    return spans


def _bar(row: Differs, was: dict[int, Span], now: dict[int, Span], after: Loaded) -> Bar:
    found = schedule_of(after)
    gone = row.change == "removed"
    side = row.after or row.before
    return Bar(
        uid=row.uid,
        number=row.number,
        name=row.name or _("(no name)"),
        level=row.level,
        kind=row.kind,
        span=(was if gone else now).get(row.uid),
        percent=side.percent if side else 0,
        is_critical=not gone and _is_critical(found, row),
        is_active=side is None or side.is_active,
        note=_note(row),
        change=row.change,
    )


def _is_critical(found: engine.Schedule | None, row: Differs) -> bool:
    return found is not None and row.kind != Kind.SUMMARY and found[row.uid].is_critical


def _note(row: Differs) -> str:
    if row.change == "removed":
        return _("removed")
    return _("new") if row.change == "added" else f"{row.days:+d} d" if row.days else ""
