"""Stamping a file: one of our own making here, one with other people's pages in a child process."""

import base64
import tempfile

from tospann.jobs import confined
from tospann.jobs.confined import MEGABYTE
from tospann.seals import confined_stamping
from tospann.ui.pdf import typeset

_LIMITS = confined.Limits(
    input=400 * MEGABYTE, memory=3 * 1024 * MEGABYTE, cpu=120, wall=180.0, output=600 * MEGABYTE
)


def ours(pdf: bytes, mark: str, words: str, address: str) -> bytes:
    """Pages the portal has just set itself."""
    return confined_stamping.stamped(pdf, _line(words), mark, address)


def anyones(pdf: bytes, mark: str, words: str, address: str) -> bytes:
    """Pages of any origin, which are not read in this process. Raises jobs.confined's errors."""
    with tempfile.TemporaryFile() as file:
        file.write(confined_stamping.packed(pdf, _line(words), mark, address))
        file.flush()
        said = confined.run("tospann.seals.confined_stamping:stamped_inside", file, _LIMITS)
    return base64.b85decode(said["pdf"])


def _line(words: str) -> bytes:
    return typeset("seals/typst/stamp.typ", {"words": words}, standards=())
