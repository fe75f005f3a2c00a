"""The archive package: one folder with everything, that explains and proves itself.

dokumenter/   the papers as they count, in their folders      registers/   JSON and CSV
versjoner/    their other versions (see "versions" in package.json)
pdfa/         copies of what only its own program can read
audit/        the chain of acts (entries.jsonl), and the same to read (journal.csv)
arkivstruktur.xml …   the Noark 5 extract                      keys.json    check seals with it
manifest-sha256.txt   the checksum of every file, signed in manifest-seal.json
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from tospann.archiving import copies, formats, noark, registers, schemas, versions
from tospann.archiving.papers import Paper, papers
from tospann.documents import blobs
from tospann.projects.models import Project
from tospann.seals.queries import portal_name, published_keys
from tospann.seals.ring import Ring

MANIFEST = "manifest-sha256.txt"
Progressed = Callable[[int, int], None]


@dataclass(frozen=True)
class Packed:
    """What came of it. ``remarks``: codes with a number, shown in words. ``faults``: what the
    schemas have against the extract, when ``is_validated``."""

    documents: int
    files: int
    remarks: list[tuple[str, int]]
    faults: list[str]
    is_validated: bool


def pack(project: Project, root: Path, by: str, progressed: Progressed) -> Packed:
    """Write the package into the empty folder. Every byte is read against its checksum.

    Raises schemas.Unusable before anything is written.
    """
    published = schemas.configured()
    Ring.of(settings.DATA_DIR).current()  # a first key is made before the keys are written down
    listed = papers(project)
    former = versions.others(project, listed) if settings.ARCHIVE_VERSIONS == "all" else []
    steps = len(listed) + len(former) + sum(map(formats.wants_copy, listed)) + 2
    counter = _Counter(steps, progressed)
    held = [one for one in listed if _written(one, root / "dokumenter", counter)]
    there = [one for one in former if _written(one, root / versions.FOLDER, counter)]
    held = copies.make([_lasting(one, root) for one in held], root, counter.step)
    written = registers.write(project.pk, root / "registers")
    (root / "audit").mkdir()
    acts = registers.write_chain(project.pk, root / "audit" / "entries.jsonl")
    registers.write_journal(project.pk, root / "audit" / "journal.csv")
    counter.step()
    head = noark.Head(project, portal_name(), by, timezone.now())
    noark.write(head, held, root)
    if published:
        published.copy_to(root)
    faults = published.faults(root) if published else []
    counted = {"registers": written, "acts": acts, "versions": settings.ARCHIVE_VERSIONS}
    _explain(project, root, by, _told(held, there), counted, _checked(published, faults))
    files = seal_folder(root)
    counter.step()
    lost = len(listed) + len(former) - len(held) - len(there)
    remarks = _remarks(lost, held, is_validated=bool(published))
    return Packed(len(held), files, remarks, faults, bool(published))


class _Counter:
    def __init__(self, total: int, progressed: Progressed) -> None:
        self._done, self._total, self._progressed = 0, total, progressed
        self._every = max(1, total // 100)

    def step(self) -> None:
        self._done += 1
        if self._done % self._every == 0 or self._done == self._total:
            self._progressed(self._done, self._total)


def _written(one: Paper | versions.Other, root: Path, counter: _Counter) -> bool:
    """The bytes below the folder; what is damaged or gone is left out, and told."""
    path, digest = root / one.path, hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    counter.step()
    try:
        with path.open("wb") as file:
            if one.content is not None:
                digest.update(one.content)
                file.write(one.content)
            else:
                with blobs.opened(one.sha256) as source:
                    while piece := source.read(2**20):
                        digest.update(piece)
                        file.write(piece)
    except blobs.Missing:
        path.unlink()
        return False
    if digest.hexdigest() != one.sha256:
        path.unlink()
        return False
    return True


def _lasting(one: Paper, root: Path) -> Paper:
    """A PDF/A is its own copy."""
    path = f"dokumenter/{one.path}"
    return one.with_copy(path, one.sha256, one.size) if formats.is_pdfa(root / path) else one


def _remarks(lost: int, held: list[Paper], *, is_validated: bool) -> list[tuple[str, int]]:
    found = {
        "missing": lost,
        "no_lasting_copy": sum(not formats.lasts(one) for one in held),
        "not_validated": int(not is_validated),
    }
    return [(code, number) for code, number in found.items() if number]


def _checked(published: schemas.Schemas | None, faults: list[str]) -> dict[str, object]:
    """What ``package.json`` says of the extract."""
    if published:
        return {"is_validated": True, "schemas": published.names, "faults": faults}
    told = (
        "The extract has not been validated: the portal has not been given the published schemas. "
        f"With their folder in {schemas.SETTING} the extract is validated when it is made."
    )
    return {"is_validated": False, "schemas": [], "remark": told}


def _told(held: list[Paper], former: list[versions.Other]) -> list[dict[str, object]]:
    """What ``package.json`` says of the documents."""
    others = defaultdict(list)
    for one in former:
        others[one.document].append(one.told())
    return [
        {
            "id": one.short_id,
            "title": one.title,
            "kind": one.kind,
            "path": f"dokumenter/{one.path}",
            "archive_copy": one.pdfa,
            "lasts": formats.lasts(one),
            "version": one.version,
            "made_at": one.made_at,
            "made_by": one.made_by,
            "sha256": one.sha256,
            "other_versions": others[one.id],
        }
        for one in held
    ]


def _explain(
    project: Project,
    root: Path,
    by: str,
    documents: list[dict[str, object]],
    counted: dict[str, object],
    noark_5: dict[str, object],
) -> None:
    said = {
        "project": {"key": project.key, "name": project.name},
        "organisation": portal_name(),
        "packed_at": datetime.now(UTC),
        "packed_by": by,
        **counted,
        "noark_5": noark_5,
        "documents": documents,
    }
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    (root / "package.json").write_text(text + "\n", encoding="utf-8")
    (root / "keys.json").write_text(json.dumps(published_keys(), indent=1) + "\n", encoding="utf-8")
    (root / "README.txt").write_text((__doc__ or "").strip() + "\n", encoding="utf-8")


def seal_folder(root: Path) -> int:
    """The checksum of every file as ``sha256sum --check`` reads it, and a signature over them."""
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(root)}\n" for path in paths]
    text = "".join(lines).encode()
    (root / MANIFEST).write_bytes(text)
    ring = Ring.of(settings.DATA_DIR)
    key = ring.current()
    said = {"key": key.id, "file": MANIFEST, "signature": ring.sign(key.id, text).hex()}
    (root / "manifest-seal.json").write_text(json.dumps(said, indent=1) + "\n")
    return len(paths) + 2


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
