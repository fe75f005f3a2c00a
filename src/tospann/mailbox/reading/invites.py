"""An answer to an invitation (iTIP, RFC 5546: METHOD REPLY or COUNTER), as a calendar sends it.

Only the few properties an answer is known by are read, so no calendar library is needed here.
"""

import re
from collections.abc import Iterator
from typing import Any

from tospann.mailbox.reading import words

MOST_BYTES = 500_000
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r'^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,"?[^";:]*"?)*)*):(.*)$'
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)')
_ESCAPED = re.compile(r"\\([nN,;\\])")
Line = tuple[str, dict[str, str], str]


def reply(data: bytes) -> dict[str, Any] | None:
    """Which meeting it is about and what each says; None when it is no answer."""
    if len(data) > MOST_BYTES:
        return None
    lines = list(_lines(data.decode("utf-8", "replace")))
    method = next((value.strip().upper() for name, _p, value in lines if name == "METHOD"), "")
    events = [at for at, (name, _p, value) in enumerate(lines) if (name, value) == _BEGIN]
    if method not in ("REPLY", "COUNTER", "REFRESH") or len(events) != 1:
        return None
    event = list(_of_event(lines[events[0] + 1 :]))
    return {
        "method": method,
        "uid": words.line(_value(event, "UID"), 200),
        "sequence": _number(_value(event, "SEQUENCE")),
        "stamp": _moment(event, "DTSTAMP"),
        "starts": _moment(event, "DTSTART"),
        "comment": words.line(_plain(_value(event, "COMMENT")), 200),
        "attendees": [_attendee(one) for one in event if one[0] == "ATTENDEE"][:100],
    }


_BEGIN = ("BEGIN", "VEVENT")


def _lines(text: str) -> Iterator[Line]:
    for one in _FOLD.sub("", text).splitlines()[:5000]:
        found = _LINE.match(one[:5000])
        if found:
            parameters = {
                name.upper(): value.strip('"') for name, value in _PARAMETER.findall(found[2])
            }
            yield found[1].upper(), parameters, found[3].strip()


def _of_event(lines: list[Line]) -> Iterator[Line]:
    """Its own properties, not those of its alarms."""
    depth = 0
    for one in lines:
        if one[0] == "BEGIN":
            depth += 1
        elif one[0] == "END":
            depth -= 1
            if depth < 0:
                return
        elif depth == 0:
            yield one


def _value(event: list[Line], wanted: str) -> str:
    return next((value for name, _p, value in event if name == wanted), "")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text)


def _attendee(one: Line) -> dict[str, str]:
    _name, parameters, value = one
    email = words.line(value, 254).lower().removeprefix("mailto:")
    return {"email": email, "says": parameters.get("PARTSTAT", "").upper()}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _moment(event: list[Line], wanted: str) -> list[str]:
    """As it is written, and where: “20261201T090000” and “Europe/Oslo” (or “UTC”, or nothing)."""
    for name, parameters, value in event:
        if name == wanted and re.fullmatch(r"\d{8}T\d{6}Z?", value):
            zone = "UTC" if value.endswith("Z") else parameters.get("TZID", "")
            return [value.removesuffix("Z"), zone]
    return []
