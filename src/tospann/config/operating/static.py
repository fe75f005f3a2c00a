"""Collecting style sheets, scripts and icons into the data folder, when they have changed."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tospann import __version__


def collect() -> None:
    """Bring DATA_DIR/static up to date; does nothing when no file has changed."""
    kept: Path = settings.DATA_DIR / "static-stamp.txt"
    stamp = _stamp()
    if kept.exists() and kept.read_text() == stamp and any(settings.STATIC_ROOT.iterdir()):
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    kept.write_text(stamp)


def _stamp() -> str:
    """Every source file by name, size and time."""
    digest = hashlib.sha256(__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for name, size, time in sorted(_files(Path(config.path, "static"))):
            digest.update(f"{name} {size} {time}\n".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(Path(entry.path))
            else:
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns
