"""Documents, as they are found: by name, folder and what stands in them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tospann.documents.everywhere import visible_everywhere
from tospann.documents.models import Content, Document
from tospann.search.kinds import Keys, Kind, Source, by_number, indexed

_TOGETHER = 200


def _read(keys: Keys) -> Iterator[Source]:
    """Never what lies in the trash."""
    rows = Document.objects.filter(trashed_at__isnull=True).select_related("project", "folder")
    rows = rows if keys is None else rows.filter(pk__in=list(keys))
    some: list[Document] = []
    for one in rows.order_by("pk").iterator(_TOGETHER):
        some.append(one)
        if len(some) == _TOGETHER:
            yield from _sources(some)
            some = []
    yield from _sources(some)


def _sources(some: list[Document]) -> Iterator[Source]:
    words = dict(
        Content.objects.filter(sha256__in={one.sha256 for one in some}).values_list("pk", "text")
    )
    for one in some:
        folder = one.folder.label if one.folder else ""
        text = words.get(one.sha256, "") or one.url
        yield Source(
            *(str(one.pk), one.name, f"{text}\n{folder}", one.short_id, one.project_id),
            at=one.changed_at,
        )


def _in_folder(folder: str, _change: Mapping[str, Any]) -> Iterable[str]:
    inside = Document.objects.filter(folder__pk=folder).values_list("pk", flat=True)
    return [str(pk) for pk in inside]


indexed(
    Kind(
        *("documents.document", _("Documents"), "document", 15),
        read=_read,
        href=by_number("document"),
        permitted=visible_everywhere,
        also={"documents.folder": _in_folder},
        outside=lambda key, hit: f"/rooms/{key}/documents/{hit.key}",
    )
)
