"""A mail on standard input, as a mail server hands it over (``| tospann receive-mail``)."""

import argparse
import sys
from typing import IO

from tospann.config.operating.refusals import say

TRY_AGAIN, NOT_TAKEN = 75, 69
"""What mail servers understand (sysexits.h): keep it and try again; tell the sender."""


def receive_mail(asked: argparse.Namespace) -> int:
    """0 when it is dealt with, whatever became of it."""
    try:
        return _received(sys.stdin.buffer, asked.to or "")
    except Exception as error:  # noqa: BLE001  # whatever it is: the mail server keeps the mail
        print(f"tospann receive-mail: {error}", file=sys.stderr)  # noqa: T201  # the server's log
        return TRY_AGAIN


def _received(source: IO[bytes], to: str) -> int:
    import django

    django.setup()
    from tospann.mailbox import letters, receiving

    file, is_too_large = letters.copied(source, letters.most_bytes())
    with file:
        if is_too_large:
            print(letters.too_large().message, file=sys.stderr)  # noqa: T201  # told the sender
            return NOT_TAKEN
        for outcome in receiving.receive(file, to=to):
            say(outcome.in_words)
    return 0
