"""`why FILE UID`: what a date comes from, step by step."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from planengine.cli.console import OK, Refused, say, say_json
from planengine.cli.scheduling import load, profile_option, scheduled
from planengine.why import why

_ENDS = ("start", "finish", "late_start", "late_finish")


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("file", type=Path, help="a plan (.xml, .xer or .json, also .gz)")
    parser.add_argument("uid", type=int, help="the activity's number in the plan")
    parser.add_argument("--end", choices=_ENDS, default="start", help="which date (start)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile_option(parser)


def run(asked: Namespace) -> int:
    """Print the chain as sentences, one a line, or as JSON."""
    schedule = scheduled(load(asked.file, asked.profile))
    if asked.uid not in set(schedule.uids):
        raise Refused(f"the plan has no scheduled activity {asked.uid}")
    chain = why(schedule, asked.uid, asked.end)
    if asked.json:
        say_json(chain.to_json())
    else:
        for line in chain.sentences(asked.language):
            say(line)
    return OK
