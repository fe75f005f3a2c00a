"""A mail in the form it travels in (RFC 5322 and MIME), read with suspicion."""

import base64
import re
from collections.abc import Iterator
from email import message_from_binary_file, policy
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import IO, Any

from tospann.jobs.confinement import Refusal
from tospann.mailbox.reading import words
from tospann.mailbox.reading.invites import reply

DEEPEST, MOST_PARTS, MOST_FILES = 20, 500, 50
SMALL_PICTURE = 10_000
"""Pictures inside the text that are smaller are logos of signatures."""
_HEADERS = ("auto-submitted", "precedence", "list-id", "x-autoreply", "x-autorespond")
_ID = re.compile(r"<[^<>\s]{3,240}>")
_RESULT = 20
_ENDINGS = {
    "message/rfc822": "eml",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
}


def read_eml(file: IO[bytes]) -> dict[str, Any]:
    """What it says, who sent it, and its attachments; nothing in it is carried out or fetched."""
    message = message_from_binary_file(file, policy=policy.compat32)
    if not message.keys():
        raise Refusal({"because": "no_mail"})
    leaves = list(_leaves(message))
    body, is_body = _body(leaves)
    files, left_out = _files([one for one in leaves if one not in is_body])
    return {
        **_envelope(message),
        "text": body,
        "own": words.own(body),
        "files": files,
        "left_out": left_out,
        "reply": next((found for one in leaves if (found := _reply(one))), None),
        "bounce": _bounce(message, leaves),
        "auto": _is_automatic(message),
    }


def _envelope(message: Message) -> dict[str, Any]:
    name, email = next(iter(_addresses(message, "From")), ("", ""))
    wanted = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc", "Resent-To")
    everybody = [one for header in wanted for one in _addresses(message, header)]
    return {
        "from_name": words.line(name, 200),
        "from_email": words.line(email, 254).lower(),
        "senders": len(_addresses(message, "From")),
        "to": list(dict.fromkeys(words.line(email, 254) for _name, email in everybody))[:100],
        "subject": words.line(_header(message, "Subject"), 250),
        "sent_at": _date(message),
        "message_id": _first_id(_header(message, "Message-ID")),
        "answers": _first_id(_header(message, "In-Reply-To")),
        "references": _ID.findall(_header(message, "References"))[-20:],
        "hops": len(message.get_all("Received") or []),
        "authentication": [words.line(_text(one), 2000) for one in _results(message)],
        "returned": _header(message, "Return-Path").strip() == "<>",
    }


def _results(message: Message) -> list[Any]:
    return (message.get_all("Authentication-Results") or [])[:_RESULT]


def _text(raw: Any) -> str:
    """A header's words, however it is encoded or spoiled."""
    from email.header import decode_header, make_header

    said = str(raw)
    try:
        return str(make_header(decode_header(said)))
    except (LookupError, ValueError, UnicodeError, MessageError):
        return said.encode("utf-8", "replace").decode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    found = message.get(name)
    return "" if found is None else " ".join(_text(found).split())


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    raw = [str(one) for one in (message.get_all(name) or [])[:20]]
    try:
        found = getaddresses(raw)
    except (ValueError, IndexError, AttributeError):
        return []
    return [(_text(shown), email) for shown, email in found if "@" in email][:200]


def _first_id(text: str) -> str:
    found = _ID.search(text)
    return found[0] if found else ""


def _date(message: Message) -> str:
    try:
        found = parsedate_to_datetime(_header(message, "Date"))
        return found.astimezone().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something; mails within the mail are whole."""
    if depth > DEEPEST:
        raise Refusal({"because": "deep"})
    parts = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(parts, list):
        if len(parts) > MOST_PARTS:
            raise Refusal({"because": "parts"})
        for part in parts:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _body(leaves: list[Message]) -> tuple[str, list[Message]]:
    """The text: plain where there is such, and the parts that say it."""
    shown = [one for one in leaves if one.get_content_disposition() != "attachment"]
    plain = [one for one in shown if one.get_content_type() == "text/plain" and not _name(one)]
    rich = [one for one in shown if one.get_content_type() == "text/html" and not _name(one)]
    said = "\n\n".join(words.clean(_decoded(one)) for one in plain)[: words.MOST_CHARACTERS]
    if not said.strip() and rich:
        said = words.of_html(_decoded(rich[0]))
    return said, [*plain, *rich]


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return data.decode("latin-1")


def _name(part: Message) -> str:
    try:
        return words.line(_text(part.get_filename() or ""), 200)
    except (ValueError, TypeError, LookupError):
        return ""


def _files(leaves: list[Message]) -> tuple[list[dict[str, Any]], list[str]]:
    kept: list[dict[str, Any]] = []
    left_out: list[str] = []
    for part in leaves:
        kind, data = part.get_content_type(), _bytes(part)
        if kind in ("message/delivery-status", "text/calendar") and not _name(part):
            continue
        is_logo = part.get_content_maintype() == "image" and part.get("Content-ID") is not None
        if not data or (is_logo and len(data) < SMALL_PICTURE):
            continue
        name = _name(part) or _usual_name(part)
        if len(kept) >= MOST_FILES:
            left_out.append(name)
            continue
        kept.append({"name": name, "data": base64.b64encode(data).decode(), "size": len(data)})
    return kept, left_out[:MOST_FILES]


def _usual_name(part: Message) -> str:
    kind = part.get_content_type()
    return f"{part.get_content_maintype()}.{_ENDINGS.get(kind, 'bin')}"


def _bytes(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"".join(one.as_bytes() for one in inner if isinstance(one, Message))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _reply(part: Message) -> dict[str, Any] | None:
    is_calendar = part.get_content_type() in ("text/calendar", "application/ics")
    return reply(_bytes(part)) if is_calendar else None


def _is_automatic(message: Message) -> bool:
    said = {name: _header(message, name).lower() for name in _HEADERS}
    by_itself = said["auto-submitted"].partition(";")[0].strip() not in ("", "no")
    many = said["precedence"] in ("bulk", "junk", "list", "auto_reply")
    return (
        by_itself or many or bool(said["list-id"] or said["x-autoreply"] or said["x-autorespond"])
    )


def _bounce(message: Message, leaves: list[Message]) -> dict[str, Any] | None:
    """Which mail of ours came back, and from whom."""
    status = [one for one in leaves if one.get_content_type() == "message/delivery-status"]
    if not status:
        return None
    said = _bytes(status[0]).decode("utf-8", "replace")
    kinds = ("message/rfc822", "text/rfc822-headers")
    inside = b"\n".join(_bytes(one)[:100_000] for one in leaves if one.get_content_type() in kinds)
    found = re.search(rb"^Message-ID:\s*(<[^<>\s]{3,240}>)", inside, re.IGNORECASE | re.MULTILINE)
    action = re.search(r"^Action:\s*(\w+)", said, re.IGNORECASE | re.MULTILINE)
    who = re.search(r"^Final-Recipient:\s*rfc822;\s*(\S+)", said, re.IGNORECASE | re.MULTILINE)
    return {
        "message_id": found[1].decode("ascii", "replace") if found else "",
        "failed": (action[1].lower() if action else "failed") == "failed",
        "to": words.line(who[1], 254).lower() if who else "",
    }
