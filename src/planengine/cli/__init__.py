"""The command line, `python -m planengine SUBCOMMAND …`: one module for each subcommand.

A module has `arguments(parser)`, which adds its options, and `run(asked) -> int`, which does the
work and returns an exit code: 0 it went well, 1 the answer is no (an unsound plan, a missed
target), 2 wrong usage or a file that cannot be read. A new subcommand is one row in `COMMANDS`;
only the module that was asked for is imported. Results go to standard output, everything else to
standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from planengine.cli.console import (
    UNUSABLE,
    Refused,
    Unsound,
    complain,
    quiet_output,
    tolerant_output,
)
from planengine.formats.failure import ImportFailed

__all__ = ["COMMANDS", "main"]

COMMANDS: dict[str, str] = {
    "bench-psplib": "measure levelling against the best makespans known",
    "level": "say what must wait so that no resource is overloaded",
    "schedule": "compute the dates of a plan",
    "score": "compare computed dates with those stored in plan-oracle files",
    "convert": "turn a plan into another format",
    "compare": "show what differs between two plans and their dates",
    "risk": "simulate a plan's dates and costs",
    "evm": "measure a plan by earned value",
    "why": "say what a date comes from, step by step",
}
"""Name → what it does in one line; the module is `planengine.cli.` and the name, `-` as `_`."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns its exit code. `words` defaults to the program's arguments."""
    tolerant_output()
    given = list(sys.argv[1:] if words is None else words)
    parser = _parser(next((word for word in given if not word.startswith("-")), ""))
    asked = parser.parse_args(given)
    if asked.command is None:
        parser.print_help(sys.stderr)
        return UNUSABLE
    try:
        return int(_module(asked.command).run(asked))
    except Unsound as unsound:
        for sentence in unsound.sentences(asked.language):
            complain(asked.command, sentence)
        return 1
    except ImportFailed as failure:
        complain(asked.command, failure.sentence(asked.language))
    except Refused as refusal:
        complain(asked.command, str(refusal))
    except BrokenPipeError:
        quiet_output()
        return 0
    except KeyboardInterrupt:
        return 130
    return UNUSABLE


def _parser(chosen: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m planengine", description="Schedule, compare and convert project plans."
    )
    below = parser.add_subparsers(dest="command", metavar="SUBCOMMAND")
    for name, summary in COMMANDS.items():
        one = below.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        if name == chosen:
            _module(name).arguments(one)
        one.add_argument(
            "--language", choices=("nb", "en"), default="en", help="language of sentences"
        )
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"planengine.cli.{name.replace('-', '_')}")
