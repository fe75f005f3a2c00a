"""From rows of a spreadsheet to a plan: outline, dates, durations, progress and dependencies."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import isfinite

import planengine as engine
from planengine.formats.account import Account, ImportResult
from planengine.instants import DAY
from tospann.planning.editor.typed import links_to
from tospann.planning.skeleton import ENDS, WORKING_DAY, PlannedRow, empty_plan, outline_edits
from tospann.planning.spreadsheet import headings
from tospann.planning.spreadsheet.cells import MOST_ROWS, Value, rows_of
from tospann.planning.spreadsheet.failure import Unreadable

__all__ = ["Unreadable", "read"]
LONGEST_NAME, MOST_DAYS, DEEPEST = 500, 20_000, 50
_MILESTONES = {"milepæl", "milestone", "ja", "yes", "1", "x", "true", "sann"}
_WEEKS = ("u", "w")
_MONTHS = ("mnd", "må", "mo")
_DURATION = re.compile(r"([\d.,]+)\s*(\w*)\??")
_EXCEL_BEGINS = date(1899, 12, 30)


@dataclass(frozen=True)
class _Line:
    """A row of the file as a row of a plan, with what it waits for as it was written."""

    where: str
    number: str
    row: PlannedRow
    days: float | None
    deadline: date | None
    before: str
    responsible: str


def read(data: bytes) -> ImportResult:
    """The plan in a workbook (.xlsx) or a text file; raises ``Unreadable``."""
    rows = rows_of(data)
    found = headings.find(rows)
    if found is None:
        raise Unreadable("headings")
    place, columns = found
    account = Account()
    lines = [
        line
        for number, row in enumerate(rows[place + 1 :], place + 2)
        if (line := _line(row, columns, f"Rad {number}", account)) is not None
    ]
    if not lines:
        raise Unreadable("empty")
    if len(lines) > MOST_ROWS:
        raise Unreadable("rows", MOST_ROWS)
    plan = _linked(_built(lines), lines, account)
    account.keep("activity", len(plan.activities))
    account.keep("link", len(plan.links))
    return ImportResult(plan, account.kept, account.losses(), tuple(account.warnings))


def _line(
    row: Sequence[Value], columns: Mapping[str, int], where: str, account: Account
) -> _Line | None:
    cells = {key: row[at] for key, at in columns.items() if at < len(row)}
    raw = _text(cells.get("name"))
    name = raw.strip()[:LONGEST_NAME]
    if not name:
        account.lose("blank_row", where, where, any(value is not None for value in row))
        return None
    start, finish = (_day(cells.get(key), where, account) for key in ("start", "finish"))
    if start and finish and finish < start:
        account.warn("finish.before_start", where)
        finish = start
    days = _days(cells.get("days"), where, account)
    is_point = _is_milestone(cells, days)
    number = _number(cells.get("number"))
    planned = PlannedRow(
        name=name,
        level=_level(cells.get("level"), number, raw),
        start=start,
        finish=finish,
        milestone=is_point,
        percent=_percent(cells.get("percent"), where, account),
        notes=_text(cells.get("notes"))[:20_000],
    )
    responsible, before = _text(cells.get("responsible")), _text(cells.get("before"))
    deadline = _day(cells.get("deadline"), where, account)
    return _Line(where, number, planned, days, deadline, before, responsible)


def _text(value: Value) -> str:
    """As people see it; the apostrophe that keeps a spreadsheet from running it is left out."""
    text = _number(value) if isinstance(value, float) else str(value or "")
    kept = "".join(one for one in text if one >= " " or one in "\n\t")
    return kept[1:] if re.match(r"'[=+@\t-]", kept) else kept


def _number(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    return str(value or "").strip().rstrip(".")


def _level(value: Value, number: str, name: str) -> int:
    """As said; else by the dots of the number; else by the spaces before the name."""
    text = _number(value)
    if text.isdigit() and len(text) < 4:
        return min(max(1, int(text)), DEEPEST)
    if re.fullmatch(r"\d+(\.\d+)*", number):
        return min(number.count(".") + 1, DEEPEST)
    return min(1 + (len(name) - len(name.lstrip())) // 2, DEEPEST)


def _is_milestone(cells: Mapping[str, Value], days: float | None) -> bool:
    words = {_text(cells.get(key)).strip().lower() for key in ("kind", "milestone")}
    return bool(words & _MILESTONES) or days == 0


def _day(value: Value, where: str, account: Account) -> date | None:
    if isinstance(value, date):
        return value if 1900 < value.year < 3000 else None
    if isinstance(value, float):
        return _EXCEL_BEGINS + timedelta(days=int(value)) if 1 <= value < 400_000 else None
    text = _text(value).strip()
    if not text:
        return None
    found = _read_day(text)
    if found is None:
        account.lose("field", where, text[:40])
    return found


def _read_day(text: str) -> date | None:
    match = re.match(r"\D*(\d{4})-(\d\d?)-(\d\d?)", text)
    if match:
        parts = int(match[1]), int(match[2]), int(match[3])
    else:
        match = re.match(r"\D*(\d\d?)[./-](\d\d?)[./-](\d{4}|\d\d)\b", text)
        if match is None:
            return None
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        parts = year, int(match[2]), int(match[1])
    try:
        found = date(*parts)
    except ValueError:
        return None
    return found if 1900 < found.year < 3000 else None


def _days(value: Value, where: str, account: Account) -> float | None:
    if value is None:
        return None
    if isinstance(value, float):
        return value if 0 <= value <= MOST_DAYS else None
    found = _DURATION.match(_text(value).strip().lower())
    amount = _decimal(found[1]) if found else None
    if found is None or amount is None:
        account.lose("field", where, _text(value)[:40])
        return None
    unit = found[2]
    days = amount * (20 if unit.startswith(_MONTHS) else 5 if unit.startswith(_WEEKS) else 1)
    if unit.startswith(("t", "h")):
        days = amount / 7.5
    return days if days <= MOST_DAYS else None


def _decimal(text: str) -> float | None:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) else None


def _percent(value: Value, where: str, account: Account) -> float:
    if value is None:
        return 0.0
    amount = value if isinstance(value, float) else _decimal(_text(value).strip(" %\xa0\u202f"))
    if amount is None:
        account.lose("field", where, _text(value)[:40])
        return 0.0
    return min(max(round(amount, 2), 0.0), 100.0)


def _built(lines: Sequence[_Line]) -> engine.Plan:
    days = [day for line in lines for day in (line.row.start, line.row.finish) if day]
    plan = empty_plan("", min(days, default=datetime.now(UTC).date()), max(days, default=None))
    edits = [engine.edit_from_json(one) for one in outline_edits([line.row for line in lines])]
    made = engine.apply_all(plan, edits)
    known = dict(enumerate(lines, 1))
    parents = {one.parent for one in made.activities}
    rows = tuple(_completed(one, known[one.uid], one.uid in parents) for one in made.activities)
    return replace(made, activities=rows)


def _completed(one: engine.Activity, line: _Line, is_summary: bool) -> engine.Activity:
    """With what a planned row has no place for; a summary adds up what lies below it."""
    deadline = None if line.deadline is None else engine.day(line.deadline) * DAY + ENDS
    if is_summary:
        return engine.Activity(
            uid=one.uid, name=one.name, parent=one.parent, notes=one.notes, deadline=deadline
        )
    duration, is_known = one.duration, line.row.start and line.row.finish
    if line.days is not None and not one.milestone and not is_known:
        duration = round(line.days * WORKING_DAY)
    waits = bool(line.before.strip())
    constraint = None if waits else one.constraint
    return replace(one, duration=duration, deadline=deadline, constraint=constraint)


def _linked(plan: engine.Plan, lines: Sequence[_Line], account: Account) -> engine.Plan:
    """With the links that fit: each is tried by itself, and what does not fit is told."""
    numbers = {uid: line.number or str(uid) for uid, line in enumerate(lines, 1)}
    outline = engine.Outline(plan)
    links: dict[tuple[int, int, str], engine.Link] = {}
    for uid, line in enumerate(lines, 1):
        account.lose("person", line.where, line.responsible[:40], bool(line.responsible))
        for part in filter(None, (one.strip() for one in re.split(r"[;,](?!\d)", line.before))):
            link = _link(part, uid, numbers, plan)
            if link is None:
                account.warn("link.unknown", line.where, part[:40])
            elif outline.is_within(link.predecessor, uid) or outline.is_within(
                uid, link.predecessor
            ):
                account.warn("link.ancestor", line.where, part[:40])
            else:
                links[link.predecessor, link.successor, str(link.kind)] = link
    return replace(plan, links=tuple(links.values()))


def _link(part: str, uid: int, numbers: Mapping[int, str], plan: engine.Plan) -> engine.Link | None:
    for language in ("nb", "en"):
        try:
            found = links_to(part, uid, numbers, plan, language)
        except ValueError:
            continue
        return found[0] if found else None
    return None
