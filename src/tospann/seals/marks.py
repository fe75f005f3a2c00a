"""The mark inside a sealed file, and how it is checked: the file and a public key are enough.

A sealed file holds one string ``tospann-seal-1.<what it says>.<signature>`` in its catalogue. The
fingerprint is the SHA-256 of the whole file with the signature's digits as zeros, and the signature
(Ed25519) is over that fingerprint: any other byte, before, after or inside, makes it fail.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tospann.seals.ring import Ring

_MARK = re.compile(rb"tospann-seal-1\.([A-Za-z0-9_-]{2,8000})\.([0-9a-f]{128})")
_PURPOSE = b"tospann-seal-1\n"
_ZEROS = b"0" * 128
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


@dataclass(frozen=True)
class Mark:
    """What the mark says, and where its signature's digits lie."""

    code: str
    key: str
    title: str
    by: str
    made_at: datetime
    signature: bytes
    start: int = 0


@dataclass(frozen=True)
class Verdict:
    """``sealed``, ``changed``, ``unknown_key``, ``withdrawn`` or ``no_seal``."""

    state: str
    mark: Mark | None = None
    fingerprint: str = ""

    @property
    def holds(self) -> bool:
        return self.state == "sealed"


def unsigned(said: dict[str, str]) -> str:
    """The mark of a file that is about to be signed."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    coded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"tospann-seal-1.{coded}.{_ZEROS.decode()}"


def find(file: bytes) -> Mark | None:
    """The last mark of the file, if there is one that can be read."""
    last = None
    for found in _MARK.finditer(file):
        last = found
    return None if last is None else _read(last)


def fingerprint(file: bytes, mark: Mark) -> str:
    """SHA-256 of the file with the signature's digits as zeros."""
    digest = hashlib.sha256(memoryview(file)[: mark.start])
    digest.update(_ZEROS)
    digest.update(memoryview(file)[mark.start + len(_ZEROS) :])
    return digest.hexdigest()


def message(digest: str) -> bytes:
    """The bytes that are signed."""
    return _PURPOSE + bytes.fromhex(digest)


def signed(file: bytes, ring: Ring) -> tuple[bytes, str]:
    """The file with its signature, by the key its mark names; and its fingerprint."""
    mark = find(file)
    if mark is None or mark.signature != bytes(64):
        raise ValueError("There is no open mark to sign.")
    digest = fingerprint(file, mark)
    digits = ring.sign(mark.key, message(digest)).hex().encode()
    return file[: mark.start] + digits + file[mark.start + len(digits) :], digest


def check(file: bytes, ring: Ring) -> Verdict:
    """Whether the file is as it was when it was sealed."""
    mark = find(file)
    return Verdict("no_seal") if mark is None else judge(mark, fingerprint(file, mark), ring)


def judge(mark: Mark, digest: str, ring: Ring) -> Verdict:
    """The same of a file somebody else has taken the fingerprint of."""
    key = ring.find(mark.key)
    if key is None:
        return Verdict("unknown_key", mark, digest)
    if not key.verifies(mark.signature, message(digest)):
        return Verdict("changed", mark, digest)
    return Verdict("withdrawn" if key.withdrawn_at else "sealed", mark, digest)


def read(text: str) -> Mark | None:
    """A mark that stands alone, as a browser found it."""
    found = _MARK.fullmatch(text.encode("ascii", "replace"))
    return None if found is None else _read(found)


def grouped(code: str) -> str:
    """``7KQ3-M2XA-9PTD``, as people read it."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed(text: str) -> str:
    """A code as somebody typed it: without spaces and hyphens, look-alikes put right."""
    plain = re.sub(r"[\s-]", "", text.upper())
    return plain.translate(str.maketrans("OILU", "011V"))


def _read(found: re.Match[bytes]) -> Mark | None:
    try:
        coded = found[1] + b"=" * (-len(found[1]) % 4)
        said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(coded))
        return Mark(
            code=str(said["code"]),
            key=str(said["key"]),
            title=str(said["title"]),
            by=str(said["by"]),
            made_at=datetime.fromisoformat(str(said["made_at"])),
            signature=bytes.fromhex(found[2].decode()),
            start=found.start(2),
        )
    except (ValueError, KeyError, TypeError):
        return None
