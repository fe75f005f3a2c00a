"""A file that somebody brings in: on disk, read in the confined child, refused in words."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from io import UnsupportedOperation
from pathlib import PurePath
from typing import IO, Any

import structlog
from django.conf import settings
from django.utils.translation import gettext

from tospann.foundation.errors import Invalid
from tospann.jobs import confined

KEPT_FOR = timedelta(hours=24)
"""How long what was read waits to be confirmed."""
log = structlog.get_logger()


def most_bytes() -> int:
    """The largest file that is read (setting ``IMPORT_MOST_MEGABYTES``)."""
    return int(getattr(settings, "IMPORT_MOST_MEGABYTES", 50)) * confined.MEGABYTE


def too_large(most: int) -> Invalid:
    said = gettext("The file is too large. The limit is %(limit)s MB.")
    return Invalid(said % {"limit": most // confined.MEGABYTE}, "file")


def read(
    reader: str, file: IO[bytes], most: int, why: Callable[[Mapping[str, Any]], str]
) -> tuple[Any, str]:
    """What the reader (``package.module:function``) found, and the file's SHA-256.

    ``Invalid`` says why it cannot be read; ``why`` words what the reader itself refuses.
    """
    with _on_disk(file) as opened:
        try:
            found = confined.run(reader, opened, confined.Limits(input=most))
        except confined.Refused as refused:
            raise Invalid(why(refused.answer), "file") from None
        except confined.TooLarge:
            raise too_large(most) from None
        except confined.TooSlow:
            raise Invalid(gettext("The file took too long to read. Divide it."), "file") from None
        except confined.Crashed as crash:
            log.warning("import crashed", reader=reader, detail=crash.detail)
            raise Invalid(gettext("The file could not be read."), "file") from None
        opened.seek(0)
        digest = hashlib.sha256()
        for block in iter(lambda: opened.read(confined.MEGABYTE), b""):
            digest.update(block)
        return found, digest.hexdigest()


def shown_name(name: str, otherwise: str) -> str:
    """The last part of a file's name, as it is kept."""
    return PurePath(name.replace("\x00", "")).name[:255] or otherwise


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file as one with a descriptor; small uploads are in memory and copied."""
    try:
        file.fileno()
    except (UnsupportedOperation, AttributeError):
        with tempfile.TemporaryFile() as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy
    else:
        yield file
