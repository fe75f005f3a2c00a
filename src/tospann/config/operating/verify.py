"""Proving that the audit log is whole, and that a backup can be restored."""

import argparse
import hashlib
import hmac
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tospann.config.operating.manifest import Manifest
from tospann.config.operating.refusals import Refused, say


def verify_audit(asked: argparse.Namespace) -> int:
    """Every chain from its first entry to its head, against the anchors; 1 at any fault."""
    import django

    django.setup()
    from tospann.config.operating import database
    from tospann.foundation.models import AuditHead

    if database.is_empty():
        raise Refused("There is no audit log: the database is empty. Is --data right?")
    faults = audit_faults()
    bad = {fault.split(" ", 1)[0] for fault in faults}
    for head in AuditHead.objects.order_by("scope_id"):
        if str(head.pk) not in bad:
            say(f"{head.pk}  {head.sequence:>8} entries  OK  {head.hash[:16]}")
    for fault in faults:
        say(f"FAULT  {fault}")
    say("The audit log is whole." if not faults else "The audit log has been changed.")
    return 1 if faults else 0


def audit_faults() -> list[str]:
    """The first fault of every broken chain, triggers that are gone, signed reports changed."""
    from tospann.foundation import triggers
    from tospann.reports import queries as reports

    gone = [f"triggers: {name} is missing" for name in triggers.missing()]
    return [*chain_faults(), *gone, *reports.faults()]


def chain_faults() -> list[str]:
    """The first fault of every broken chain: what can be told of any version's data."""
    from tospann.foundation import audit
    from tospann.jobs import anchors

    try:
        kept = anchors.read_anchors()
    except anchors.AnchorUnreadable as error:
        return [f"anchors: {error}"]
    return [
        f"{fault.scope_id} entry {fault.sequence}: {fault.what}" for fault in audit.verify(kept)
    ]


def verify_backup(asked: argparse.Namespace) -> int:
    """Restore to a temporary place, compare everything, and sign what was found."""
    folder = asked.folder.absolute()
    made = Manifest.read(folder)
    place = Path(tempfile.mkdtemp(prefix="tospann-verify-"))
    try:
        with _Elsewhere(made.engine) as address:
            surroundings = {**os.environ, "TOSPANN_DATA_DIR": str(place / "data")}
            surroundings["TOSPANN_DATABASE_URL"] = address
            surroundings.pop("TOSPANN_DEMO", None)
            done = subprocess.run(  # noqa: S603  # ourselves
                [sys.executable, "-m", "tospann", "restore", str(folder)],
                env=surroundings, capture_output=True, text=True, check=False,
            )  # fmt: skip
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if done.returncode:
        say(f"NOT VERIFIED: {folder}\n{(done.stderr or done.stdout).strip()}")
        return 1
    _sign_off(made, folder)
    return 0


def _sign_off(made: Manifest, folder: Path) -> None:
    """The report on the screen, and kept in the data folder for the administration page."""
    report: dict[str, Any] = {
        "backup": str(folder),
        "made_at": made.at,
        "version": made.version,
        "verified_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": sum(made.counts.values()),
        "tables": len(made.counts),
        "files": len(made.files),
        "audit_heads": made.heads,
    }
    text = json.dumps(report, sort_keys=True)
    import django

    django.setup()
    from django.conf import settings

    key = settings.SECRET_KEY.encode()
    report["signature"] = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    (settings.DATA_DIR / "verified-restore.json").write_text(json.dumps(report, indent=1))
    say(
        f"VERIFIED: {folder}\n"
        f"  made      {made.at} by version {made.version}\n"
        f"  restored  {report['rows']} rows in {report['tables']} tables, {report['files']} files, "
        f"{len(made.heads)} audit chains: all equal, every hash and the whole chain checked\n"
        f"  signed    {report['signature'][:32]} at {report['verified_at']}"
    )


class _Elsewhere:
    """An empty database that exists while a backup is tried: a file, or one on the same server."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.name = f"tospann_verify_{secrets.token_hex(4)}"

    def __enter__(self) -> str:
        if self.engine == "sqlite":
            return ""
        url = os.environ.get("TOSPANN_DATABASE_URL", "")
        if not url.startswith("postgres"):
            raise Refused("The backup is of PostgreSQL: set TOSPANN_DATABASE_URL to a server.")
        self._execute(f"CREATE DATABASE {self.name}")
        return urlunsplit(urlsplit(url)._replace(path=f"/{self.name}"))

    def __exit__(self, *_error: object) -> None:
        if self.engine != "sqlite":
            self._execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(os.environ["TOSPANN_DATABASE_URL"], autocommit=True) as server:
            server.execute(statement)
