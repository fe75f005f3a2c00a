"""Read marks and preferences: working state, so neither command nor audit."""

from collections.abc import Mapping

from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.notifications import queries
from tospann.notifications.models import Notification, Preference, usual


def mark(actor: Actor, pk: int, *, read: bool) -> Notification:
    """Mark one notification as read or unread."""
    found = queries.notice(actor, pk)
    if found.is_read != read:
        found.read_at = timezone.now() if read else None
        found.save(update_fields=["read_at"])
    return found


def mark_all(actor: Actor, project_key: str = "") -> int:
    """Mark everything (of one project) as read; returns how many."""
    unread = queries.inbox(actor, project_key, unread=True).order_by()
    return unread.update(read_at=timezone.now())


def prefer(actor: Actor, wishes: Mapping[str, str]) -> None:
    """How the actor wants to be told, by kind. What equals the usual is not kept."""
    person = queries.person_of(actor)
    for kind, how in wishes.items():
        own = Preference.objects.filter(person_id=person, kind=kind)
        if how == usual(kind):
            own.delete()
        elif not own.update(how=how):
            Preference.objects.create(person_id=person, kind=kind, how=how)
