"""What people type in the cells of a plan, read: durations, shares and predecessors.

Pure functions; ``ValueError`` carries nothing, the caller says what would have been understood.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import planengine as engine
from planengine.instants import DAY, HOUR
from tospann.ui.formats import is_norwegian, number, parse_number

Unit = engine.DurationUnit
_UNITS = {
    "m": Unit.MINUTES,
    "min": Unit.MINUTES,
    "t": Unit.HOURS,
    "h": Unit.HOURS,
    "d": Unit.DAYS,
    "": Unit.DAYS,
    "u": Unit.WEEKS,
    "w": Unit.WEEKS,
    "mnd": Unit.MONTHS,
    "mo": Unit.MONTHS,
}
_LETTERS = {
    "nb": {"m": "min", "h": "t", "d": "d", "w": "u", "mo": "mnd"},
    "en": {"m": "min", "h": "h", "d": "d", "w": "w", "mo": "mo"},
}
_DURATION = re.compile(r"([+-]?[\d.,]+) ?(e?)(mnd|min|mo|m|t|h|d|u|w)?(\??)")
_LINK = re.compile(r"([\d.]+) ?(fs|ss|ff|sf)?(?: ?([+-].+))?", re.IGNORECASE)
LONGEST = 100 * 366 * DAY


def letters(language: str) -> dict[str, str]:
    """How each unit is written."""
    return _LETTERS["nb" if is_norwegian(language) else "en"]


def seconds_in(plan: engine.Plan, unit: Unit, *, elapsed: bool = False) -> int:
    """How long one of the unit is in this plan: its own days, weeks and months."""
    if elapsed:
        return {Unit.MINUTES: 60, Unit.HOURS: HOUR, Unit.DAYS: DAY, Unit.WEEKS: 7 * DAY}.get(
            unit, 30 * DAY
        )
    day = plan.minutes_per_day * 60
    return {
        Unit.MINUTES: 60,
        Unit.HOURS: HOUR,
        Unit.DAYS: day,
        Unit.WEEKS: plan.minutes_per_week * 60,
    }.get(unit, plan.days_per_month * day)


def duration(text: str, plan: engine.Plan, language: str) -> tuple[int, Unit, bool, bool]:
    """``(seconds, unit, elapsed, estimated)`` of 5d, 2,5 u, 4t, 3ed or 10d?; days by default."""
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(text)
    unit = _UNITS[found[3] or ""]
    elapsed = bool(found[2])
    seconds = round(parse_number(found[1], language) * seconds_in(plan, unit, elapsed=elapsed))
    if not -LONGEST <= seconds <= LONGEST:
        raise ValueError(text)
    return seconds, unit, elapsed, bool(found[4])


def written(seconds: int, unit: Unit, plan: engine.Plan, language: str, *, elapsed: bool) -> str:
    """5 d · 2,5 u · 3 ed: what ``duration`` reads back."""
    amount = Decimal(seconds) / seconds_in(plan, unit, elapsed=elapsed)
    text = number(amount.quantize(Decimal("0.01")).normalize(), language)
    return f"{text} {'e' if elapsed else ''}{letters(language)[str(unit)]}"


def predecessors(
    links: Iterable[engine.Link], numbers: Mapping[int, str], plan: engine.Plan, language: str
) -> str:
    """1.2, 1.4SS+2 d: what an activity waits for, by the numbers people see."""
    parts = []
    for link in links:
        lag = lag_written(link, plan, language)
        kind = "" if link.kind is engine.LinkKind.FS and not lag else str(link.kind)
        parts.append(f"{numbers.get(link.predecessor, '?')}{kind}{lag}")
    return "; ".join(parts)


def lag_written(link: engine.Link, plan: engine.Plan, language: str) -> str:
    """+2 d · -50%: nothing without a lag."""
    if not link.lag:
        return ""
    sign = "+" if link.lag > 0 else ""
    if link.lag_format in {engine.LagFormat.PERCENT, engine.LagFormat.ELAPSED_PERCENT}:
        return f"{sign}{link.lag}%"
    elapsed = link.lag_format is engine.LagFormat.ELAPSED
    text = written(link.lag, Unit.DAYS, plan, language, elapsed=elapsed)
    return sign + text.replace("\u2212", "-")


def links_to(
    text: str, uid: int, numbers: Mapping[int, str], plan: engine.Plan, language: str
) -> list[engine.Link]:
    """The links a typed list of predecessors means; ``ValueError`` names what is not understood."""
    uids = {shown: one for one, shown in numbers.items()}
    links = []
    for part in filter(None, (part.strip() for part in re.split(r";|,(?=\s)", text))):
        found = _LINK.fullmatch(part)
        if found is None or found[1] not in uids:
            raise ValueError(part)
        kind = engine.LinkKind((found[2] or "FS").upper())
        lag, lag_format = _lag_typed(found[3], plan, language)
        links.append(engine.Link(uids[found[1]], uid, kind, lag, lag_format))
    return links


def _lag_typed(text: str | None, plan: engine.Plan, language: str) -> tuple[int, engine.LagFormat]:
    if not text:
        return 0, engine.LagFormat.WORKING
    if text.endswith("%"):
        return int(parse_number(text[:-1], language)), engine.LagFormat.PERCENT
    seconds, _unit, elapsed, _estimated = duration(text, plan, language)
    return seconds, engine.LagFormat.ELAPSED if elapsed else engine.LagFormat.WORKING
