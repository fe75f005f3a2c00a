"""Reading the communication plan: what is due, and what each has received."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.stakeholders.models import Audience, CommunicationItem, Receipt, Stakeholder, Told
from tospann.stakeholders.registered import named

Row = dict[str, Any]
BY_DATE = (F("next_on").asc(nulls_last=True), F("number").asc())


def items(project: Project) -> QuerySet[CommunicationItem]:
    return CommunicationItem.objects.filter(project=project)


def item(project: Project, number: int) -> CommunicationItem:
    """One line of the plan, or 404."""
    found = items(project).filter(number=number).select_related("project", "responsible").first()
    if found is None:
        raise Http404
    return found


def audience(of: CommunicationItem) -> list[Stakeholder]:
    found = Stakeholder.objects.filter(audiences__item=of)
    return list(found.order_by("name", "number"))


def items_for(of: Stakeholder) -> list[CommunicationItem]:
    """What she is to be told, the soonest first."""
    found = CommunicationItem.objects.filter(audience__stakeholder=of)
    return list(found.select_related("responsible").order_by(*BY_DATE))


def times(of: CommunicationItem) -> list[Told]:
    """Each time it was told, the latest first, with whom it reached."""
    found = Told.objects.filter(item=of).select_related("by")
    found = found.prefetch_related("receipts__stakeholder")
    return list(found.order_by("-on", "-created_at")[:100])


def log(project: Project) -> QuerySet[Receipt]:
    """Who has received what."""
    return Receipt.objects.filter(project=project)


def add_audience(rows: Sequence[Row]) -> None:
    """Adds to rows of the plan who each is for, and when it was last told: two queries."""
    pks = [row["pk"] for row in rows]
    names: dict[UUID, list[str]] = defaultdict(list)
    found = Audience.objects.filter(item__in=pks).order_by("stakeholder__name")
    columns = ("stakeholder__name", "stakeholder__organisation")
    for pk, *parts in found.values_list("item_id", *columns):
        names[pk].append(named(*parts))
    told = Told.objects.filter(item__in=pks).order_by("on").values_list("item_id", "on")
    last: dict[UUID, date] = dict(told)
    for row in rows:
        row["who"], row["last"] = ", ".join(names[row["pk"]]), last.get(row["pk"])


def due(until: date) -> QuerySet[CommunicationItem]:
    """What is to be told until a day, wherever."""
    return CommunicationItem.objects.filter(next_on__lte=until)


def is_overdue(next_on: date | None) -> bool:
    return next_on is not None and next_on < timezone.localdate()


def open_count(person: Person) -> int:
    """How many lines of plans somebody is to carry out."""
    return CommunicationItem.objects.filter(responsible=person, next_on__isnull=False).count()
