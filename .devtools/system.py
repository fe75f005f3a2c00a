"""What comes from Debian: found by what it provides, installed as root, or named to be typed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from processes import run, say


def _has_postgresql() -> bool:
    return postgresql_programs() is not None


def _has_fonts() -> bool:
    return any(Path("/usr/share/fonts").glob("**/Liberation*"))


def _has_libatomic() -> bool:
    return any(Path("/usr/lib").glob("**/libatomic.so.1"))


def _has(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


# Debian package → whether this machine has what we need of it
PACKAGES: dict[str, Callable[[], bool]] = {
    "postgresql": _has_postgresql,
    "chromium": _has("chromium"),
    "fonts-liberation": _has_fonts,
    "libatomic1": _has_libatomic,
    "dovecot-imapd": lambda: Path("/usr/sbin/dovecot").is_file(),
    **{name: _has(name) for name in ("litmus", "cadaver", "rclone")},
}


def postgresql_programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version there is."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[4])
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def missing() -> list[str]:
    return [package for package, is_there in PACKAGES.items() if not is_there()]


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_line(packages: list[str]) -> str:
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> None:
    say(f"Installing Debian packages: {' '.join(packages)} …")
    unattended = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "-qq", "update", env=unattended)
    run("apt-get", "-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0",
        "-o", "DPkg::Lock::Timeout=300", "install", *packages, env=unattended)  # fmt: skip
