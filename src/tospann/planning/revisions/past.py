"""The rows of a plan as it was, narrowed and shown as the pages of the plan show today's."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from tospann.foundation.errors import Gone
from tospann.people.models import Person
from tospann.planning import dating, queries
from tospann.planning.models import Kind, State
from tospann.planning.projection import Row as PlanRow
from tospann.planning.queries import PAGE, Filters, Link, Page, Row, Whole
from tospann.planning.store import Loaded


def activities(
    loaded: Loaded, filters: Filters, day: date, number: int = 1, size: int = PAGE
) -> Page:
    """One page of the plan in outline order: at most one query, for the names of people."""
    found = list(filter(_wanted(loaded, filters, day), loaded.rows.values()))
    pages = max(1, -(-len(found) // size))
    number = min(max(number, 1), pages)
    part = found[(number - 1) * size : number * size]
    return Page(shown(part, day), number, pages, len(found))


def milestones(rows: Mapping[int, PlanRow], day: date) -> list[Row]:
    """Every milestone by date."""
    found = [row for row in rows.values() if row.kind == Kind.MILESTONE and row.is_active]
    found.sort(key=lambda row: (row.finish is None, row.finish or day))
    return shown(found, day)


def shown(rows: list[PlanRow], day: date) -> list[Row]:
    """Rows as pages show them on that day, the responsible people by name."""
    names = _names({row.responsible_id for row in rows if row.responsible_id})
    return queries.shown(
        ({**row._asdict(), "responsible__name": names.get(row.responsible_id, "")} for row in rows),
        day,
    )


def _names(people: set[UUID]) -> dict[UUID | None, str]:
    if not people:
        return {}
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))


def _wanted(loaded: Loaded, filters: Filters, day: date) -> Callable[[PlanRow], bool]:
    rows = loaded.rows
    critical = dating.critical(loaded) if filters.state == "critical" else frozenset()
    tests: list[Callable[[PlanRow], bool]] = []
    if filters.text:
        text = filters.text[:200].lower()
        tests.append(lambda row: text in row.name.lower())
    if filters.kind:
        tests.append(lambda row: row.kind == filters.kind)
    if filters.responsible:
        tests.append(lambda row: row.responsible_id == filters.responsible)
    if filters.under is not None:
        inside = _within(rows, filters.under)
        tests.append(lambda row: row.uid in inside)
    if filters.state == "critical":
        tests.append(lambda row: row.uid in critical)
    elif filters.state:
        tests.append(_state(filters.state, day))
    return lambda row: all(test(row) for test in tests)


def _state(state: str, day: date) -> Callable[[PlanRow], bool]:
    if state == "open":
        return lambda row: row.state != State.DONE
    if state == "late":
        return lambda row: _is_late(row, day)
    return lambda row: row.state == state


def _is_late(row: PlanRow, day: date) -> bool:
    is_open = row.is_active and row.kind != Kind.SUMMARY and row.state != State.DONE
    return bool(is_open and row.finish and row.finish < day)


def _within(rows: Mapping[int, PlanRow], top: int) -> set[int]:
    """A summary and what lies below it; parents stand before their children."""
    inside = {top} & rows.keys()
    for row in rows.values():
        if row.parent_uid in inside:
            inside.add(row.uid)
    return inside


def task(loaded: Loaded, uid: int, day: date) -> Whole:
    """One activity with its surroundings; 404 when the plan did not have it."""
    content = next((one for one in loaded.plan.activities if one.uid == uid), None)
    if content is None:
        raise Gone
    row = loaded.rows[uid]
    ends = [(one.predecessor, one.successor, str(one.kind)) for one in loaded.plan.links]
    return Whole(
        row=shown([row], day)[0],
        content=content,
        parents=shown(_above(loaded.rows, row), day),
        predecessors=[_end(loaded.rows, one, kind) for one, to, kind in ends if to == uid],
        successors=[_end(loaded.rows, to, kind) for one, to, kind in ends if one == uid],
    )


def _above(rows: Mapping[int, PlanRow], row: PlanRow) -> list[PlanRow]:
    found: list[PlanRow] = []
    while row.parent_uid is not None:
        row = rows[row.parent_uid]
        found.insert(0, row)
    return found


def _end(rows: Mapping[int, PlanRow], uid: int, kind: str) -> Link:
    return Link(uid, rows[uid].number, rows[uid].name, kind)
