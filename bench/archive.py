#!/usr/bin/env python3
"""The archive package of a project with 5,000 documents: packed, checked, zipped.

bench/archive.py [--files N] [--words N]   limit: 180 s for 5,000 documents, of them 50 Word files
"""

import argparse
import io
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

LIMIT = 180
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--words", type=int, default=50)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data)
        return _measure(asked.files, asked.words)


def _measure(files: int, words: int) -> int:
    from tospann.archiving.packing import pack

    project = _project()
    _fill(project, files, words)
    told: list[tuple[int, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        packed = pack(project, Path(folder), "Arkivar", lambda *how: told.append(how))
        seconds = round(time.perf_counter() - began, 1)
    if packed.faults or packed.documents != files:
        raise SystemExit(f"not whole: {packed}")
    checks = {"seconds": (seconds, LIMIT)}
    return portal.result("archive", checks, files=files, words=words, told=len(told))


def _project() -> Any:
    from datetime import timedelta

    from django.utils import timezone

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.people.administration import found_organisation
    from tospann.projects import commands as projects

    organisation, today = found_organisation("Bench"), timezone.localdate()
    finish = today + timedelta(days=200)
    words = {"key": "ARK", "name": "Arkivet", "start": today, "finish": finish}
    return projects.found_project(SYSTEM, organisation, id=new_id(), **words)


def _fill(project: Any, files: int, words: int) -> None:
    """Documents with their bytes in 60 folders, written in one act."""
    from django.utils import timezone

    from tospann.documents import blobs, commands
    from tospann.documents.models import Document, Folder, Version
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.records import save_all
    from tospann.foundation.transactions import next_number, run

    lines = [{"number": f"{number:02}", "name": f"Mappe {number}"} for number in range(1, 61)]
    commands.add_folders(SYSTEM, project, folders=lines)
    folders, now = list(Folder.objects.order_by("number")), timezone.now()
    kept = [(*_content(number, words), number) for number in range(files)]
    blob_of = [blobs.put_bytes(data) for _name, _kind, data, _number in kept]

    def body(_act: Any, fresh: Any) -> None:
        documents, versions = [], []
        for (name, kind, _data, number), blob in zip(kept, blob_of, strict=True):
            said = {"media_type": kind, "size": blob.size, "sha256": blob.sha256, "project": fresh}
            folder = folders[number % len(folders)]
            one = Document(
                number=next_number(fresh.pk), folder=folder, name=name, changed_at=now, **said
            )
            one.set_key()
            documents.append(one)
            versions.append(Version(document=one, number=1, made_at=now, **said))
        save_all(documents)
        save_all(versions)

    run(SYSTEM, "bench.making", project, None, body)


def _content(number: int, words: int) -> tuple[str, str, bytes]:
    if number >= words:
        data = f"%PDF-1.7 {number} ".encode() + bytes(range(256)) * 400
        return f"Tegning {number}.pdf", "application/pdf", data
    from docx import Document as Word

    page, made = Word(), io.BytesIO()
    page.add_paragraph(f"Notat {number} om fremdriften. " * 200)
    page.save(made)
    return f"Notat {number}.docx", WORD, made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
