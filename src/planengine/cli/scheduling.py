"""Plans and their schedules, for subcommands that need them."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from planengine.cli.console import Unsound
from planengine.formats.files import read_plan
from planengine.model import Plan, Profile
from planengine.network import InvalidPlan, Schedule, schedule


def profile_option(parser: ArgumentParser) -> None:
    """Add `--profile`."""
    parser.add_argument(
        "--profile",
        type=Profile,
        choices=tuple(Profile),
        help="whose scheduling rules apply (the file's own unless given)",
    )


def load(path: Path, profile: Profile | None = None) -> Plan:
    """The plan in a file, with another profile when one is given. Raises `ImportFailed`."""
    plan = read_plan(path).plan
    if profile is None:
        return plan
    return replace(plan, options=replace(plan.options, profile=profile))


def scheduled(plan: Plan) -> Schedule:
    """The plan's schedule. Raises `Unsound`."""
    try:
        return schedule(plan)
    except InvalidPlan as invalid:
        raise Unsound(invalid.errors) from None
