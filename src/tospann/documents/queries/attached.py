"""Reading the files attached to a project's records."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tospann.documents.models import Attachment
from tospann.foundation.authority import Actor
from tospann.projects.models import Project

Guard = Callable[[Actor, str], bool]
_guards: dict[str, Guard] = {}


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
