"""What subcommands share: output, progress, exit codes and the errors that end a run."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

from planengine.validation import PlanError

OK, NO, UNUSABLE = 0, 1, 2
"""Exit codes: it went well; the answer is no; wrong usage or a file that cannot be used."""
Item = TypeVar("Item")


class Refused(Exception):
    """Something asked for that cannot be done; the message says what to do instead. Exit code 2."""


class Unsound(Exception):
    """A plan no schedule can be computed from. Exit code 1."""

    def __init__(self, errors: tuple[PlanError, ...]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors

    def sentences(self, language: str) -> Iterator[str]:
        """Each error as a sentence in nb or en, at most twenty, then how many more."""
        for error in self.errors[:20]:
            yield error.sentence(language)
        more = len(self.errors) - 20
        if more > 0:
            yield f"… {more} {'til' if language.startswith('n') else 'more'}"


def tolerant_output() -> None:
    """Let both outputs write characters their encoding lacks as escapes, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(value: object) -> None:
    """Write a JSON value to standard output, on one line."""
    say(json.dumps(value, ensure_ascii=False, allow_nan=False))


def complain(command: str, text: str) -> None:
    """Write a line to standard error, with the subcommand's name before it."""
    sys.stderr.write(f"planengine {command}: {text}\n")


def quiet_output() -> None:
    """Close standard output quietly, when nobody reads it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def watched(items: Iterable[Item], label: str, total: int | None = None) -> Iterator[Item]:
    """The items, with their number shown on standard error when that is a terminal."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    if not sys.stderr.isatty():
        yield from items
        return
    for place, item in enumerate(items, 1):
        whole = f"/{total}" if total else ""
        sys.stderr.write(f"\r{label} {place}{whole}\x1b[K")
        sys.stderr.flush()
        yield item
    sys.stderr.write("\r\x1b[K")
