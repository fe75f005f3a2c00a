"""Documents as a Django app: documents and folders can be shared."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tospann.documents.models import Document
    from tospann.documents.opening import Way


class DocumentsConfig(AppConfig):
    name = "tospann.documents"
    label = "documents"

    def ready(self) -> None:
        from tospann.documents import locks, opening, shareable  # models are loaded first
        from tospann.documents.queries import retaining
        from tospann.foundation import undo
        from tospann.projects import burying

        shareable.register()
        undo.guarded_by("documents.document", locks.refuse_if_locked)
        undo.guarded_by("documents.folder", locks.refuse_if_locked_within)
        opening.ways_come_from(_programs)
        burying.objected_to_by(retaining.objection)


def _programs(request: "HttpRequest", document: "Document") -> "Sequence[Way]":
    from tospann.documents.dav import pages  # drives are not needed by every process

    return pages.ways(request, document)
