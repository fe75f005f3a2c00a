"""The finish, the milestones and the critical path, before and after."""

from collections.abc import Iterable, Mapping
from datetime import date

import planengine as engine
from planengine.compare import critical_path
from tospann.cases.consequences import Moved, Path, Step, When
from tospann.planning import dating
from tospann.planning.models import Kind
from tospann.planning.prepare import Prepared
from tospann.planning.projection import Row, working_days
from tospann.planning.store import Loaded

MOST_STEPS = 40
"""Activities of a critical path that are named one by one."""


def finish(tried: Prepared) -> Moved:
    """The plan's finish."""
    before, after = tried.before.finish, tried.after.finish
    days = working_days(before, after)
    return Moved(None, "", "", When(before), When(after), days)


def milestones(tried: Prepared) -> tuple[Moved, ...]:
    """Every milestone of either plan, by the day it has afterwards."""
    before, after = _milestones(tried.before.rows), _milestones(tried.after.rows)
    found = [_moved(before.get(uid), after.get(uid)) for uid in {**after, **before}]
    return tuple(sorted(found, key=lambda one: (one.after.plan or date.max, one.number)))


def _milestones(rows: Mapping[int, Row]) -> dict[int, Row]:
    return {uid: row for uid, row in rows.items() if row.kind == Kind.MILESTONE and row.is_active}


def _moved(before: Row | None, after: Row | None) -> Moved:
    row = after or before
    assert row is not None
    was, then = (one.finish if one else None for one in (before, after))
    days = working_days(was, then)
    return Moved(row.uid, row.number, row.name, When(was), When(then), days)


def path(tried: Prepared) -> Path:
    """The critical path of both plans: which activities came onto it, and which left."""
    before, after = (_critical(one) for one in (tried.before, tried.after))
    was, now = set(before), set(after)
    return Path(
        before=_steps(tried.before.rows, before),
        after=_steps(tried.after.rows, after),
        entered=_steps(tried.after.rows, (uid for uid in after if uid not in was)),
        left=_steps(tried.before.rows, (uid for uid in before if uid not in now)),
        count_before=len(before),
        count_after=len(after),
    )


def _critical(loaded: Loaded) -> tuple[int, ...]:
    found: engine.Schedule | None = dating.schedule_of(loaded)
    return () if found is None else critical_path(found)


def _steps(rows: Mapping[int, Row], uids: Iterable[int]) -> tuple[Step, ...]:
    shown = [rows[uid] for uid in uids if uid in rows][:MOST_STEPS]
    return tuple(Step(row.uid, row.number, row.name) for row in shown)
