"""What a backup says about itself, and comparing that with what is really there."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from tospann.config.operating.refusals import Refused

NAME = "manifest.json"
FORMAT = 1


@dataclass
class Manifest:
    """The inventory of a backup."""

    version: str
    engine: str
    at: str
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    heads: list[list[Any]]
    files: dict[str, list[Any]] = field(default_factory=dict)
    """``path in the backup → [sha256, size]``."""
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        write_durably(folder / NAME, text.encode())

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        try:
            stored = json.loads((folder / NAME).read_text())
            if stored["format"] != FORMAT:
                raise Refused(f"{folder} was made in a way this version does not know.")
            return cls(**stored)
        except FileNotFoundError:
            raise Refused(f"{folder} is not a whole backup: it has no {NAME}.") from None
        except (ValueError, TypeError, KeyError) as error:
            raise Refused(f"The {NAME} of {folder} cannot be read: {error}") from None

    def faults_of_files(self, folder: Path) -> list[str]:
        """Files of the backup that are missing, changed, or not in the inventory."""
        found = {str(path.relative_to(folder)) for path in every_file(folder)} - {NAME}
        faults = [f"{name}: not in the inventory" for name in sorted(found - set(self.files))]
        for name, (sha256, size) in sorted(self.files.items()):
            if name not in found:
                faults.append(f"{name}: missing")
            elif (folder / name).stat().st_size != size or sha256_of(folder / name) != sha256:
                faults.append(f"{name}: changed")
        return faults


def every_file(folder: Path) -> Iterator[Path]:
    """All ordinary files below the folder; links are not followed."""
    for parent, _folders, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield path


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_durably(source: Path, target: Path) -> list[Any]:
    """Copy a file to the disk itself, readable by its owner only; its hash and size."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with source.open("rb") as old, _private(target) as new:
        while block := old.read(1 << 20):
            digest.update(block)
            size += len(block)
            new.write(block)
        new.flush()
        os.fsync(new.fileno())
    return [digest.hexdigest(), size]


def write_durably(target: Path, content: bytes) -> None:
    with _private(target) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folders(folder: Path) -> None:
    """Bring the names of all files below to the disk, too."""
    for parent, _folders, _names in os.walk(folder):
        handle = os.open(parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _private(path: Path) -> IO[bytes]:
    """A new file that only its owner can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
