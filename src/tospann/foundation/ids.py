"""Identifiers: UUIDv7, so that whoever prepares a record can choose its id and rows sort by age."""

import os
import time
import uuid

ORGANISATION_SCOPE = uuid.UUID(int=0)
"""The audit scope of everything that belongs to the organisation rather than to one project."""


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80
    value |= 0x7 << 76 | (random >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random & 0x3FFFFFFFFFFFFFFF
    return uuid.UUID(int=value)
