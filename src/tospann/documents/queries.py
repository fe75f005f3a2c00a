"""Reading the folders of a project, and the files attached to its records."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tospann.documents import files
from tospann.documents.models import Attachment, Folder
from tospann.foundation.authority import Actor
from tospann.projects.models import Project

Guard = Callable[[Actor, str], bool]
_guards: dict[str, Guard] = {}


def folders(of: Project) -> QuerySet[Folder]:
    return Folder.objects.filter(project=of).select_related("phase").order_by("number")


def seen_with(label: str, guard: Guard) -> None:
    """Files born in this kind of record (``meetings.agendaitem``) ask ``guard(actor, reference)``.

    Without a guard, whoever sees the project sees the file.
    """
    _guards[label] = guard


def attachments_of(*references: str) -> QuerySet[Attachment]:
    """The files of these records, oldest first."""
    found = Attachment.objects.filter(born_in__in=references).select_related("project", "added_by")
    return found.order_by("added_at", "id")


def attachment(actor: Actor, project: Project, pk: UUID) -> Attachment:
    """One file of the project, or 404."""
    found = Attachment.objects.filter(project=project, pk=pk).select_related("project").first()
    if found is None or not _may_see(actor, found.born_in):
        raise Http404
    return found


def visible(actor: Actor, found: Iterable[Attachment]) -> list[Attachment]:
    """Those of them the actor may see (the project is already hers to see)."""
    return [one for one in found if _may_see(actor, one.born_in)]


def _may_see(actor: Actor, born_in: str) -> bool:
    guard = _guards.get(born_in.partition(":")[0])
    return guard is None or guard(actor, born_in)


def missing_files() -> Iterator[str]:
    """Attachments whose bytes are not there as they should be: for verifying a restore."""
    for one in Attachment.objects.order_by("pk").iterator():
        if not files.is_kept(one.sha256, one.size):
            yield f"attachment {one.pk} ({one.name}): its file is missing"
