#!/usr/bin/env python3
"""The PDF of a document of ten pages that was filled in, made by a process that has made none yet.

bench/papers.py [--times N]   limit: 0.6 s, from asking for it to having it

The process is one of the portal's: it knows the portal's addresses, as before its first answer, and
nothing of PDFs; what those need is imported and read within the time.
"""

import argparse
import io
import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

BLANK = "project_initiation_document"
PAGES = 10
_SENTENCE = (
    "Prosjektet skal levere et bygg som kommunen kan drive i femti år, og det som er avtalt her "
    "gjelder for alle som arbeider i det. "
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--child", type=Path, help="make one in that data folder, and say how long")
    asked = parser.parse_args()
    if asked.child:
        return _child(asked.child)
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data)
        _fill()
        return _measure(data, asked.times)


def _fill() -> None:
    """A document with as much text in its fields as ten pages take."""
    from django.utils import timezone

    from tospann.blanks import commands, content, keeping
    from tospann.blanks.models import Filled
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.packs import library
    from tospann.people.models import Organisation
    from tospann.projects import commands as projects

    today = timezone.localdate()
    project = projects.found_project(
        SYSTEM, Organisation.objects.get(), id=new_id(), key="HALL", name="Svømmehall",
        start=today, finish=today + timedelta(days=400),
    )  # fmt: skip
    line = next(one for one in library.documents() if one.key == BLANK)
    commands.add_blanks(
        SYSTEM,
        project,
        blanks=[
            commands.BlankLine(
                key=line.key,
                name=line.name.nb,
                kind=line.kind,
                gate=line.gate,
                definition=line.model_dump(mode="json", exclude_defaults=True),
            )
        ],
    )
    commands.start_filled(SYSTEM, project, id=new_id(), blank=BLANK)
    filled = Filled.objects.select_related("project", "blank").get()
    texts = [one for one in content.now(filled, "nb").form if one.kind == "rich_text"]
    words = {one.address: keeping.Typed("\n\n".join([_SENTENCE * 6] * 7)) for one in texts}
    keeping.keep(SYSTEM, filled, words, "nb")


def _measure(data: Path, times: int) -> int:
    command = [sys.executable, __file__, "--child", str(data)]
    found: list[dict[str, Any]] = []
    for _time in range(times):
        out = subprocess.run(  # this very file
            command, check=True, stdout=subprocess.PIPE, env=portal.surroundings(data)
        ).stdout
        found.append(json.loads(out))
    cold = [one["cold_ms"] for one in found]
    checks = {"pdf_cold_p95_ms": (portal.quantile(cold, 0.95), 600.0)}
    again = portal.median([one["again_ms"] for one in found])
    cpu = portal.median([one["cpu_ms"] for one in found])
    more = {"cold_ms": portal.median(cold), "cold_cpu_ms": cpu, "again_ms": again}
    pages = found[0]["pages"]
    if pages < PAGES:
        raise SystemExit(f"only {pages} pages")
    return portal.result("papers", checks, pages=pages, pdf_bytes=found[0]["bytes"], **more)


def _child(data: Path) -> int:
    import os

    os.environ.update(portal.surroundings(data))
    import django

    django.setup()
    from django.urls import resolve

    from tospann.blanks import files
    from tospann.blanks.models import Filled

    resolve("/")
    filled = Filled.objects.select_related("project", "blank").get()
    started, spent = time.perf_counter(), time.process_time()
    made = files.pdf(filled)
    cold, cpu = time.perf_counter() - started, time.process_time() - spent
    started = time.perf_counter()
    files.pdf(filled)
    again = time.perf_counter() - started
    import pypdf

    said = {
        "cold_ms": round(cold * 1000, 1),
        "cpu_ms": round(cpu * 1000, 1),
        "again_ms": round(again * 1000, 1),
        "pages": len(pypdf.PdfReader(io.BytesIO(made)).pages),
        "bytes": len(made),
    }
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
