"""The reminder itself: one notice and one mail a person, listing what she owes."""

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_noop, ngettext

from tospann.actions.models import Action, ActionState, Reminder
from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.notifications.mail import language_of, queue_mail
from tospann.notifications.models import How, Kind
from tospann.notifications.telling import how_told, tell
from tospann.people.models import Person

_ONE = gettext_noop("%(who)s reminds you of the action “%(title)s”.")
_MORE = gettext_noop("%(who)s reminds you of “%(title)s” and %(more)s more of your actions.")


def send(reminders: QuerySet[Reminder], entry: AuditEntry) -> None:
    """Idempotent for its entry, as telling and the outbox are."""
    by_person: dict[Person, list[Action]] = {}
    found = reminders.select_related("person", "action__project")
    for reminder in found.order_by("action__due_on", "action__number"):
        if reminder.action.state == ActionState.OPEN and reminder.person.is_active:
            by_person.setdefault(reminder.person, []).append(reminder.action)
    for person, actions in by_person.items():
        _tell(person, actions, entry)


def _tell(person: Person, actions: list[Action], entry: AuditEntry) -> None:
    first, more = actions[0], len(actions) - 1
    who = entry.detail.actor_name
    said = Sentence(_MORE if more else _ONE, {"who": who, "title": first.title, "more": more})
    link = first.get_absolute_url() if not more else f"/p/{first.project.key}/tasks?mine=1"
    tell([person.pk], Kind.ASKED, said, link, entry, project=first.project, by_mail=False)
    if how_told([person], Kind.ASKED)[person.pk] != How.NONE:
        _mail(person, actions, entry)


def _mail(person: Person, actions: list[Action], entry: AuditEntry) -> None:
    with translation.override(language_of(person)):
        shown = {
            "person": person,
            "who": entry.detail.actor_name,
            "project": actions[0].project,
            "actions": actions,
            "today": timezone.localdate(),
            "base_url": settings.BASE_URL,
        }
        subject = ngettext(
            "%(project)s: a reminder of %(number)s action",
            "%(project)s: a reminder of %(number)s actions",
            len(actions),
        ) % {"project": actions[0].project.name, "number": len(actions)}
        body = render_to_string("actions/mail/reminder.txt", shown)
        html = render_to_string("actions/mail/reminder.html", shown)
        queue_mail(f"reminder:{entry.pk}:{person.pk}", person.email, subject, body, html)
