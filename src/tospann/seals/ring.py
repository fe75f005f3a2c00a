"""The keys seals are made with: files of the data folder, so that a backup holds them.

Each key has a public file that stays for ever and a private one that goes when the key is followed
by a new one. Knows no Django and no database: a copy of the public part is enough to check files.
"""

import base64
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = "seal-keys"


@dataclass(frozen=True)
class Key:
    """The public half. ``retired_at``: makes no more seals; ``withdrawn_at``: trust none."""

    id: str
    public: bytes
    made_at: str
    retired_at: str = ""
    withdrawn_at: str = ""

    def verifies(self, signature: bytes, message: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def to_json(self) -> dict[str, str]:
        return {
            "id": self.id,
            "algorithm": "Ed25519",
            "public_key": base64.b64encode(self.public).decode(),
            "made_at": self.made_at,
            "retired_at": self.retired_at,
            "withdrawn_at": self.withdrawn_at,
        }


class Ring:
    """All keys of a portal, or those of a published file."""

    def __init__(self, keys: list[Key], folder: Path | None = None) -> None:
        self.keys = sorted(keys, key=lambda key: (key.made_at, key.id))
        self._folder = folder

    @classmethod
    def of(cls, data: Path) -> "Ring":
        """Those of a data folder."""
        folder = data / FOLDER
        found = [_key(json.loads(path.read_text())) for path in sorted(folder.glob("*.json"))]
        return cls(found, folder)

    @classmethod
    def published(cls, text: str) -> "Ring":
        """Those of a file saved from ``/verify/keys``; raises ValueError."""
        try:
            return cls([_key(one) for one in json.loads(text)["keys"]])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("This is no list of public keys.") from error

    def find(self, id: str) -> Key | None:
        return next((key for key in self.keys if key.id == id), None)

    def current(self) -> Key:
        """The key that makes seals; the first time, a new one."""
        able = [key for key in self.keys if not key.retired_at and self._private(key.id).exists()]
        return able[-1] if able else self._made()

    def rotate(self, *, withdraw: bool = False) -> Key:
        """A new key. Those before keep their public half; ``withdraw`` says they were exposed."""
        now = _now()
        old = [
            key for key in self.keys if not key.retired_at or (withdraw and not key.withdrawn_at)
        ]
        new = self._made()
        for key in old:
            said = {"retired_at": key.retired_at or now, "withdrawn_at": now if withdraw else ""}
            self._write(_key(key.to_json() | said))
            self._private(key.id).unlink(missing_ok=True)
        return new

    def sign(self, id: str, message: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._private(id).read_bytes()).sign(message)

    def to_json(self) -> list[dict[str, str]]:
        return [key.to_json() for key in self.keys]

    def _made(self) -> Key:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw()
        key = Key(hashlib.sha256(public).hexdigest()[:16], public, _now())
        _store(self._private(key.id), private.private_bytes_raw())
        self._write(key)
        return key

    def _write(self, key: Key) -> None:
        text = json.dumps(key.to_json(), indent=2) + "\n"
        _store(self._home() / f"{key.id}.json", text.encode())
        self.keys = [*(one for one in self.keys if one.id != key.id), key]

    def _private(self, id: str) -> Path:
        return self._home() / f"{id}.private"

    def _home(self) -> Path:
        if self._folder is None:
            raise ValueError("Only public keys are known here.")
        return self._folder


def _key(said: dict[str, Any]) -> Key:
    public = base64.b64decode(said["public_key"], validate=True)
    if len(public) != 32 or hashlib.sha256(public).hexdigest()[:16] != said["id"]:
        raise ValueError("A public key does not have the id it claims.")
    made = {name: str(said.get(name) or "") for name in ("made_at", "retired_at", "withdrawn_at")}
    return Key(str(said["id"]), public, **made)


def _store(path: Path, content: bytes) -> None:
    """On the disk before it has its name, readable by the portal alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".tmp", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
