"""`risk FILE`: how likely a plan's dates and costs are, by simulation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from planengine.cli.console import OK, Refused, say, say_json
from planengine.cli.evm import moment_of
from planengine.cli.schedule import iso
from planengine.cli.scheduling import load, profile_option, scheduled
from planengine.codec import Json
from planengine.model import Plan
from planengine.phrases import Phrases, say_moment, say_money
from planengine.phrases import say as phrase
from planengine.risk import (
    Reading,
    RiskError,
    RiskResult,
    RiskSettings,
    Samples,
    Sensitivity,
    simulate,
)

_SHOWN = (10, 50, 80, 85, 90)
_BARS = 10


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("file", type=Path, help="a plan (.xml, .xer or .json, also .gz)")
    parser.add_argument("--samples", type=int, default=10_000, help="how many to draw (10,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same result (1)")
    parser.add_argument(
        "--reading",
        type=Reading,
        choices=tuple(Reading),
        default=Reading.ERLANG,
        help="how three-point estimates are read (erlang: low is P10, high is P90)",
    )
    parser.add_argument(
        "--spread",
        type=float,
        nargs=2,
        metavar=("LOW", "HIGH"),
        help="low and high of activities without an estimate, as shares of their duration",
    )
    parser.add_argument(
        "--correlation", type=float, default=0.0, help="between all durations, 0–1 (0)"
    )
    parser.add_argument(
        "--by", type=moment_of, metavar="DATE", help="the chance to be done by a date (ISO)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile_option(parser)


def run(asked: Namespace) -> int:
    """Simulate and print percentiles, chances and what matters most."""
    plan = load(asked.file, asked.profile)
    schedule = scheduled(plan)
    settings = RiskSettings(
        samples=asked.samples,
        seed=asked.seed,
        reading=asked.reading,
        spread=None if asked.spread is None else tuple(asked.spread),
        correlation=asked.correlation,
    )
    try:
        found = simulate(plan, settings, schedule=schedule, progress=_progress())
    except RiskError as error:
        raise Refused(error.sentence(asked.language)) from None
    if asked.json:
        say_json(risk_json(plan, found, asked.by))
    else:
        _table(plan, found, asked.by, asked.language)
    return OK


def _progress() -> Progress | None:
    return Progress() if sys.stderr.isatty() else None


class Progress:
    """Shows how far a simulation has come on standard error."""

    def __call__(self, done: int, total: int) -> None:
        """Show `done` of `total` samples."""
        sys.stderr.write(f"\r{done}/{total}\x1b[K" if done < total else "\r\x1b[K")
        sys.stderr.flush()


def risk_json(plan: Plan, found: RiskResult, by: int | None = None) -> Json:
    """A simulation as JSON: dates as ISO texts, money in hundredths, shares 0–1."""
    names = {row.uid: row.name for row in plan.activities}
    return {
        "samples": found.samples,
        "seed": found.seed,
        "uncertain": found.uncertain,
        "scheduled_finish": iso(found.scheduled_finish),
        "finish": _dates(found.finish),
        "chance": None if by is None else found.chance(by),
        "scheduled_cost": found.scheduled_cost,
        "cost": {f"p{percent:g}": value for percent, value in found.cost.percentiles().items()},
        "milestones": [
            {"uid": uid, "name": names[uid], "finish": _dates(samples)}
            for uid, samples in found.finishes.items()
        ],
        "deadlines": [
            {"uid": uid, "deadline": iso(found.deadlines[uid]), "chance": chance}
            for uid, chance in found.deadline_chances().items()
        ],
        "criticality": {str(uid): share for uid, share in found.criticality.items() if share},
        "tornado": [
            {**_bar(bar), "early": iso(bar.early), "late": iso(bar.late)} for bar in found.tornado
        ],
        "cost_tornado": [
            {**_bar(bar), "low": bar.early, "high": bar.late} for bar in found.cost_tornado
        ],
        "pinned": list(found.pinned),
    }


def _bar(bar: Sensitivity) -> Json:
    return {"uid": bar.uid, "event": bar.event, "correlation": bar.correlation}


def _dates(samples: Samples) -> Json:
    return {f"p{percent:g}": iso(value) for percent, value in samples.percentiles().items()}


_WORDS: Phrases = {
    "scheduled": ("Planlagt slutt", "Scheduled finish"),
    "chance": ("Sjanse for å nå den", "Chance to keep it"),
    "by": ("Sjanse for å bli ferdig innen {date}", "Chance to be done by {date}"),
    "finish": ("{percent} % sikkert innen", "{percent} % certain by"),
    "cost": ("{percent} % sikkert innenfor", "{percent} % certain within"),
    "nothing": (
        "Planen har ingen usikkerhet: gi aktivitetene trepunktsanslag, eller bruk --spread.",
        "Nothing in the plan is uncertain: give activities three-point estimates, or use --spread.",
    ),
    "tornado": ("Størst betydning for slutten", "What moves the finish most"),
    "critical": ("avgjørende i", "decisive in"),
    "pinned": (
        "Står stille mot sine koblinger: {count} aktiviteter.",
        "Stand still against their links: {count} activities.",
    ),
}


def _table(plan: Plan, found: RiskResult, by: int | None, language: str) -> None:
    def word(code: str, **values: str) -> str:
        return phrase(_WORDS, code, language, values)

    scheduled = found.scheduled_finish
    _line(word("scheduled"), say_moment(scheduled, language))
    _line(word("chance"), _percent(found.chance(scheduled)))
    if by is not None:
        _line(word("by", date=say_moment(by, language)), _percent(found.chance(by)))
    for percent in _SHOWN:
        value = say_moment(found.finish.percentile(percent), language)
        _line(word("finish", percent=str(percent)), value)
    if found.scheduled_cost:
        for percent in _SHOWN:
            value = say_money(found.cost.percentile(percent), language)
            _line(word("cost", percent=str(percent)), value)
    if not found.uncertain:
        say(word("nothing"))
    _bars(plan, found, word("tornado"), word("critical"))
    if found.pinned:
        say(word("pinned", count=str(len(found.pinned))))


def _line(label: str, value: str) -> None:
    say(f"{label:44} {value:>24}")


def _bars(plan: Plan, found: RiskResult, title: str, critical: str) -> None:
    names = {row.uid: row.name for row in plan.activities}
    if found.tornado:
        say(title)
    for bar in found.tornado[:_BARS]:
        name = names[bar.uid] if bar.uid is not None else bar.event
        share = found.criticality.get(bar.uid or 0, 0.0)
        say(f"  {bar.correlation:+.2f}  {critical} {_percent(share):>6}  {name}")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
