"""Checking a sealed PDF file without the portal, and following its key by a new one."""

import argparse
from pathlib import Path

from tospann.config.operating.folder import data_folder
from tospann.config.operating.refusals import Refused, say
from tospann.seals import marks
from tospann.seals.ring import Ring

_SAID = {
    "changed": "CHANGED: the file is not as it was sealed.",
    "unknown_key": "UNKNOWN KEY: the seal is of a key that is not known here. Give --keys FILE, "
    "saved from /verify/keys of the portal it comes from.",
    "withdrawn": "WITHDRAWN: the key of the seal has been withdrawn, so it proves nothing.",
    "no_seal": "NO SEAL: there is no seal in the file.",
}


def verify(asked: argparse.Namespace) -> int:
    """0 when every byte is as it was sealed, otherwise 1. Needs no database and no network."""
    try:
        file = asked.file.read_bytes()
    except OSError as error:
        raise Refused(f"{asked.file} cannot be read: {error.strerror}") from error
    verdict = marks.check(file, _ring(asked.keys))
    say(_SAID.get(verdict.state, "GENUINE: every byte is as it was sealed."))
    mark = verdict.mark
    if mark is not None and verdict.holds:
        say(f"  {mark.title}\n  made by {mark.by}, {mark.made_at.isoformat(timespec='seconds')}")
        say(f"  code {marks.grouped(mark.code)}, key {mark.key}\n  sha256 {verdict.fingerprint}")
    return 0 if verdict.holds else 1


def rotate(asked: argparse.Namespace) -> int:
    """A new key; files sealed with those before stay genuine unless they are withdrawn."""
    ring = Ring.of(data_folder())
    new = ring.rotate(withdraw=asked.withdraw)
    say(f"New key {new.id}. Publish /verify/keys again, and take a backup.")
    return 0


def _ring(published: Path | None) -> Ring:
    if published is None:
        return Ring.of(data_folder())
    try:
        return Ring.published(published.read_text())
    except (OSError, ValueError) as error:
        raise Refused(f"{published} holds no public keys: {error}") from error
