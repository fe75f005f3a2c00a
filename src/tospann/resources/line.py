"""Who manages whom: the line manager of the unit somebody is employed in."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Person
from tospann.resources.models import Employment, Unit


def _employed(on: date | None) -> Q:
    today = on or timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def is_line_manager(actor: Actor) -> bool:
    """Whether she has the role. Whose manager she is, the units say."""
    return (
        actor.person_id is not None
        and rule(actor, Power.OFFER_PEOPLE, ORGANISATION_SCOPE).may_decide
    )


def units_of(actor: Actor) -> list[UUID]:
    """The units she manages: one query."""
    if not is_line_manager(actor):
        return []
    return list(Unit.objects.filter(manager=actor.person_id).values_list("pk", flat=True))


def people_of(actor: Actor, on: date | None = None) -> list[UUID]:
    """Those she manages that day: one query."""
    if not is_line_manager(actor):
        return []
    mine = Employment.objects.filter(_employed(on), unit__manager=actor.person_id)
    return list(mine.values_list("person_id", flat=True).distinct())


def manages(actor: Actor, person: UUID, on: date | None = None) -> bool:
    if not is_line_manager(actor):
        return False
    mine = Employment.objects.filter(_employed(on), unit__manager=actor.person_id)
    return mine.filter(person=person).exists()


def unit_of(person: UUID, on: date | None = None) -> Unit | None:
    """The unit she works in that day."""
    found = Employment.objects.filter(_employed(on), person=person, unit__isnull=False)
    row = found.select_related("unit").order_by("-starts_on").first()
    return row.unit if row else None


def managers_of(people: Collection[UUID]) -> set[UUID]:
    """The line managers of these people today: one query."""
    rows = Employment.objects.filter(_employed(None), person__in=list(people))
    found = rows.filter(unit__manager__isnull=False).values_list("unit__manager", flat=True)
    return set(found.distinct())


def line_managers() -> list[UUID]:
    """Everybody active who has the role."""
    held = Person.objects.filter(organisation_roles__role=Role.LINE_MANAGER, is_active=True)
    return list(held.values_list("pk", flat=True).distinct())
