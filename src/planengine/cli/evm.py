"""`evm FILE`: earned value of a plan at its status date."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from planengine.cli.console import NO, OK, Refused, say, say_json
from planengine.cli.schedule import iso
from planengine.cli.scheduling import load, scheduled
from planengine.codec import Json
from planengine.earned_value import EarnedValue, Figures, Forecast, TimeFigures, earned_value
from planengine.instants import DAY, instant
from planengine.phrases import Phrases, say_moment, say_money, say_number
from planengine.phrases import say as phrase


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("file", type=Path, help="a plan (.xml, .xer or .json, also .gz)")
    parser.add_argument(
        "--status-date", type=moment_of, metavar="DATE", help="measure at another date (ISO)"
    )
    parser.add_argument("--baseline", type=int, default=0, help="which baseline, 0–10 (0)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def moment_of(text: str) -> int:
    """The instant of an ISO text; a date alone means the end of that day. Raises `ValueError`."""
    found = instant(datetime.fromisoformat(text))
    return found + DAY if len(text) == len("2026-01-31") else found


def run(asked: Namespace) -> int:
    """Print the figures. Exit code 1 when the baseline holds no cost to measure against."""
    plan = load(asked.file)
    schedule = scheduled(plan)
    try:
        found = earned_value(plan, schedule, asked.status_date, baseline=asked.baseline)
    except ValueError:
        raise Refused(f"{asked.file} has no status date; give --status-date") from None
    if asked.json:
        names = {row.uid: row.name for row in plan.activities}
        say_json(earned_json(found, names))
    else:
        _table(found, asked.language)
    return NO if found.total.bac is None else OK


def earned_json(found: EarnedValue, names: dict[int, str]) -> Json:
    """Earned value as JSON: money in hundredths, time in working days, dates as ISO texts."""
    return {
        "status_date": iso(found.status_date),
        "baseline": found.baseline,
        "total": figures_json(found.total, found.eac_bottom_up),
        "time": time_json(found.time, found.total.cpi),
        "start": iso(found.start),
        "planned_finish": iso(found.planned_finish),
        "earned_until": iso(found.earned_until),
        "forecast_finish": iso(found.forecast_finish),
        "activities": [
            {"uid": row.uid, "name": names[row.uid], **figures_json(row.figures)}
            for row in found.rows
        ],
        "curve": [
            {"at": iso(point.moment), "pv": point.pv, "ev": point.ev, "ac": point.ac}
            for point in found.curve
        ],
        "without_baseline": list(found.without_baseline),
        "without_actual_cost": list(found.without_actual_cost),
    }


def figures_json(figures: Figures, bottom_up: int | None = None) -> Json:
    """Money figures: amounts as whole hundredths (half to even), indices unrounded."""
    return {
        **{name: getattr(figures, name) for name in ("bac", "pv", "ev", "ac")},
        "cv": whole(figures.cv),
        "sv": whole(figures.sv),
        "cpi": figures.cpi,
        "spi": figures.spi,
        "percent_complete": figures.percent_complete,
        "percent_spent": figures.percent_spent,
        "eac": {str(how): whole(figures.eac(how)) for how in Forecast} | {"bottom_up": bottom_up},
        "etc": {str(how): whole(figures.etc(how)) for how in Forecast},
        "vac": {str(how): whole(figures.vac(how)) for how in Forecast},
        "tcpi": figures.tcpi,
        "tcpi_eac": figures.tcpi_to(figures.eac()),
    }


def time_json(time: TimeFigures, cpi: float | None) -> Json:
    """Earned schedule in working days."""
    both = None if time.spi_t is None or cpi is None else time.spi_t * cpi
    return {
        **{name: getattr(time, name) for name in ("es", "at", "pd", "sv_t", "spi_t", "ieac_t")},
        "eac_t": {
            "plan": time.eac_t(),
            "spi_t": time.eac_t(time.spi_t),
            "spi_t_cpi": time.eac_t(both),
        },
    }


def whole(amount: float | None) -> int | None:
    """Money as whole hundredths, half to even."""
    return None if amount is None else round(amount)


_WORDS: Phrases = {
    "status_date": ("Statusdato", "Status date"),
    "bac": ("Budsjett (BAC)", "Budget at completion (BAC)"),
    "pv": ("Planlagt verdi (PV)", "Planned value (PV)"),
    "ev": ("Opptjent verdi (EV)", "Earned value (EV)"),
    "ac": ("Faktisk kostnad (AC)", "Actual cost (AC)"),
    "cv": ("Kostnadsavvik (CV)", "Cost variance (CV)"),
    "sv": ("Fremdriftsavvik (SV)", "Schedule variance (SV)"),
    "cpi": ("Kostnadsindeks (CPI)", "Cost performance index (CPI)"),
    "spi": ("Fremdriftsindeks (SPI)", "Schedule performance index (SPI)"),
    "tcpi": ("Nødvendig kostnadsindeks (TCPI)", "To-complete performance index (TCPI)"),
    "budget_rate": ("Prognose, resten som budsjettert", "EAC, the rest as budgeted"),
    "eac_cpi": ("Prognose, BAC / CPI", "EAC, BAC / CPI"),
    "cpi_spi": ("Prognose, CPI · SPI", "EAC, CPI · SPI"),
    "es": ("Opptjent tid (ES), arbeidsdager", "Earned schedule (ES), working days"),
    "sv_t": ("Fremdriftsavvik i tid SV(t)", "Schedule variance in time SV(t)"),
    "spi_t": ("Fremdriftsindeks i tid SPI(t)", "Schedule performance index in time SPI(t)"),
    "planned_finish": ("Planlagt slutt", "Planned finish"),
    "forecast_finish": ("Slutt med SPI(t)", "Finish by SPI(t)"),
    "missing": (
        "Uten kostnad i referanseplanen: {count} aktiviteter.",
        "Without a cost in the baseline: {count} activities.",
    ),
    "unknown": (
        "Påbegynt uten kjent kostnad, mangler i AC: {count} aktiviteter.",
        "Begun without a known cost, missing in AC: {count} activities.",
    ),
}


def _table(found: EarnedValue, language: str) -> None:
    total, time = found.total, found.time
    amounts: dict[str, Any] = {name: getattr(total, name) for name in ("bac", "pv", "ev", "ac")}
    amounts |= {"cv": total.cv, "sv": total.sv, "budget_rate": total.eac(Forecast.BUDGET_RATE)}
    amounts |= {"eac_cpi": total.eac(), "cpi_spi": total.eac(Forecast.CPI_SPI)}
    lines = {"status_date": say_moment(found.status_date, language)}
    lines |= {name: say_money(whole(value), language) for name, value in amounts.items()}
    for name, value in (("cpi", total.cpi), ("spi", total.spi), ("tcpi", total.tcpi)):
        lines[name] = _number(value, language)
    for name in ("es", "sv_t", "spi_t"):
        lines[name] = _number(getattr(time, name), language)
    lines["planned_finish"] = say_moment(found.planned_finish, language)
    lines["forecast_finish"] = say_moment(found.forecast_finish, language)
    for name, text in lines.items():
        say(f"{phrase(_WORDS, name, language, {}):42} {text:>20}")
    for name, uids in (("missing", found.without_baseline), ("unknown", found.without_actual_cost)):
        if uids:
            say(phrase(_WORDS, name, language, {"count": str(len(uids))}))


def _number(value: float | None, language: str) -> str:
    return "–" if value is None else say_number(value, language)
