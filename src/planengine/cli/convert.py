"""`convert A B`: a plan into another format, with an account of what was not kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from planengine.cli.console import OK, Refused, Unsound, complain
from planengine.cli.scheduling import scheduled
from planengine.formats.files import Tell, read_plan, write_plan
from planengine.model import Plan
from planengine.validation import validate


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("source", type=Path, help="a plan (.xml, .xer or .json, also .gz)")
    parser.add_argument(
        "target", type=Path, help="the file to write (.xml, .json or .oracle.json, also .gz)"
    )
    parser.add_argument(
        "--schedule", action="store_true", help="write computed dates instead of the stored ones"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing of what was not kept")


def run(asked: Namespace) -> int:
    """Convert, telling on standard error what reading and writing kept and did not keep."""
    source: Path = asked.source
    target: Path = asked.target
    loaded = read_plan(source)
    errors = validate(loaded.plan)
    if errors:
        raise Unsound(errors)
    if target.exists() and target.resolve() == source.resolve():
        raise Refused(f"{target} is the file to read; give another one to write")
    tell = _written(loaded.plan, target, with_dates=asked.schedule)
    if not asked.quiet:
        for path, account in ((source, loaded.describe), (target, tell)):
            for line in account(asked.language):
                complain("convert", f"{path.name}: {line}")
    return OK


def _written(plan: Plan, target: Path, *, with_dates: bool) -> Tell:
    schedule = scheduled(plan) if with_dates else None
    try:
        return write_plan(plan, target, schedule)
    except OSError as error:
        raise Refused(f"{target} cannot be written ({error.strerror}); give another") from None
