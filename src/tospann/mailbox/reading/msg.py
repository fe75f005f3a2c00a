"""A mail as Outlook keeps it (MS-OXMSG): a compound file of properties and attachments."""

import base64
import struct
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from typing import IO, Any

from olefile import OleFileIO
from olefile.olefile import OleFileError

from tospann.jobs.confinement import Refusal
from tospann.mailbox.reading import words
from tospann.mailbox.reading.eml import MOST_FILES

_SUBJECT, _HEADERS, _BODY, _HTML, _ID = "0037", "007D", "1000", "1013", "1035"
_SENDER, _SENDER_ADDRESS, _SENDER_SMTP, _ON_BEHALF_SMTP = "0C1A", "0C1F", "5D01", "5D02"
_TO = "0E04"
_SENT, _DELIVERED = 0x0039, 0x0E06
_FILE_LONG, _FILE_SHORT, _FILE_DATA = "3707", "3704", "3701"
_TIME = 0x0040


def read_msg(file: IO[bytes]) -> dict[str, Any]:
    """The same as of a mail that travelled, as far as the file knows it."""
    try:
        with OleFileIO(file) as found:
            if not found.exists("__properties_version1.0"):
                raise Refusal({"because": "no_mail"})
            return _read(found)
    except (OleFileError, struct.error, ValueError, IndexError, KeyError, OSError):
        raise Refusal({"because": "no_mail"}) from None


def _read(found: Any) -> dict[str, Any]:
    headers = HeaderParser().parsestr(_text(found, "", _HEADERS))
    body = words.clean(_text(found, "", _BODY))
    if not body and (html := _bytes(found, "", _HTML)):
        body = words.of_html(html.decode("utf-8", "replace"))
    files, left_out = _files(found)
    address = next((one for one in _from(found, headers) if "@" in one), "")
    return {
        "from_name": words.line(_text(found, "", _SENDER), 200),
        "from_email": words.line(address, 254).lower(),
        "senders": 1,
        "to": [words.line(one, 254) for one in _text(found, "", _TO).split(";") if one.strip()],
        "subject": words.line(_text(found, "", _SUBJECT), 250),
        "sent_at": _time(found),
        "message_id": words.line(_text(found, "", _ID), 250),
        "answers": words.line(headers.get("In-Reply-To", ""), 250),
        "references": [],
        "hops": 0,
        "authentication": [],
        "returned": False,
        "text": body,
        "own": words.own(body),
        "files": files,
        "left_out": left_out,
        "reply": None,
        "bounce": None,
        "auto": False,
    }


def _from(found: Any, headers: Any) -> list[str]:
    from email.utils import parseaddr

    known = (_SENDER_SMTP, _ON_BEHALF_SMTP, _SENDER_ADDRESS)
    return [*(_text(found, "", one) for one in known), parseaddr(headers.get("From", ""))[1]]


def _bytes(found: Any, storage: str, tag: str, kind: str = "0102") -> bytes:
    name = f"{storage}__substg1.0_{tag}{kind}"
    data: bytes = found.openstream(name).read() if found.exists(name) else b""
    return data


def _text(found: Any, storage: str, tag: str) -> str:
    if wide := _bytes(found, storage, tag, "001F"):
        return wide.decode("utf-16-le", "replace").rstrip("\x00")
    return _bytes(found, storage, tag, "001E").decode("cp1252", "replace").rstrip("\x00")


def _time(found: Any) -> str:
    """When it was sent, or came: 100 nanoseconds since 1601."""
    data = found.openstream("__properties_version1.0").read()
    times: dict[int, int] = {}
    for start in range(32, len(data) - 15, 16):
        kind, tag, _flags, value = struct.unpack_from("<HHIQ", data, start)
        if kind == _TIME:
            times[tag] = value
    ticks = times.get(_SENT) or times.get(_DELIVERED)
    if not ticks:
        return ""
    try:
        return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat()
    except OverflowError:
        return ""


def _files(found: Any) -> tuple[list[dict[str, Any]], list[str]]:
    kept: list[dict[str, Any]] = []
    left_out: list[str] = []
    for entry in sorted(
        one[0] for one in found.listdir(streams=False, storages=True) if len(one) == 1
    ):
        if not entry.startswith("__attach_version1.0_"):
            continue
        where = f"{entry}/"
        name = words.line(_text(found, where, _FILE_LONG) or _text(found, where, _FILE_SHORT), 200)
        data = _bytes(found, where, _FILE_DATA)
        if not data or len(kept) >= MOST_FILES:
            left_out.append(name or "?")  # a mail or an object inside the mail
            continue
        kept.append(
            {"name": name or "file", "data": base64.b64encode(data).decode(), "size": len(data)}
        )
    return kept, left_out
