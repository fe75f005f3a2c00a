"""Calendars somebody subscribes to: made and revoked by whose they are."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.mailbox.models import Feed
from tospann.people.commands import hash_of
from tospann.people.models import Person
from tospann.projects import queries as projects

MOST = 20
_NOT_YOURS = gettext_noop("Everybody keeps their own calendars.")


@dataclass(frozen=True)
class Issued:
    """A new feed and its secret, which is shown once."""

    feed: Feed
    secret: str


def _own(actor: Actor, subject: Person | Feed) -> Sentence | None:
    whose = subject.pk if isinstance(subject, Person) else subject.person_id
    return None if actor.person_id == whose else Sentence(_NOT_YOURS)


@command(needs=Power.OWN_ACCOUNT, only_if=_own, undoable=False, exposed=False)
def make_feed(
    actor: Actor,
    person: Person,
    *,
    id: UUID,
    name: Line,
    project: UUID | None = None,
    with_dates: bool = True,
) -> Issued:
    """Make a calendar to subscribe to"""
    if project is not None and not projects.sees_project(actor, project):
        raise Invalid(gettext("There is no such project."), "project")
    if Feed.objects.filter(person=person, revoked_at=None).count() >= MOST:
        raise Invalid(gettext("You have twenty calendars. Revoke one you no longer use."))
    secret = secrets.token_urlsafe(32)
    feed = Feed(
        id=id,
        person=person,
        project_id=project,
        name=name,
        with_dates=with_dates,
        token_hash=hash_of(secret),
    )
    feed.save()
    return Issued(feed, secret)


@command(needs=Power.OWN_ACCOUNT, only_if=_own, undoable=False)
def revoke_feed(actor: Actor, feed: Feed) -> Feed:
    """Revoke a calendar"""
    feed.revoked_at = feed.revoked_at or timezone.now()
    feed.save()
    return feed
