"""What an hour costs, and the one gate before everything that shows it.

Whoever shows a rate, a salary, the cost of hours or the cost of a person asks ``may_see`` first:
pages, API, exports, search and history alike. What is stored here never reaches the audit log
(``unaudited`` on the records, ``guarded`` on the commands).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from tospann.budget.veiling import may_see_rates
from tospann.foundation.authority import Actor
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.resources import line
from tospann.resources.models import Agreement, Rate
from tospann.resources.titles import plain


class Price(NamedTuple):
    """An amount per hour."""

    amount: Decimal
    currency: str


def may_see(actor: Actor, project: Project | UUID) -> bool:
    """Whether rates, hourly costs and costs per person in the project are shown to her."""
    scope = project.pk if isinstance(project, Project) else project
    return may_see_rates(actor, scope)


def may_see_of(actor: Actor, person: UUID) -> bool:
    """Whether she sees what an hour of this person costs whatever the project: her line manager."""
    return line.manages(actor, person)


def of(project_id: UUID, people: Iterable[UUID], day: date) -> Mapping[UUID, Price]:
    """What an hour of each costs the project that day; who has no rate is not in it. Unguarded.

    As agreed with the project; else her own rate; else her title's. At most four queries.
    """
    wanted = set(people)
    found = _agreed(project_id, wanted, day)
    found |= _own(wanted - found.keys(), day)
    found |= _by_title(wanted - found.keys(), day)
    return found


def hourly(project_id: UUID, person: UUID, day: date) -> Price | None:
    """What an hour of her costs the project that day. Unguarded: ask ``may_see`` before showing."""
    return of(project_id, [person], day).get(person)


def _agreed(project_id: UUID, people: set[UUID], day: date) -> dict[UUID, Price]:
    rows = Agreement.objects.filter(
        project=project_id, person__in=people, starts_on__lte=day, ends_on__gte=day
    ).filter(rate__isnull=False)
    found = rows.order_by("number").values_list("person_id", "rate", "currency")
    return {pk: Price(rate, currency) for pk, rate, currency in found if rate is not None}


def _own(people: set[UUID], day: date) -> dict[UUID, Price]:
    if not people:
        return {}
    rows = Rate.objects.filter(person__in=people, valid_from__lte=day).order_by("valid_from")
    found = rows.values_list("person_id", "amount", "currency")
    return {pk: Price(amount, currency) for pk, amount, currency in found if pk is not None}


def _by_title(people: set[UUID], day: date) -> dict[UUID, Price]:
    if not people:
        return {}
    rows = Rate.objects.filter(person__isnull=True, valid_from__lte=day).order_by("valid_from")
    priced = {
        plain(title): Price(amount, currency)
        for title, amount, currency in rows.values_list("title", "amount", "currency")
    }
    if not priced:
        return {}
    titled = Person.objects.filter(pk__in=people).values_list("pk", "title")
    return {pk: priced[plain(title)] for pk, title in titled if plain(title) in priced}
