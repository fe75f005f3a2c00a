"""Signed links: one person, one thing, one answer, for a fortnight. The link is the authority."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

SALT = "tospann.home.letter"
LASTS = timedelta(days=14)
LONGEST = 600
ANSWERS = ("done", "late", "stuck")
STOP = "stop"


class Unknown(Exception):
    """No link of ours."""


class RunOut(Exception):
    """A link of ours whose time is over."""


@dataclass(frozen=True)
class Link:
    """What a link stands for."""

    person: UUID
    answer: str
    what: str = ""
    key: str = ""
    number: int = 0
    digest: str = ""

    def token(self) -> str:
        stands_for = [self.person.hex, self.answer, self.what, self.key, self.number]
        return signing.dumps(stands_for, salt=SALT)


def read(token: str) -> Link:
    """What the link stands for; Unknown or RunOut."""
    if len(token) > LONGEST:
        raise Unknown
    try:
        found = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        found = signing.loads(token, salt=SALT)
        if found[1] != STOP:  # who wants no more letters may say so whenever she reads one
            raise RunOut from None
    except signing.BadSignature:
        raise Unknown from None
    person, answer, what, key, number = found
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Link(UUID(person), answer, what, key, number, digest)
