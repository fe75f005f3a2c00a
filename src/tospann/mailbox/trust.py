"""Whether a mail is from whom it says, as our own mail server found out (RFC 8601)."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tospann.mailbox.models import Trust

_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


def results(found: Mapping[str, Any]) -> dict[str, set[str]]:
    """What the server named in the settings says; what others say may be the forger's own."""
    ours = settings.INCOMING_AUTHSERV
    said: dict[str, set[str]] = {}
    for header in found["authentication"]:
        plain = _COMMENT.sub(" ", header)
        server = plain.partition(";")[0].split()
        if ours and server and server[0].lower() == ours:
            for method, result in _RESULT.findall(plain):
                said.setdefault(method.lower(), set()).add(result.lower())
            break  # the topmost is the one our server wrote
    return said


def is_forged(found: Mapping[str, Any]) -> bool:
    """Refused by the sender's own rules, or written so that nobody can tell who sent it."""
    if found["senders"] != 1:
        return True
    said = results(found)
    if "fail" in said.get("dmarc", ()):
        return True
    is_unsigned = "pass" not in said.get("dkim", ()) and "pass" not in said.get("dmarc", ())
    return "fail" in said.get("spf", ()) and is_unsigned


def trust(found: Mapping[str, Any]) -> Trust:
    """Only the sender's domain standing in for the address proves it: a bare signature does not."""
    return Trust.PROVED if "pass" in results(found).get("dmarc", ()) else Trust.UNKNOWN
