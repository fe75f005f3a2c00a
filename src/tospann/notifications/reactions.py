"""The mail that invites somebody: how to set a password and get in."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.notifications.mail import language_of, queue_mail
from tospann.people.commands import invite_person
from tospann.people.models import Person
from tospann.people.sign_in import set_password_link


@reaction(invite_person)
def mail_the_invitation(entry: AuditEntry) -> None:
    invited = [ref for ref in entry.detail.changes or {} if ref.startswith("people.person:")]
    for person in Person.objects.filter(pk__in=[ref.partition(":")[2] for ref in invited]):
        with translation.override(language_of(person)):
            shown = {
                "person": person,
                "inviter": entry.detail.actor_name,
                "link": set_password_link(person),
                "base_url": settings.BASE_URL,
            }
            body = render_to_string("notifications/mail/invitation.txt", shown)
            queue_mail(f"invitation:{entry.pk}", person.email, gettext("Welcome to Tospann"), body)
