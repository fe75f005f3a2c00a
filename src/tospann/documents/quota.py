"""How much the files of a project, and of all projects, may take together; asked in the command."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext

from tospann.documents.blobs.errors import MEGABYTE, NoRoom
from tospann.documents.models import Attachment, Version


def refuse_over(project_id: UUID, sha256: str, size: int) -> None:
    """``NoRoom`` when these bytes, if they are new there, would be more than was given."""
    of_project = getattr(settings, "PROJECT_QUOTA_MEGABYTES", None)
    if of_project is not None and _used(sha256, project=project_id) + size > of_project * MEGABYTE:
        said = gettext("The project's files may take %(limit)s MB, and this would be more.")
        raise NoRoom(said % {"limit": of_project})
    of_all = getattr(settings, "QUOTA_MEGABYTES", None)
    if of_all is not None and _used(sha256) + size > of_all * MEGABYTE:
        said = gettext("All files together may take %(limit)s MB, and this would be more.")
        raise NoRoom(said % {"limit": of_all})


def _used(but: str, **where: Any) -> int:
    """Bytes of every content once, but for the one that is about to come."""
    return sum(_sum(kind.objects.filter(**where).exclude(sha256=but)) for kind in _KINDS)


def _sum(found: QuerySet[Any]) -> int:
    each = found.order_by().values("sha256", "size").distinct()
    return each.aggregate(all=Sum("size"))["all"] or 0


_KINDS: tuple[type[Version] | type[Attachment], ...] = (Version, Attachment)
