"""Reading the inbox: one's own only."""

from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When
from django.http import Http404

from tospann.foundation.authority import Actor
from tospann.notifications.models import Kind, Notification, Preference, usual
from tospann.people.models import Person
from tospann.ui.round_trip import Asked, Question, Rows


def inbox(actor: Actor, project_key: str = "", unread: bool = False) -> QuerySet[Notification]:
    """What concerns the actor: unread first, newest first."""
    found = Notification.objects.filter(person_id=person_of(actor))
    if project_key:
        known = "\x00" not in project_key  # PostgreSQL cannot even compare with that
        found = found.filter(project_key=project_key.upper()) if known else found.none()
    if unread:
        found = found.filter(read_at__isnull=True)
    return found.order_by(Case(When(read_at__isnull=True, then=0), default=1), "-id")


def unread_count(actor: Actor) -> int:
    """For the bell."""
    if actor.person_id is None:
        return 0
    return sum(row["count"] for row in _unread(actor.person_id)["unread"])


def _unread_question(person_id: UUID) -> Question:
    unread = Notification.objects.filter(person_id=person_id, read_at__isnull=True)
    counted = unread.values("person").annotate(count=Count("pk"))
    return Person.objects.filter(pk=person_id), {"unread": Rows(counted, count="count")}


_unread = Asked(_unread_question)


def notice(actor: Actor, pk: int) -> Notification:
    found = Notification.objects.filter(pk=pk, person_id=person_of(actor)).first()
    if found is None:
        raise Http404
    return found


def projects(actor: Actor) -> list[dict[str, Any]]:
    """The projects the inbox has something from: key, name, number of unread."""
    rows = Notification.objects.filter(person_id=person_of(actor)).exclude(project_key="")
    unread = Count("pk", filter=Q(read_at__isnull=True))
    found = rows.values("project_key", "project_name").annotate(unread=unread)
    return [dict(row) for row in found.order_by("project_name")]


def preferences(actor: Actor) -> dict[str, str]:
    """How the actor is told about every kind."""
    said = dict(Preference.objects.filter(person_id=person_of(actor)).values_list("kind", "how"))
    return {str(kind): said.get(kind, str(usual(kind))) for kind in Kind}


def person_of(actor: Actor) -> UUID:
    """The person who acts, or 404: nobody else has an inbox."""
    if actor.person_id is None:
        raise Http404
    return actor.person_id
