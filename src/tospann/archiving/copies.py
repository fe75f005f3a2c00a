"""Copies as PDF/A of files that only their own program can read, made many at a time."""

import hashlib
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tospann.archiving import formats
from tospann.archiving.papers import Paper
from tospann.documents.previews import office

AT_A_TIME = 40
"""Starting the office program costs more than any one file."""


def make(papers: Sequence[Paper], root: Path, done: Callable[[], None]) -> list[Paper]:
    """The papers, those that got a copy below ``pdfa/`` knowing where it lies."""
    kinds = defaultdict(list)
    for one in papers:
        if formats.wants_copy(one):
            kinds[formats.ending(one.path)].append(one)
    made = {}
    for ending, wanting in kinds.items():
        for some in _batches(wanting):
            for one in _batch(some, ending, root):
                made[one.id] = one
            for _one in some:
                done()
    return [made.get(one.id, one) for one in papers]


def _batch(papers: Sequence[Paper], ending: str, root: Path) -> Iterator[Paper]:
    with tempfile.TemporaryDirectory(prefix="tospann-archive-") as folder:
        work = Path(folder)
        files = []
        for number, one in enumerate(papers):
            files.append(work / f"{number}.{ending}")
            shutil.copyfile(root / "dokumenter" / one.path, files[-1])
        for made in office.archived(work, files):
            one = papers[int(made.stem)]
            path = f"pdfa/{one.path}.pdf"
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, root / path)
            content = made.read_bytes()
            yield one.with_copy(path, hashlib.sha256(content).hexdigest(), len(content))


def _batches(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    for start in range(0, len(papers), AT_A_TIME):
        yield papers[start : start + AT_A_TIME]
