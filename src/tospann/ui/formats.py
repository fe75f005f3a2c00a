"""How dates, numbers and money look on the page, and how typed ones are read.

Pure functions: the language is an argument ("nb", "nn" or "en"), never the thread's.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from tospann.ui.holidays import add_working_days

NBSP = "\u00a0"
MINUS = "\u2212"
Number = int | float | Decimal

MONTHS_NB = [
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
]
MONTHS_EN = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
WEEKDAYS_NB = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DATE_LETTERS = re.compile("[0-9a-zæøå .,/+\u2212-]+")
_RELATIVE_DAYS = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "i går": -1,
    "igår": -1,
    "yesterday": -1,
}


def is_norwegian(language: str) -> bool:
    """Bokmål, nynorsk and plain Norwegian share number and date formats."""
    return language[:2] in {"nb", "nn", "no"}


def short_date(day: date, language: str = "nb") -> str:
    """22.11.2026 · 22 Nov 2026."""
    if is_norwegian(language):
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"


def long_date(day: date, language: str = "nb") -> str:
    """22. november 2026 · 22 November 2026."""
    if is_norwegian(language):
        return f"{day.day}. {MONTHS_NB[day.month - 1]} {day.year}"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def month(day: date, language: str = "nb") -> str:
    """november 2026 · November 2026."""
    return f"{(MONTHS_NB if is_norwegian(language) else MONTHS_EN)[day.month - 1]} {day.year}"


def weekday_name(day: date, language: str = "nb") -> str:
    """søndag · Sunday."""
    return (WEEKDAYS_NB if is_norwegian(language) else WEEKDAYS_EN)[day.weekday()]


def week(day: date, language: str = "nb") -> str:
    """uke 47 · week 47, always ISO."""
    return f"{'uke' if is_norwegian(language) else 'week'}{NBSP}{day.isocalendar().week}"


def clock(moment: datetime, language: str = "nb") -> str:
    """14.32 · 14:32."""
    return f"{moment:%H.%M}" if is_norwegian(language) else f"{moment:%H:%M}"


def date_and_time(moment: datetime, language: str = "nb") -> str:
    """22.11.2026 kl. 14.32 · 22 Nov 2026, 14:32."""
    joint = f" kl.{NBSP}" if is_norwegian(language) else ", "
    return f"{short_date(moment, language)}{joint}{clock(moment, language)}"


def number(value: Number, language: str = "nb", decimals: int | None = None) -> str:
    """1 234,5 · 1,234.5; without `decimals` as many as the value has, at most six."""
    exact = Decimal(str(value))
    if decimals is None:
        exponent = exact.normalize().as_tuple().exponent
        decimals = min(6, max(0, -exponent)) if isinstance(exponent, int) else 0
    text = f"{abs(exact):,.{decimals}f}"
    if is_norwegian(language):
        text = text.replace(",", NBSP).replace(".", ",")
    return MINUS + text if exact < 0 and text.strip("0,." + NBSP) else text


def money(
    value: Number, language: str = "nb", currency: str = "NOK", decimals: int | None = None
) -> str:
    """1 234,50 kr · NOK 1,234.50; whole amounts without decimals unless asked for."""
    exact = Decimal(str(value))
    if decimals is None:
        decimals = 0 if exact == exact.to_integral_value() else 2
    amount = number(exact, language, decimals)
    if is_norwegian(language):
        return f"{amount}{NBSP}{'kr' if currency == 'NOK' else currency}"
    return f"{currency}{NBSP}{amount}"


def millions(value: Number, language: str = "nb", currency: str = "NOK") -> str:
    """3,1 mill. kr · NOK 3.1 million."""
    amount = number(Decimal(str(value)) / 1_000_000, language, 1)
    if is_norwegian(language):
        return f"{amount}{NBSP}mill.{NBSP}{'kr' if currency == 'NOK' else currency}"
    return f"{currency}{NBSP}{amount}{NBSP}million"


def key_money(value: Number, language: str = "nb", currency: str = "NOK") -> str:
    """As it fits a key figure: millions from ten of them, else whole units."""
    exact = Decimal(str(value))
    if abs(exact) >= 10_000_000:
        return millions(exact, language, currency)
    return money(exact, language, currency, 0)


def percent(value: Number, language: str = "nb", decimals: int = 0) -> str:
    """42 % (percentage points in, not a fraction)."""
    return f"{number(value, language, decimals)}{NBSP if is_norwegian(language) else ''}%"


def size(count: int, language: str = "nb") -> str:
    """How many bytes, in the largest unit that leaves a readable number: 1,4 MB."""
    value, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    decimals = 1 if unit != "B" and value < 100 else 0
    return f"{number(round(value, decimals), language, decimals)} {unit}"


def parse_number(text: str, language: str = "nb") -> Decimal:
    """Read a typed number; raises ValueError for anything that is not one plain number."""
    cleaned = re.sub(r"[\s\u00a0\u202f\u2009]", "", text).replace(MINUS, "-")
    if (
        not cleaned.isascii()
        or not re.fullmatch(r"[+-]?[\d.,]*\d[\d.,]*", cleaned)
        or len(cleaned) > 40
    ):
        raise ValueError(text)
    grouped = r"[+-]?[1-9]\d{0,2}(?:%s\d{3})+(?:%s\d*)?"
    if is_norwegian(language) or not re.fullmatch(grouped % (",", r"\."), cleaned):
        if (
            re.fullmatch(grouped % (r"\.", ","), cleaned)
            and cleaned.count(".") + ("," in cleaned) > 1
        ):
            cleaned = cleaned.replace(".", "")
        cleaned = cleaned.replace(",", ".", 1)
    else:
        cleaned = cleaned.replace(",", "")
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(text) from None


def parse_date(text: str, today: date) -> date:
    """Read a typed date or shortcut relative to `today`; raises ValueError when it is none.

    22.11 · 22.11.26 · 2026-11-22 · 22. nov 2026 · uke 47 · u47 2027 · i morgen · fre · +3d · -1w.
    Without a year this year's is meant, unless that lies over half a year back.
    """
    cleaned = " ".join(text.strip().lower().split())
    if not cleaned or len(cleaned) > 40 or not _DATE_LETTERS.fullmatch(cleaned):
        raise ValueError(text)
    if cleaned in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[cleaned])
    for reader in (_read_calendar_date, _read_week, _read_offset, _read_weekday):
        try:
            found = reader(cleaned, today)
        except OverflowError:
            raise ValueError(text) from None
        if found is not None:
            if not 1900 <= found.year <= 2999:
                raise ValueError(text)
            return found
    raise ValueError(text)


def _read_calendar_date(text: str, today: date) -> date | None:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(r"(\d{1,2})\.? ?([a-zæøå]{3,9})\.?(?: (\d{4}|\d{2}))?", text)
    if match and (month := _month_named(match[2])):
        return _with_year(int(match[1]), month, match[3], today)
    match = re.fullmatch(r"(\d{1,2})[./] ?(\d{1,2})[./]?(?: ?(\d{4}|\d{2}))?", text)
    return _with_year(int(match[1]), int(match[2]), match[3], today) if match else None


def _month_named(word: str) -> int | None:
    for months in (MONTHS_NB, MONTHS_EN):
        for index, name in enumerate(months, start=1):
            if name.lower().startswith(word):
                return index
    return None


def _with_year(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if (month, day) == (2, 29):
        leap = next(y for y in range(today.year, today.year + 9) if _is_leap(y))
        return date(leap, 2, 29)
    found = date(today.year, month, day)
    return found.replace(year=today.year + 1) if (today - found).days > 183 else found


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _read_week(text: str, today: date) -> date | None:
    if match := re.fullmatch(r"(\d{4})-?w(\d{1,2})", text):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    match = re.fullmatch(r"(?:uke|u|week|w) ?(\d{1,2})(?:[ ,/]+(\d{4}))?", text)
    if not match:
        return None
    if match[2]:
        return date.fromisocalendar(int(match[2]), int(match[1]), 1)
    year = today.isocalendar().year
    found = date.fromisocalendar(year, int(match[1]), 1)
    too_old = (today - found).days > 183
    return date.fromisocalendar(year + 1, int(match[1]), 1) if too_old else found


def _read_offset(text: str, today: date) -> date | None:
    match = re.fullmatch(r"([+\-\u2212])(\d{1,4}) ?(ad|wd|d|u|w|m)?", text)
    if not match:
        return None
    count = int(match[2]) * (1 if match[1] == "+" else -1)
    if match[3] in {"ad", "wd"}:
        return add_working_days(today, count)
    if match[3] == "m":
        return _add_months(today, count)
    return today + timedelta(days=count * (7 if match[3] in {"u", "w"} else 1))


def _add_months(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _read_weekday(text: str, today: date) -> date | None:
    if len(text) < 2:
        return None
    for names in (WEEKDAYS_NB, WEEKDAYS_EN):
        for index, name in enumerate(names):
            if name.lower().startswith(text) and (len(text) > 2 or names is WEEKDAYS_NB):
                return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    return None
