"""A mail that was read: taken out of the confined child, its bytes kept, never trusted."""

import base64
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from tospann.documents import blobs, files
from tospann.foundation.errors import Invalid
from tospann.jobs import incoming
from tospann.jobs.confined import MEGABYTE
from tospann.mailbox.commands.keeping import Attached, Letter

_READER = "tospann.mailbox.reading:read"
_OUTLOOK = b"\xd0\xcf\x11\xe0"


def most_bytes() -> int:
    """The largest mail that is taken in (``TOSPANN_INCOMING_MAX_MB``)."""
    return int(settings.INCOMING_MOST_MEGABYTES) * MEGABYTE


@dataclass(frozen=True)
class Read:
    """What the child found, and the file itself."""

    file: IO[bytes]
    found: Mapping[str, Any]
    sha256: str

    @property
    def sender(self) -> str:
        return str(self.found["from_email"])

    @property
    def subject(self) -> str:
        return str(self.found["subject"])

    @property
    def message_id(self) -> str:
        return str(self.found["message_id"])

    @property
    def size(self) -> int:
        self.file.seek(0, 2)
        return self.file.tell()


def read(file: IO[bytes]) -> Read:
    """``Invalid`` says why it cannot be read."""
    found, sha256 = incoming.read(_READER, file, most_bytes(), _why)
    return Read(file, found, sha256)


def _why(refused: Mapping[str, Any]) -> str:
    if refused.get("because") == "no_mail":
        return gettext("This is not a mail. Save it from your mail program as .eml or .msg.")
    return gettext("This mail is nested too deep to be read.")


def on_disk(data: bytes) -> IO[bytes]:
    """Bytes as a file, which the child is given by its descriptor."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by whoever reads it
    file.write(data)
    file.flush()
    file.seek(0)
    return file


def kept(mail: Read, about: tuple[str, str] = ("", "")) -> Letter:
    """Its bytes and those of its attachments safe on disk; outside any transaction."""
    found = mail.found
    mail.file.seek(0)
    whole = blobs.put(iter(lambda: mail.file.read(blobs.PIECE), b""))
    mail.file.seek(0)
    is_outlook = mail.file.read(len(_OUTLOOK)) == _OUTLOOK
    attached, too_large = _attachments(found["files"])
    return Letter(
        sha256=whole.sha256,
        size=whole.size,
        kind_of_file="msg" if is_outlook else "eml",
        subject=found["subject"],
        from_name=found["from_name"],
        from_email=found["from_email"],
        to=found["to"],
        text=found["text"],
        sent_at=moment(found["sent_at"]),
        message_id=found["message_id"],
        answers=found["answers"],
        files=attached,
        left_out=[*found["left_out"], *too_large],
        about_label=about[0],
        about_link=about[1],
    )


def _attachments(found: list[dict[str, Any]]) -> tuple[list[Attached], list[str]]:
    kept: list[Attached] = []
    too_large: list[str] = []
    for one in found:
        name = files.clean_name(one["name"])
        if one["size"] > files.most_bytes():
            too_large.append(name)
            continue
        blob = blobs.put_bytes(base64.b64decode(one["data"]))
        kept.append(Attached(name=name, sha256=blob.sha256, size=blob.size))
    return kept, too_large


def moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def copied(source: IO[bytes], most: int) -> tuple[IO[bytes], bool]:
    """At most so many bytes of a stream, as a file; and whether there was more."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by whoever reads it
    shutil.copyfileobj(_Limited(source, most + 1), file)
    file.flush()
    is_more = file.tell() > most
    file.seek(0)
    return file, is_more


class _Limited:
    def __init__(self, source: IO[bytes], left: int) -> None:
        self.source, self.left = source, left

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(min(self.left, size if size > 0 else MEGABYTE))
        self.left -= len(data)
        return data


def too_large() -> Invalid:
    return incoming.too_large(most_bytes())
