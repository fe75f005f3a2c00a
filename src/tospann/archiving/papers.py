"""What a project has on paper: its documents as they count, its minutes and its signed reports."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tospann.documents import zipping
from tospann.documents.models import Document, DocumentState, Version
from tospann.documents.tree import Tree
from tospann.meetings.models import PublishedMinutes
from tospann.projects.models import Project
from tospann.reports.models import SignedReport

_SETTLED = {DocumentState.APPROVED, DocumentState.PUBLISHED}


@dataclass(frozen=True)
class Paper:
    """One file of the archive. ``path`` is below ``dokumenter/``, its folder what it lies in."""

    id: UUID
    path: str
    title: str
    short_id: str
    kind: str
    media_type: str
    size: int
    sha256: str
    version: int
    made_at: datetime
    made_by: str
    is_settled: bool
    is_exempt: bool = False
    content: bytes | None = None
    pdfa: str = ""
    """Where the archive's copy lies, which is itself when it is PDF/A."""
    copy_sha256: str = ""
    copy_size: int = 0

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def has_own_copy(self) -> bool:
        return bool(self.pdfa) and self.pdfa != f"dokumenter/{self.path}"

    def with_copy(self, path: str, sha256: str, size: int) -> "Paper":
        return replace(self, pdfa=path, copy_sha256=sha256, copy_size=size)


def papers(project: Project) -> list[Paper]:
    """All of them, in the order of their paths."""
    found = [*_documents(project), *_minutes(project), *_reports(project)]
    return sorted(found, key=lambda one: one.path)


def _documents(project: Project) -> Iterator[Paper]:
    listed = Document.objects.filter(project=project, trashed_at__isnull=True, url="")
    documents = list(listed.select_related("made_by").order_by("number"))
    versions = _versions(project)
    for one in documents:
        counts = one.approved_version or one.version_number
        one.sha256 = versions[one.pk, counts].sha256
    entries = zipping.entries(documents, Tree.of(project.pk))
    for one, entry in zip(documents, entries, strict=True):
        version = versions[one.pk, one.approved_version or one.version_number]
        yield Paper(
            id=one.pk,
            path=entry.path,
            title=one.name,
            short_id=f"{project.key}-{one.number}",
            kind=one.document_type or "Dokument",
            media_type=version.media_type,
            size=version.size,
            sha256=version.sha256,
            version=version.number,
            made_at=version.made_at,
            made_by=one.made_by.name if one.made_by else "",
            is_settled=one.state in _SETTLED,
            is_exempt=one.is_exempt,
        )


def _versions(project: Project) -> dict[tuple[UUID, int], Version]:
    found = Version.objects.filter(project=project)
    return {(one.document_id, one.number): one for one in found.iterator(2000)}


def _minutes(project: Project) -> Iterator[Paper]:
    found = PublishedMinutes.objects.filter(project=project).order_by("published_at")
    for one in found.select_related("meeting", "published_by"):
        short = f"{project.key}-{one.meeting.number}"
        yield Paper(
            id=one.pk,
            path=f"Referater/{short}.pdf",
            title=one.content["title"],
            short_id=short,
            kind="Referat",
            media_type="application/pdf",
            size=one.pdf_size,
            sha256=one.pdf_sha256,
            version=1,
            made_at=one.published_at,
            made_by=one.published_by.name if one.published_by else "",
            is_settled=True,
        )


def _reports(project: Project) -> Iterator[Paper]:
    found = SignedReport.objects.filter(project=project).order_by("number")
    for one in found.select_related("signed_by").iterator(50):
        short = f"{project.key}-R{one.number}"
        yield Paper(
            id=one.pk,
            path=f"Rapporter/{short}.pdf",
            title=f"Rapport {one.number}",
            short_id=short,
            kind="Rapport",
            media_type="application/pdf",
            size=one.pdf_size,
            sha256=one.pdf_sha256,
            version=1,
            made_at=one.signed_at,
            made_by=one.signed_by.name,
            is_settled=True,
            content=bytes(one.pdf),
        )
