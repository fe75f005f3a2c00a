"""What requests, offers and agreements have in common: their arguments, and what they refuse."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.foundation.errors import Invalid
from tospann.people.models import Person
from tospann.resources.models import Agreement, Terms
from tospann.ui.formats import short_date
from tospann.ui.jinja import language

Share = Annotated[int, Field(ge=1, le=100)]
Amount = Annotated[Decimal, Field(ge=0, lt=100_000_000, max_digits=10, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Days = Annotated[int, Field(ge=0, le=365)]
LONGEST = 366 * 10


def require_period(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid(gettext("The last day is before the first."), "ends_on")
    if (ends_on - starts_on).days > LONGEST:
        raise Invalid(gettext("Choose a period of at most ten years."), "ends_on")


def active_person(pk: UUID) -> Person:
    found = Person.objects.filter(pk=pk, is_active=True).first()
    if found is None:
        raise Invalid(gettext("There is no such person."), "person")
    return found


def refuse_overlap(project_id: UUID, person: Person, starts_on: date, ends_on: date) -> None:
    """A person has at most one agreement with a project at a time."""
    others = Agreement.objects.filter(project=project_id, person=person, starts_on__lte=ends_on)
    other = others.filter(ends_on__gte=starts_on).order_by("starts_on").first()
    if other is None:
        return
    raise Invalid(
        gettext(
            "%(person)s already has an agreement with the project from %(first)s to %(last)s "
            "(%(percent)s %%). Choose days outside it, or end that one first."
        )
        % {
            "person": person,
            "first": short_date(other.starts_on, language()),
            "last": short_date(other.ends_on, language()),
            "percent": other.percent,
        },
        "starts_on",
    )


def terms_of(one: Terms) -> Mapping[str, Any]:
    """What is passed on from an offer to the agreement."""
    names = ("percent", "starts_on", "ends_on", "rate", "currency", "notice_days", "end_clause")
    return {"person": one.person, **{name: getattr(one, name) for name in names}}
