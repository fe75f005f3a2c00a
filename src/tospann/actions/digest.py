"""What the daily summary says of actions: those that are overdue, and those of today."""

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions import queries
from tospann.notifications.mail import Section
from tospann.people.models import Person


def waiting_actions(person: Person) -> Section | None:
    """The person's actions due today or before, in her language."""
    due = queries.open_of(person.pk).filter(due_on__lte=timezone.localdate())
    listed = due.select_related("project").order_by("due_on", "number")[:20]
    lines = [(f"{one.short_id} {one.title}", one.get_absolute_url()) for one in listed]
    return Section(gettext("Your actions that are overdue or due today"), lines) if lines else None
