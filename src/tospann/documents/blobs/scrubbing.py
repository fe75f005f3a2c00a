"""Reading every kept byte again, to find what the disk has changed or lost before anybody asks."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import structlog
from django.conf import settings
from django.utils import timezone

from tospann.documents.blobs.disk import Disk
from tospann.documents.blobs.errors import Missing
from tospann.documents.blobs.references import Named, named
from tospann.documents.blobs.store import Stored, pieces

REPORT = "scrub.json"
DAYS = 30
"""A part every night: after so many nights everything has been read."""
log = structlog.get_logger()


@dataclass
class Report:
    """What was found. ``damaged`` and ``missing`` map a hash to the rows that need it."""

    at: str
    files: int = 0
    bytes: int = 0
    rows: int = 0
    damaged: dict[str, list[str]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    healed: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not (self.damaged or self.missing)

    def __str__(self) -> str:
        found = f"{len(self.damaged)} damaged, {len(self.missing)} missing"
        mended = f", {len(self.healed)} mended" if self.healed else ""
        return f"{self.files} files ({self.bytes} bytes) read, {self.rows} rows: {found}{mended}"


def scrub(*, day: date | None = None, backup: Path | None = None) -> Report:
    """Read everything again (with ``day``: that night's part of it), and look for what is named.

    What is damaged or missing is taken from the ``backup``, if it is whole there.
    """
    report = Report(at=timezone.now().isoformat(timespec="seconds"))
    damaged = {one.sha256 for one in _read(Disk().listed(), day, report) if not _is_itself(one)}
    found = _rows(report)
    report.damaged = {sha256: found.get(sha256, ([], 0))[0] for sha256 in sorted(damaged)}
    report.missing = {key: rows for key, (rows, size) in sorted(found.items()) if _lacks(key, size)}
    for sha256 in set(report.missing) & damaged:
        del report.missing[sha256]
    if backup is not None:
        _heal(report, backup)
    _keep(report)
    return report


def last_report() -> dict[str, Any] | None:
    """What the last reading found, for the administration page."""
    try:
        found: dict[str, Any] = json.loads(_place().read_text())
    except (FileNotFoundError, ValueError):
        return None
    return found


def _read(every: Iterable[Stored], day: date | None, report: Report) -> Iterator[Stored]:
    for one in every:
        if day is None or int(one.sha256[:2], 16) % DAYS == day.toordinal() % DAYS:
            report.files += 1
            report.bytes += one.size
            yield one


def _is_itself(one: Stored) -> bool:
    """Whether the bytes still have the hash they are called by."""
    try:
        return _hash(Disk().opened(one.sha256)) == one.sha256
    except Missing:  # removed meanwhile; whoever names it is asked below
        return True
    except (OSError, ValueError) as error:
        log.warning("a file cannot be read", sha256=one.sha256, error=str(error))
        return False


def _hash(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    for piece in pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def _rows(report: Report) -> dict[str, tuple[list[str], int]]:
    found: dict[str, tuple[list[str], int]] = {}
    for row in named():
        report.rows += 1
        found.setdefault(row.sha256, ([], row.size))[0].append(str(row))
    return found


def _lacks(sha256: str, size: int) -> bool:
    try:
        return Disk().size(sha256) != size
    except (Missing, ValueError):
        return True


def missing() -> Iterator[Named]:
    """Rows whose bytes are not there as they should be: for verifying a restore."""
    for row in named():
        if _lacks(row.sha256, row.size):
            yield row


def _heal(report: Report, backup: Path) -> None:
    """Put back what the backup has whole."""
    store, copies = Disk(), Disk(backup / "files" / "files")
    for faults in (report.damaged, report.missing):
        for sha256 in list(faults):
            if _mended(store, copies, sha256):
                report.healed.append(sha256)
                del faults[sha256]


def _mended(store: Disk, copies: Disk, sha256: str) -> bool:
    digest = hashlib.sha256()
    try:
        with store.part() as part:
            for piece in pieces(copies.opened(sha256)):
                digest.update(piece)
                part.write(piece)
            if digest.hexdigest() == sha256:
                store.put_if_absent(sha256, part)
    except (OSError, ValueError):
        return False
    return digest.hexdigest() == sha256


def _keep(report: Report) -> None:
    log.log(20 if report.is_whole else 40, "files read again", found=str(report))
    _place().write_text(json.dumps(asdict(report), indent=1))


def _place() -> Path:
    return Path(settings.DATA_DIR) / REPORT
