"""Reading documents, folders and versions, one or many."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from tospann.documents import access, locks
from tospann.documents.models import Document, Folder, Lock, Version
from tospann.foundation.authority import POWERS, Actor, Power, Strength
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project

Choices = list[tuple[str, str]]


def folders(of: Project) -> QuerySet[Folder]:
    found = Folder.objects.filter(project=of, trashed_at__isnull=True)
    return found.select_related("phase").order_by("number", "name_key")


def folder(actor: Actor, project: Project, pk: UUID) -> Folder:
    """One folder, also from the trash, or 404."""
    found = Folder.objects.filter(project=project, pk=pk).select_related("project", "parent")
    one = found.first()
    if one is None or not access.of_folder(actor, one).may_see:
        raise Http404
    return one


def documents(actor: Actor, project: Project) -> QuerySet[Document]:
    """What the actor sees, the latest change first."""
    return access.visible(actor, project).order_by("-changed_at", "pk")


def listed(actor: Actor, project: Project, *, folder: UUID | None, name: str) -> QuerySet[Document]:
    """By number; those that lie in the folder and have that in their name."""
    found = access.visible(actor, project).order_by("number")
    if folder is not None:
        found = found.filter(folder=folder)
    return found.filter(name__icontains=name) if name else found


def anywhere(actor: Actor, pk: UUID) -> Document:
    """A document by its id alone, in a project the actor sees, or 404."""
    found = Document.objects.filter(pk=pk).select_related("project").first()
    if found is None or not projects.sees_project(actor, found.project_id):
        raise Http404
    return access.document(actor, found.project, pk)


def document(
    actor: Actor, project: Project, number: int, held: access.Grants | None = None
) -> Document:
    """By its number, also from the trash, or 404; with what its page shows of it."""
    found = access.seen(actor, project, held).filter(number=number)
    return _first(
        found.select_related(
            "folder", "project", "phase", "made_by", "changed_by", "approved_by", "trashed_by"
        )
    )


def versions(of: Document) -> list[Version]:
    """The newest first."""
    return list(of.versions.select_related("made_by").order_by("-number"))


def version(of: Document, number: int) -> Version:
    """One of them, or 404."""
    found = of.versions.filter(number=number).select_related("made_by").first()
    if found is None:
        raise Http404
    return found


def held_by(of: Document) -> Lock | None:
    """Who has it now, if anybody."""
    found = locks.covering(of)
    return found[0] if found else None


def path_of(actor: Actor, of: Document, held: access.Grants) -> list[Folder]:
    """The folders on the way to a document, from the top, as far as the actor sees them."""
    return access.tree(actor, of.project, held).above(of.folder_id)[::-1]


def picked(actor: Actor, project: Project, keys: Sequence[str]) -> list[Document]:
    """Of the rows that were ticked, those the actor sees."""
    ids = [UUID(key) for key in keys if _is_uuid(key)]
    found = access.visible(actor, project).filter(pk__in=ids)
    return list(found.order_by("name_key", "pk"))


def phases(of: Project) -> Choices:
    return [(str(one.pk), one.name) for one in projects.phases(of)]


def approvers(of: Project) -> Choices:
    """Whoever may approve documents here."""
    held = POWERS[Power.APPROVE_DOCUMENT].items()
    return _people(of, [str(role) for role, strength in held if strength is Strength.DECIDE])


def to_purge(before: datetime, today: date) -> list[Document]:
    """What has lain in the trash since before then, and need not be kept for longer."""
    due = Q(retain_until__isnull=True) | Q(retain_until__lt=today)
    found = Document.objects.filter(due, trashed_at__lt=before, is_held=False)
    return list(found.select_related("folder", "project").order_by("trashed_at", "pk"))


def folders_to_purge(before: datetime) -> list[Folder]:
    """Empty folders that have lain in the trash since before then, the deepest first."""
    found = Folder.objects.filter(trashed_at__lt=before, documents=None)
    return list(found.select_related("project").order_by("-pk"))


def _people(of: Project, roles: Sequence[str]) -> Choices:
    held = Q(memberships__project=of, memberships__role__in=roles, is_active=True)
    found = Person.objects.filter(held).order_by("name", "id").distinct()
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def _first(among: QuerySet[Document]) -> Document:
    one = among.first()
    if one is None:
        raise Http404
    return one


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
