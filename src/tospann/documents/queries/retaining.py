"""What has to be kept: on hold, or to be retained until a day that has not come."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.documents.models import Document
from tospann.foundation.authority import Sentence

_KEPT = gettext_noop("%(n)s documents are on hold or have to be kept for longer.")


def objection(project_id: UUID) -> Sentence | None:
    """Why the project may not be deleted yet, if documents in it speak against that."""
    kept = Q(is_held=True) | Q(retain_until__gte=timezone.localdate())
    found = Document.objects.filter(kept, project=project_id).count()
    return Sentence(_KEPT, {"n": found}) if found else None
