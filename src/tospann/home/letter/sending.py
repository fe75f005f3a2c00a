"""Who gets the letter, and putting it in the outbox."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.home.letter.content import letter
from tospann.notifications.mail import language_of, queue_mail
from tospann.notifications.models import How, Kind, Preference
from tospann.people.models import Person
from tospann.projects.models import Membership


def receivers() -> QuerySet[Person]:
    """Everybody on a team, also from outside, who has not declined the letter.

    Never to an address nobody has proved, except the very one that somebody was invited at and
    that the way in was sent to.
    """
    today = timezone.localdate()
    current = Q(until__isnull=True) | Q(until__gte=today)
    takes_part = Membership.objects.filter(current, person=OuterRef("pk")).exclude(role=Role.GUEST)
    declined = Preference.objects.filter(person=OuterRef("pk"), kind=Kind.MONDAY, how=How.NONE)
    proved = EmailAddress.objects.filter(
        user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True
    )
    found = Person.objects.filter(Exists(takes_part), ~Exists(declined), is_active=True)
    return found.filter(Exists(proved) | Q(last_login__isnull=True)).order_by("pk")


def send(person: Person, key: str) -> bool:
    """Put the person's letter in the outbox; False when nothing is open, or it is there already."""
    with translation.override(language_of(person)):
        written = letter(person)
        if written is None:
            return False
        shown = {"letter": written, "person": person, "base_url": settings.BASE_URL}
        body = render_to_string("home/letter/mail.txt", shown)
        html = render_to_string("home/letter/mail.html", shown)
        with transaction.atomic():
            return queue_mail(
                key, person.email, written.subject, body, html, unsubscribe=written.stop
            )


def key_of_week(person: UUID, now: datetime) -> str:
    """One letter a person a week, however often the job runs."""
    year, week, _day = now.isocalendar()
    return f"monday:{year}-{week}:{person}"


def send_now(person: Person) -> bool:
    """The letter as it is at this moment, besides Monday's."""
    return send(person, f"monday:now:{new_id()}")
