"""How a command of ``tospann`` says no, and how it speaks."""

import sys


class Refused(Exception):
    """The command did nothing, and the message says why and what to do instead."""


def say(text: str) -> None:
    """A line for whoever typed the command."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
