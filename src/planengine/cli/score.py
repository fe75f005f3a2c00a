"""`score DIR`: computed dates beside the ones other programs stored, field by field."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planengine.cli.console import (
    NO,
    OK,
    UNUSABLE,
    Refused,
    Unsound,
    complain,
    say,
    say_json,
    watched,
)
from planengine.cli.scheduling import scheduled
from planengine.codec import Json
from planengine.formats.failure import ImportFailed
from planengine.formats.plan_oracle import Expected, OraclePlan, read
from planengine.outline import Outline

FIELDS = (
    *("start", "finish", "late_start", "late_finish"),
    *("total_slack_min", "free_slack_min"),
)
"""Scored fields, by the names plan-oracle files give them."""
DATE_TOLERANCE = 17
"""Seconds a date may be off and still match."""
SLACK_TOLERANCE = 30
"""Seconds of working time a slack may be off and still match."""


@dataclass(slots=True)
class Count:
    """How many of the values that were looked at match."""

    matched: int = 0
    total: int = 0

    def add(self, is_match: bool) -> None:
        """Count one more value."""
        self.matched += is_match
        self.total += 1

    def json(self) -> Json:
        """As the JSON report has it."""
        return {"matched": self.matched, "total": self.total}


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that does not match: instants, or seconds of slack."""

    uid: int
    field: str
    expected: int
    found: int | None


@dataclass(slots=True)
class FileScore:
    """The counts of one file, by field, and what did not match. `problem` says why nothing could
    be computed.
    """

    id: str
    grade: str
    fields: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    misses: list[Miss] = field(default_factory=list)
    problem: str = ""

    def json(self) -> Json:
        """As the JSON report has it."""
        fields = {name: count.json() for name, count in self.fields.items()}
        problem = {"problem": self.problem} if self.problem else {}
        return {"id": self.id, "grade": self.grade, "fields": fields, **problem}


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("dir", type=Path, help="a folder of plan-oracle files (.json, .json.gz)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--misses", action="store_true", help="list every value that differs")


def run(asked: Namespace) -> int:
    """Score every plan-oracle file of the folder.

    Exit code 1 when a plan of grade A misses a start or finish, or a file gives no schedule; 2 when
    a file cannot be read, after the others have been scored.
    """
    unreadable: list[ImportFailed] = []
    scores = [score(oracle) for oracle in _oracles(asked.dir, unreadable)]
    if asked.json:
        say_json(report(scores))
    else:
        _table(scores)
    if asked.misses:
        _list_misses(scores)
    for failure in unreadable:
        complain("score", failure.sentence(asked.language))
    if unreadable:
        return UNUSABLE
    missed = any(_misses_dates(one) for one in scores)
    return NO if missed or any(one.problem for one in scores) else OK


def _oracles(folder: Path, unreadable: list[ImportFailed]) -> Iterator[OraclePlan]:
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder; give one with plan-oracle files")
    named = sorted(path for path in folder.iterdir() if _is_plan(path))
    if not named:
        raise Refused(f"{folder} holds no plan-oracle files (.json, .json.gz)")
    for path in watched(named, "score"):
        try:
            yield read(path)
        except ImportFailed as failure:
            where = f"{path.name}, {failure.where}" if failure.where else path.name
            unreadable.append(ImportFailed(failure.code, where, failure.detail, failure.cause))


def _is_plan(path: Path) -> bool:
    return path.name.endswith((".json", ".json.gz")) and path.name != "MANIFEST.json"


def score(oracle: OraclePlan) -> FileScore:
    """Compare the leaves of a plan with what its file expects, skipping what nobody verified."""
    found = FileScore(oracle.id, oracle.grade)
    schedule = None
    try:
        schedule = scheduled(oracle.plan)
    except Unsound as unsound:
        found.problem = next(unsound.sentences("en"))
    outline = Outline(oracle.plan)
    for uid, expected in oracle.expected.items():
        if not outline.children(uid):
            doubtful = oracle.unverified.get(uid, frozenset())
            dates = None if schedule is None else schedule[uid]
            _score_activity(found, uid, expected, dates, doubtful)
    return found


def _score_activity(
    found: FileScore, uid: int, expected: Expected, dates: Any, doubtful: frozenset[str]
) -> None:
    for name in FIELDS:
        wanted = getattr(expected, name.removesuffix("_min"))
        if wanted is None or name in doubtful:
            continue
        value = None if dates is None else _value(dates, name, expected)
        tolerance = SLACK_TOLERANCE if name.endswith("_min") else DATE_TOLERANCE
        is_match = value is not None and abs(value - wanted) <= tolerance
        found.fields[name].add(is_match)
        if not is_match:
            found.misses.append(Miss(uid, name, wanted, value))


def _value(dates: Any, name: str, expected: Expected) -> int | None:
    """The computed value. A total the file does not hold is the smaller of start and finish slack
    on both sides.
    """
    value: int | None = getattr(dates, name.removesuffix("_min"))
    if name == "total_slack_min" and not expected.stored_total:
        value = min(dates.start_slack, dates.finish_slack)
    return value


def report(scores: Iterable[FileScore]) -> Json:
    """The whole score as JSON: totals by field, then each file."""
    rows = list(scores)
    return {
        "fields": {name: count.json() for name, count in totals(rows).items()},
        "files": [one.json() for one in rows],
    }


def totals(scores: Iterable[FileScore]) -> dict[str, Count]:
    """The counts of several files together, by field."""
    sums = {name: Count() for name in FIELDS}
    for one in scores:
        for name, count in one.fields.items():
            sums[name].matched += count.matched
            sums[name].total += count.total
    return sums


def _misses_dates(one: FileScore) -> bool:
    dates = (one.fields["start"], one.fields["finish"])
    return one.grade == "A" and any(count.matched < count.total for count in dates)


def _table(scores: list[FileScore]) -> None:
    width = max((len(one.id) for one in scores), default=0)
    heads = "".join(f"{name.removesuffix('_min'):>13}" for name in FIELDS)
    say(f"{'plan':{width}}  grade{heads}")
    for one in scores:
        say(f"{one.id:{width}}  {one.grade:5}{_cells(one.fields)}")
        if one.problem:
            complain("score", f"{one.id}: {one.problem}")
    for grade in sorted({one.grade for one in scores}):
        rows = [one for one in scores if one.grade == grade]
        say(f"{f'grade {grade}, {len(rows)} plans':{width}}  {grade:5}{_cells(totals(rows))}")
    sums = totals(scores)
    say(f"{f'all {len(scores)} plans':{width}}  {'':5}{_cells(sums)}")
    shares = "".join(f"{_percent(count):>13}" for count in sums.values())
    say(f"{'':{width}}  {'':5}{shares}")


def _cells(fields: dict[str, Count]) -> str:
    return "".join(f"{f'{count.matched}/{count.total}':>13}" for count in fields.values())


def _percent(count: Count) -> str:
    return f"{100 * count.matched / count.total:.2f} %" if count.total else "-"


def _list_misses(scores: list[FileScore]) -> None:
    from planengine.cli.schedule import iso, minutes

    for one in scores:
        for miss in one.misses:
            shown = minutes if miss.field.endswith("_min") else iso
            complain(
                "score",
                f"{one.id} uid {miss.uid} {miss.field}: "
                f"expected {shown(miss.expected)}, found {shown(miss.found)}",
            )
