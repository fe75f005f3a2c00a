"""`compare A B`: what differs between two plans, and what that does to their dates."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from planengine.cli.console import NO, OK, say, say_json
from planengine.cli.scheduling import load, profile_option, scheduled
from planengine.compare import compare


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("before", type=Path, help="a plan (.xml, .xer or .json, also .gz)")
    parser.add_argument("after", type=Path, help="the plan to compare it with")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile_option(parser)


def run(asked: Namespace) -> int:
    """Schedule both and print what differs. Exit code 0 when nothing does, else 1."""
    before, after = (scheduled(load(path, asked.profile)) for path in (asked.before, asked.after))
    found = compare(before, after)
    if asked.json:
        say_json(found.to_json())
    else:
        for sentence in found.sentences(asked.language):
            say(sentence)
    return NO if found else OK
