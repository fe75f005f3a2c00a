"""What people were told about a project, forgotten with it."""

from uuid import UUID

from tospann.foundation.models import AuditEntry
from tospann.notifications.models import Notification, OutboxMail


def forget(project_id: UUID) -> None:
    """Also what was told without naming a project, as those of the line are: by the act in it."""
    acts = AuditEntry.objects.filter(scope_id=project_id).values("pk")
    told = Notification.objects.filter(entry_id__in=acts)
    rows = told.values_list("kind", "key", "person_id")
    keys = [f"{kind}:{key}:{person}" for kind, key, person in rows]
    OutboxMail.objects.filter(key__in=keys).delete()
    told.delete()
