"""Addresses that mail comes in by: the operator's one, with a tag of ours after a plus sign."""

import re

from django.conf import settings

_TAG = re.compile(r"[a-z0-9-]{1,60}")


def tagged(tag: str) -> str:
    """``post+tag@example.no``, or nothing when no mail is taken in."""
    local, at, domain = settings.INCOMING_ADDRESS.rpartition("@")
    return f"{local}+{tag}@{domain}" if at else ""


def tag_of(address: str) -> str | None:
    """The tag of an address of ours, empty when it has none; None when it is not ours."""
    ours, _at, our_domain = settings.INCOMING_ADDRESS.rpartition("@")
    local, _at, domain = address.strip().lower().rpartition("@")
    name, plus, tag = local.partition("+")
    if not ours or (name, domain) != (ours, our_domain):
        return None
    if not plus:
        return ""
    return tag if _TAG.fullmatch(tag) else ""
