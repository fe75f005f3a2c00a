"""Meetings by their titles and places, and what stands in their minutes, item by item."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor
from tospann.meetings.models import AgendaItem, Meeting
from tospann.search.kinds import Kind, by_number, indexed, projects_of, records


def _items(actor: Actor) -> QuerySet[AgendaItem]:
    """What a meeting's page shows: external parties nothing that is not for them."""
    found = AgendaItem.objects.filter(project__in=projects_of(actor))
    return found.filter(private=False) if actor.kind in ("external", "guest") else found


indexed(
    Kind(
        *("meetings.meeting", _("Meetings"), "meeting", 45),
        read=records(Meeting, "title", "place", number="number"),
        href=by_number("meeting"),
    )
)
indexed(
    Kind(
        *("meetings.agendaitem", _("Minutes"), "note", 46),
        read=records(AgendaItem, "title", "text", number="meeting__number"),
        href=by_number("meeting"),
        permitted=_items,
    )
)
