"""The alternatives of a case side by side: one row for each figure, one column for each way."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.cases.consequences import Amount, Consequences, Moved, Promised, concerns
from tospann.cases.models import OPEN_STATES, Alternative, Case
from tospann.foundation.authority import Actor
from tospann.projects.queries import visible_projects
from tospann.ui import formats
from tospann.ui.jinja import language

MOST_ROWS = 12
"""Milestones and promised days that are compared; those that differ most come first."""


@dataclass(frozen=True)
class Cell:
    """A figure, what it differs from today by, and whether that is better or worse."""

    text: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """An alternative; ``found`` is empty while its figures are being computed."""

    key: str
    title: str
    is_recommended: bool
    found: Consequences | None
    computed_at: Any = None


@dataclass(frozen=True)
class Line:
    """One figure in every column."""

    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Comparison:
    """The alternatives, and what they are compared by."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    is_computing: bool


def side_by_side(case: Case, rows: Iterable[Alternative], actor: Actor) -> Comparison | None:
    """The consequences of these alternatives; None when they have none of the computed kind."""
    listed = list(rows)
    if not any(concerns(row.operations) or row.consequences for row in listed):
        return None
    figures = for_reader([stored(row) for row in listed], actor)
    columns = tuple(
        Column(
            key=row.key,
            title=row.title,
            is_recommended=row.key == case.recommended,
            found=found,
            computed_at=row.computed_at,
        )
        for row, found in zip(listed, figures, strict=True)
    )
    stale = any(one.found is None or one.computed_at is None for one in columns)
    # The figures of a closed case stay as they were.
    return Comparison(columns, tuple(_lines(columns)), stale and case.state in OPEN_STATES)


def stored(row: Alternative) -> Consequences | None:
    """The figures of an alternative, once they are computed."""
    return Consequences.from_json(row.consequences) if row.consequences else None


def for_reader(figures: Sequence[Consequences | None], actor: Actor) -> list[Consequences | None]:
    """The figures without the names of projects the actor does not see: at most one query."""
    hit = {one.project for found in figures if found for one in found.hits}
    seen: Collection[UUID] = frozenset()
    if hit:
        visible = visible_projects(actor).filter(pk__in=hit)
        seen = frozenset(visible.values_list("pk", flat=True))
    return [found.with_projects(seen) if found else None for found in figures]


Reader = Callable[[Consequences], Cell | None]


def _lines(columns: Sequence[Column]) -> list[Line]:
    found = [one.found for one in columns if one.found]
    certain = _("%(chance)s certain by") % {"chance": chance_text(0.8)}
    always = [
        _line(_("Finish"), columns, lambda one: _planned(one.finish)),
        _line(certain, columns, lambda one: _certain(one.finish)),
        _line(_("Promises broken"), columns, _broken),
        _line(_("Budget"), columns, _budget),
        _line(_("Forecast at completion"), columns, _forecast),
    ]
    if_different = [
        *_milestones(columns, found),
        *_promises(columns, found),
        _line(_("Reserves left"), columns, _reserves),
        _line(_("Critical path"), columns, _path),
        _line(_("Overloaded person-days"), columns, _overload),
        _line(_("Collisions in other projects"), columns, _collisions),
        _line(_("People to inform"), columns, lambda one: Cell(str(len(one.informed)))),
    ]
    told = [line for line in always if any(line.cells)]
    return told + [line for line in if_different if len({*line.cells} - {None}) > 1]


def _line(label: str, columns: Sequence[Column], read: Reader) -> Line:
    return Line(label, tuple(read(one.found) if one.found else None for one in columns))


def _milestones(columns: Sequence[Column], found: Sequence[Consequences]) -> list[Line]:
    """The milestones that any alternative moves, the farthest first."""
    moves: dict[int, tuple[int, str]] = {}
    for one in (row for each in found for row in each.milestones):
        if one.uid is not None and (one.days or one.p80_days):
            most = max(abs(one.days), abs(one.p80_days), moves.get(one.uid, (0, ""))[0])
            moves[one.uid] = (most, one.name)
    uids = sorted(moves, key=lambda uid: -moves[uid][0])[:MOST_ROWS]
    return [
        _line(moves[uid][1], columns, lambda one, uid=uid: _milestone(one, uid))  # type: ignore[misc]  # a default binds the uid
        for uid in uids
    ]


def _milestone(found: Consequences, uid: int) -> Cell | None:
    one = next((row for row in found.milestones if row.uid == uid), None)
    if one is None or one.days or one.after.p80 is None:
        return _planned(one) if one else None
    words = {"chance": chance_text(0.8), "day": _day(one.after.p80)}
    said = [_("%(chance)s certain by %(day)s") % words, moved_text(one.p80_days)]
    tone = "worse" if one.p80_days > 0 else "better" if one.p80_days < 0 else ""
    return Cell(
        _day(one.after.plan) if one.after.plan else "–", ", ".join(filter(None, said)), tone
    )


def _promises(columns: Sequence[Column], found: Sequence[Consequences]) -> list[Line]:
    """The chance of keeping each promised day, where it differs or is not certain."""
    told: dict[tuple[Any, ...], Promised] = {}
    for one in (row for each in found for row in each.promised):
        differs = one.before != one.after or one.chance_before != one.chance_after
        uncertain = one.chance_after is not None and one.chance_after < 1
        if differs or one.breaks_after or uncertain:
            told.setdefault(_key(one), one)
    return [
        _line(_promise_label(one), columns, lambda each, key=key: _chance(each, key))  # type: ignore[misc]  # a default binds the key
        for key, one in list(told.items())[:MOST_ROWS]
    ]


