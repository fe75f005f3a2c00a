"""The hash of plan after plan, when little differs between one and the next."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import planengine as engine
from planengine.codec import canonical, encoder

_KINDS: dict[str, type] = {
    "activities": engine.Activity,
    "links": engine.Link,
    "calendars": engine.Calendar,
    "resources": engine.Resource,
    "assignments": engine.Assignment,
}


class Fingerprints:
    """``content_hash`` of plans that share their rows: what was written for one is used again."""

    def __init__(self) -> None:
        self._written: dict[str, dict[int, tuple[Any, bytes]]] = {}

    def of(self, plan: engine.Plan) -> str:
        """What ``planengine.content_hash`` says of the plan."""
        bare = replace(plan, activities=(), links=(), calendars=(), resources=(), assignments=())
        body = {name: canonical(value) for name, value in engine.to_json(bare).items()}
        for name, kind in _KINDS.items():
            rows = getattr(plan, name)
            if rows:
                body[name] = b"[" + b",".join(self._rows(name, kind, rows)) + b"]"
        parts = (json.dumps(name).encode() + b":" + body[name] for name in sorted(body))
        return hashlib.sha256(b"{" + b",".join(parts) + b"}").hexdigest()

    def _rows(self, name: str, kind: type, rows: Iterable[Any]) -> list[bytes]:
        before, encode = self._written.get(name, {}), encoder(kind)
        # The row is kept beside its text: as long as it is, no other has its id.
        now = {id(row): before.get(id(row)) or (row, canonical(encode(row))) for row in rows}
        self._written[name] = now
        return [text for _row, text in now.values()]
