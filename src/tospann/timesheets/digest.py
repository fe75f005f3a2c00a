"""What the daily summary says of hours: the weeks that are not sent."""

from django.utils import timezone
from django.utils.translation import gettext

from tospann.notifications.mail import Section
from tospann.people.models import Person
from tospann.timesheets import queries
from tospann.timesheets.models import week_name
from tospann.ui import formats
from tospann.ui.jinja import language


def weeks_not_sent(person: Person) -> Section | None:
    """The person's whole weeks without hours that are sent, in her language."""
    found = queries.not_sent(person.pk, timezone.localdate())
    lines = [
        (_spoken(formats.week(monday, language())), f"/hours?week={week_name(monday)}")
        for monday in found
    ]
    return Section(gettext("Hours you have not sent"), lines) if lines else None


def _spoken(week: str) -> str:
    return week[:1].upper() + week[1:]
