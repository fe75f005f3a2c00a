"""Telling people something: in their inbox, and by mail at once or in the daily summary.

    tell(holders, Kind.DECISION, Sentence(_WAITS, {"title": …}), link, entry, project=project)

Idempotent for its cause: an entry (or a key), a person and a kind give one notification and at most
one mail, however often the reaction runs.
"""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.notifications import mail
from tospann.notifications.models import (
    How,
    Kind,
    MailState,
    Notification,
    Preference,
    usual,
)
from tospann.people.models import Deputy, Person

ASKED_DIRECTLY = frozenset({Kind.DECISION, Kind.ASKED})


class Place(Protocol):
    """The project it happened in."""

    @property
    def pk(self) -> UUID: ...
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


def tell(
    people: Iterable[UUID | None],
    kind: Kind,
    sentence: Sentence,
    link: str,
    entry: AuditEntry | None = None,
    *,
    key: str = "",
    project: Place | None = None,
    by_mail: bool = True,
) -> int:
    """Tell these people, except whoever did it and whoever has been told; returns how many.

    `by_mail=False` is for whoever sends a mail of her own about it.
    """
    if entry is None and not key:
        raise ValueError("say what caused it: an entry or a key")
    cause = key or f"entry:{entry.pk}"  # type: ignore[union-attr]  # one of the two is there
    receivers = _receivers(people, kind, entry)
    with transaction.atomic():
        known = Notification.objects.filter(person__in=receivers, kind=kind, key=cause)
        told = set(known.values_list("person_id", flat=True))
        new = [person for person in receivers if person.pk not in told]
        how = how_told(new if by_mail else [], kind)
        notices = [
            Notification(
                person=person,
                kind=kind,
                text=sentence.to_json(),
                link=link[:500],
                project_id=project.pk if project else None,
                project_key=project.key if project else "",
                project_name=project.name if project else "",
                key=cause,
                entry_id=entry.pk if entry else None,
                mail_state=MailState.WAITS if how.get(person.pk) == How.DAILY else MailState.NONE,
            )
            for person in new
        ]
        Notification.objects.bulk_create(notices, ignore_conflicts=True)
        for notice in notices:
            if how.get(notice.person_id) == How.IMMEDIATE:
                mail.queue_notice(notice)
    return len(notices)


def _receivers(people: Iterable[UUID | None], kind: Kind, entry: AuditEntry | None) -> list[Person]:
    """Active people, with whoever deputises for them when a decision waits; never the doer."""
    wanted = {person for person in people if person is not None}
    if kind == Kind.DECISION:
        today = timezone.localdate()
        absent = Deputy.objects.filter(person__in=wanted, starts_on__lte=today, ends_on__gte=today)
        wanted |= set(absent.values_list("deputy_id", flat=True))
    if entry is not None and entry.person_id is not None:
        wanted.discard(entry.person_id)
    return list(Person.objects.filter(pk__in=wanted, is_active=True)) if wanted else []


def how_told(people: list[Person], kind: str) -> dict[UUID, str]:
    """By mail at once, daily or not at all: what each said, and never to an unproved address."""
    if not people:
        return {}
    said = dict(
        Preference.objects.filter(person__in=people, kind=kind).values_list("person_id", "how")
    )
    addresses = EmailAddress.objects.filter(user__in=people, verified=True)
    proved = {(pk, address.lower()) for pk, address in addresses.values_list("user_id", "email")}
    return {
        person.pk: said.get(person.pk, usual(kind))
        if (person.pk, person.email.lower()) in proved and _is_ours_or_asked(person, kind)
        else How.NONE
        for person in people
    }


def _is_ours_or_asked(person: Person, kind: str) -> bool:
    return not person.is_external or kind in ASKED_DIRECTLY
