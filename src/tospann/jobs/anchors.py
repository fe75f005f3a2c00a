"""Anchors: the heads of the audit chains, kept as files outside the database, one a day.

Whoever could rewrite the whole chain would also have to rewrite these (docs/operating.md says to
copy the folder elsewhere).
"""

import json
import os
import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from tospann.foundation import audit

Anchors = dict[UUID, list[tuple[int, str]]]


class AnchorUnreadable(Exception):
    """An anchor file that cannot be understood: damaged, or tampered with."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"cannot read the anchor {path.name}")
        self.path = path


def folder() -> Path:
    return Path(settings.DATA_DIR) / "anchors"


def write_anchor(name: str = "") -> Path:
    """Write the heads of now to ``YYYY-MM-DD.json``; an anchor that exists is never overwritten."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{name or timezone.localdate().isoformat()}.json"
    if not path.exists():
        _write(path, json.dumps(audit.anchor(), indent=1) + "\n")
    return path


def _write(path: Path, text: str) -> None:
    """All or nothing, and on the disk before it counts: fsync of the file and of its folder."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, path)
        except FileExistsError:
            pass
        finally:
            Path(file.name).unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def read_anchors(of: Path | None = None) -> Anchors:
    """Every anchored head by scope, as ``foundation.audit.verify`` takes them."""
    anchors: Anchors = {}
    for path in sorted((of or folder()).glob("*.json")):
        try:
            for scope, sequence, hash_ in json.loads(path.read_text())["heads"]:
                anchors.setdefault(UUID(scope), []).append((int(sequence), str(hash_)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnchorUnreadable(path) from error
    return anchors
