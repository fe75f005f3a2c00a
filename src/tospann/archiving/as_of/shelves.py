"""The documents in force at a moment, for whoever may see them today."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.archiving.as_of.sections import Column, Named, Row, Section, label
from tospann.documents import access
from tospann.documents.models import Classification, Document, DocumentState, Folder, Version
from tospann.foundation.authority import Actor
from tospann.foundation.rewinding import Then
from tospann.projects.models import Project

Held = dict[UUID, tuple[Document, bool]]
"""What the reader sees today, and whether she may have its bytes."""


def documents(actor: Actor, project: Project, then: Then, named: Named) -> Section:
    """Each in the version that counted: the one that was approved, else the latest there was."""
    held = access.grants(actor, project)
    seen, kept = _seen(actor, project, held), _kept(project)
    versions = {(row["document_id"], row["number"]): row for row in then.rows[Version]}
    open_ = access.tree(actor, project, held).folders
    folders = {row["id"]: row for row in then.rows[Folder]}
    rows = [
        _row(project, row, versions, folders, seen, kept)
        | ({} if row["folder_id"] in open_ else {"folder": ""})
        for row in sorted(then.rows[Document], key=lambda one: one["number"])
        if row["id"] in seen and row["trashed_at"] is None
    ]
    columns = (
        Column("number", _("No."), "key"),
        Column("title", _("Document"), "title"),
        Column("folder", _("Folder")),
        Column("state", _("State")),
        Column("version", _("Version"), "number"),
        Column("classification", _("Class")),
        Column("size", _("Bytes"), "number"),
        Column("sha256", _("Fingerprint (SHA-256)"), "code"),
        Column("file", _("File"), "file"),
    )
    lead = _("In the version that counted then. What you may see is decided by your rights today.")
    title, none = _("Documents in force"), _("There was no document for you to see.")
    return Section("documents", title, columns, rows, none, lead=lead)


def _seen(actor: Actor, project: Project, held: access.Grants) -> Held:
    listed = access.seen(actor, project, held)
    return {one.pk: (one, access.of_document(actor, one, held).may_download) for one in listed}


def _kept(project: Project) -> frozenset[tuple[UUID, int]]:
    """The versions whose bytes are still to be had."""
    found = Version.objects.filter(project=project).order_by()
    return frozenset(found.values_list("document_id", "number"))


def _row(
    project: Project,
    row: Row,
    versions: dict[tuple[Any, int], Row],
    folders: dict[Any, Row],
    seen: Held,
    kept: frozenset[tuple[UUID, int]],
) -> Row:
    number = row["approved_version"] or row["version_number"]
    version, folder = versions.get((row["id"], number), {}), folders.get(row["folder_id"], {})
    klass = row["classification"] or folder.get("classification") or Classification.INTERNAL
    may_have = seen[row["id"]][1] and not row["url"] and (row["id"], number) in kept
    at = [project.key, row["number"]]
    return {
        "number": f"{project.key}-{row['number']}",
        "title": row["name"],
        "folder": f"{folder['number']} {folder['name']}".strip() if folder else "",
        "state": label(DocumentState.choices, row["state"]),
        "version": number,
        "classification": label(Classification.choices, klass),
        "size": version.get("size"),
        "sha256": version.get("sha256", ""),
        "link": reverse("document", args=at),
        "file": reverse("version_file", args=[*at, number]) if may_have else "",
    }
