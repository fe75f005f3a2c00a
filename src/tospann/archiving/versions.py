"""What documents held before and after the version that counts: kept beside it, as it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tospann.archiving import formats
from tospann.archiving.papers import Paper
from tospann.documents.models import Version
from tospann.projects.models import Project

FOLDER = "versjoner"


@dataclass(frozen=True)
class Other:
    """One version that is not the one that counts. ``path`` is below ``versjoner/``."""

    document: UUID
    number: int
    path: str
    sha256: str
    size: int
    made_at: datetime
    made_by: str
    comment: str
    content: bytes | None = None

    def told(self) -> dict[str, object]:
        return {
            "version": self.number,
            "path": f"{FOLDER}/{self.path}",
            "made_at": self.made_at,
            "made_by": self.made_by,
            "comment": self.comment,
            "sha256": self.sha256,
            "size": self.size,
        }


def others(project: Project, papers: Sequence[Paper]) -> list[Other]:
    """All of them, those of a paper in a folder with its name: ``Notat.docx/v1.docx``."""
    return list(_others(project, {one.id: one for one in papers}))


def _others(project: Project, papers: dict[UUID, Paper]) -> Iterator[Other]:
    rows = Version.objects.filter(project=project).select_related("made_by")
    for row in rows.order_by("document", "number").iterator(2000):
        paper = papers.get(row.document_id)
        if paper is None or paper.version == row.number:
            continue
        ending = formats.ending(paper.path)
        yield Other(
            document=row.document_id,
            number=row.number,
            path=f"{paper.path}/v{row.number}" + (f".{ending}" if ending else ""),
            sha256=row.sha256,
            size=row.size,
            made_at=row.made_at,
            made_by=row.made_by.name if row.made_by else "",
            comment=row.comment,
        )