def _key(one: Promised) -> tuple[Any, ...]:
    return one.kind, one.uid, one.name, one.due


def _promise_label(one: Promised) -> str:
    words = {"name": promise_name(one), "day": _day(one.due)}
    if one.chance_after is None:
        return _("%(name)s by %(day)s") % words
    return _("Chance of %(name)s by %(day)s") % words


def promise_name(one: Promised) -> str:
    """A promised day as people speak of it."""
    if one.kind == "project":
        return _("The project's finish")
    if one.kind == "promise":
        return _("%(promise)s (promised to %(whom)s)") % {"promise": one.name, "whom": one.whom}
    return one.name


def _chance(found: Consequences, key: tuple[Any, ...]) -> Cell | None:
    one = next((row for row in found.promised if _key(row) == key), None)
    if one is None:
        return None
    tone = "worse" if one.is_broken else ""
    late = _("not kept as planned") if one.breaks_after else ""
    if one.chance_after is None:
        return Cell(late or _("kept as planned"), "", tone)
    fell = one.chance_after - (one.chance_before or 0)
    tone = tone or ("worse" if fell < -0.005 else "better" if fell > 0.005 else "")
    return Cell(chance_text(one.chance_after), late, tone)


def chance_text(chance: float) -> str:
    """0.834 → “83 %”."""
    return formats.percent(round(100 * chance), language())


def _planned(one: Moved) -> Cell:
    return _moved(one.after.plan, one.days)


def _certain(one: Moved) -> Cell | None:
    return _moved(one.after.p80, one.p80_days) if one.after.p80 else None


def _moved(day: date | None, days: int) -> Cell:
    tone = "worse" if days > 0 else "better" if days < 0 else ""
    return Cell(_day(day) if day else _("removed"), moved_text(days), tone)


def moved_text(days: int) -> str:
    """How far something moves, in words; empty when it does not."""
    if not days:
        return ""
    words = ngettext("%(num)s working day later", "%(num)s working days later", days)
    if days < 0:
        words = ngettext("%(num)s working day earlier", "%(num)s working days earlier", -days)
    return words % {"num": abs(days)}


def _broken(found: Consequences) -> Cell:
    names = ", ".join(promise_name(one) for one in found.broken[:3])
    return Cell(str(len(found.broken)), names, "worse" if found.broken else "")


def _budget(found: Consequences) -> Cell | None:
    return _sum(found.costs.total, 1) if found.costs else None


def _forecast(found: Consequences) -> Cell | None:
    return _sum(found.costs.forecast, 1) if found.costs else None


def _reserves(found: Consequences) -> Cell | None:
    left = found.costs.contingency if found.costs else None
    return _sum(left, -1) if left else None


def _sum(one: Amount, worse: int) -> Cell:
    """A sum with its change; ``worse`` is the sign of a change for the worse."""
    tone = "" if not one.change else "worse" if one.change * worse > 0 else "better"
    return Cell(sum_text(one.after or Decimal(0)), change_text(one.change), tone)


def sum_text(amount: Decimal | None) -> str:
    """A sum in whole kroner; a dash when there is none."""
    return "–" if amount is None else formats.money(round(amount), language())


def change_text(change: Decimal) -> str:
    """“+ 12 000 kr”; empty when nothing changes."""
    if not change:
        return ""
    return f"{'+' if change > 0 else '−'} {sum_text(abs(change))}"


def _path(found: Consequences) -> Cell:
    changed = (len(found.path.entered), len(found.path.left))
    text = ngettext("%(num)s task", "%(num)s tasks", found.path.count_after)
    note = _("%(on)s come onto it, %(off)s leave it") % {"on": changed[0], "off": changed[1]}
    return Cell(text % {"num": found.path.count_after}, note if any(changed) else "")


def _overload(found: Consequences) -> Cell:
    more = round(found.overloaded_after - found.overloaded_before, 1)
    tone = "worse" if more > 0 else "better" if more < 0 else ""
    return Cell(_signed(more), "", tone)


def _collisions(found: Consequences) -> Cell:
    more = sum(one.after - one.before for one in found.hits)
    tone = "worse" if more > 0 else "better" if more < 0 else ""
    words = ngettext("%(days)s day", "%(days)s days", abs(more)) % {"days": _signed(more)}
    return Cell(words, "", tone)


def _signed(value: float) -> str:
    said = formats.number(Decimal(str(abs(value))), language())
    return said if not value else f"{'+' if value > 0 else '−'}{said}"


def month_text(stored: str) -> str:
    """A stored month as “01.2027”."""
    year, _dash, month = stored.partition("-")
    return f"{month}.{year}"


SHOWN: dict[str, Any] = {
    "promise_name": promise_name,
    "moved_text": moved_text,
    "change_text": change_text,
    "sum_text": sum_text,
    "chance_text": chance_text,
    "month_text": month_text,
}
"""What the templates of consequences call."""


def _day(day: date) -> str:
    return formats.short_date(day, language())
