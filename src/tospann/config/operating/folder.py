"""The data folder: what lies in it, and whether it is a demo's. Knows no Django."""

import os
import sqlite3
from contextlib import closing
from ipaddress import ip_address
from pathlib import Path

from tospann.config.operating.refusals import Refused

DEMO_MARK = "DEMO"
DATABASE = "tospann.sqlite3"
DATABASE_COMPANIONS = ("-wal", "-shm", "-journal", ".lock")
_MARK_TEXT = "This folder holds invented demo data. Anyone on this machine can sign in to it.\n"
# Made again whenever they are missing: no part of what an organisation would miss.
REBUILT = frozenset({"static", "tmp", "static-stamp.txt", "verified-restore.json", "scrub.json"})
# What the settings create by themselves, so that a folder with only these is still empty.
MADE_BY_ITSELF = REBUILT | {"secret_key.txt"}


def data_folder() -> Path:
    """The folder of this portal (the settings' own rule, without importing them)."""
    named = os.environ.get("TOSPANN_DATA_DIR")
    if named:
        return Path(named).resolve()
    from django.conf import settings

    folder: Path = settings.DATA_DIR
    return folder


def is_demo(folder: Path) -> bool:
    return (folder / DEMO_MARK).exists()


def is_empty(folder: Path) -> bool:
    """Whether nothing was ever kept here; a database without tables is nothing."""
    if not folder.exists():
        return True
    names = {part.name for part in folder.iterdir()} - MADE_BY_ITSELF
    file = folder / DATABASE
    if DATABASE in names and not _has_tables(file):
        names -= {DATABASE, *(f"{DATABASE}{end}" for end in DATABASE_COMPANIONS)}
    return not names


def _has_tables(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as opened:
        return bool(opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def mark_as_demo(folder: Path) -> None:
    """Make a new folder a demo's. An existing one never becomes one."""
    if is_demo(folder):
        return
    if not is_empty(folder):
        raise Refused(
            f"{folder} already holds data that is not a demo's. "
            "Name a new folder with --data; a demo never shares one."
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DEMO_MARK).write_text(_MARK_TEXT)


def settle_demo_mode(folder: Path, host: str) -> bool:
    """Whether this is a demo; refuses a demo on other data, or one that others could reach."""
    asked = os.environ.get("TOSPANN_DEMO", "") == "1"
    if asked and not is_demo(folder):
        raise Refused(
            f"TOSPANN_DEMO=1 is set, but {folder} is not a demo's data folder. In demo mode "
            "anyone may sign in as anyone. Unset TOSPANN_DEMO, or use `tospann demo`."
        )
    if not is_demo(folder):
        return False
    if not _is_loopback(host):
        raise Refused(f"A demo answers on this machine only; --host {host} would show it to all.")
    os.environ["TOSPANN_DEMO"] = "1"
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
