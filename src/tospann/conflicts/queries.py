"""Reading conflicts: those between projects the actor leads, or all for whoever sees all projects.

A project the reader does not see has no name here, and nothing of its plan is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from tospann.conflicts import saying
from tospann.conflicts.models import Conflict, ConflictState, Involved, WayOut
from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.projects.queries import SEES_EVERY_PROJECT, visible_projects
from tospann.resources import rates

LEADING = frozenset({Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.STEERING})
MOST = 100


@dataclass(frozen=True)
class Place:
    """A project a conflict lies between, as this reader sees it."""

    id: UUID
    key: str
    name: str
    hours: Decimal
    shows_cost: bool

    @property
    def is_seen(self) -> bool:
        return bool(self.key)


@dataclass(frozen=True)
class Effect:
    """What a way out does to one project; None in ``found`` where the reader does not see it."""

    place: Place
    found: Mapping[str, Any] | None

    @property
    def finish(self) -> tuple[date | None, date | None]:
        return self._days("finish")

    @property
    def p80(self) -> tuple[date | None, date | None]:
        return self._days("p80")

    def _days(self, name: str) -> tuple[date | None, date | None]:
        before, after = self.found[name] if self.found else (None, None)
        return (parse_date(before) if before else None, parse_date(after) if after else None)

    @property
    def days(self) -> int:
        """Working days later that it is 80 per cent certain, or planned where nothing is drawn."""
        if not self.found:
            return 0
        p80 = self.found["p80_days"]
        return int(self.found["days"] if p80 is None else p80)

    @property
    def has_chances(self) -> bool:
        return bool(self.found and self.found["p80_days"] is not None)

    @property
    def cost(self) -> Decimal | None:
        """Kroner: the later finish, and what other people cost more, where that may be seen."""
        if not self.found or not self.place.shows_cost:
            return None
        return Decimal(self.found["delay"]) + Decimal(self.found["labour"])


@dataclass(frozen=True)
class Way:
    """A way out as this reader sees it."""

    key: str
    kind: str
    title: str
    hours_left: Decimal
    effects: tuple[Effect, ...]
    cost: Decimal | None


def visible(actor: Actor) -> QuerySet[Conflict]:
    """The conflicts the actor has a part in deciding or following."""
    if actor.kind == "system" or actor.organisation_roles & SEES_EVERY_PROJECT:
        return Conflict.objects.all()
    mine = [pk for pk, held in actor.roles.items() if {one.role for one in held} & LEADING]
    between = Involved.objects.filter(project__in=mine).values("conflict")
    return Conflict.objects.filter(pk__in=between)


def listed(actor: Actor, *, only_open: bool = True) -> list[dict[str, Any]]:
    """The conflicts, the soonest first, with the projects each lies between: three queries."""
    found = visible(actor).select_related("person")
    if only_open:
        found = found.filter(state=ConflictState.OPEN)
    rows = list(found.order_by("state", "starts_on", "number")[:MOST])
    seen = _names(actor, rows)
    return [
        {"conflict": row, "title": saying.about(row), "places": seen.get(row.pk, [])}
        for row in rows
    ]


def _names(actor: Actor, rows: Sequence[Conflict]) -> dict[UUID, list[str]]:
    if not rows:
        return {}
    found: dict[UUID, list[str]] = {}
    wanted = Involved.objects.filter(conflict__in=rows).values("project")
    names = dict(visible_projects(actor).filter(pk__in=wanted).values_list("pk", "name"))
    involved = Involved.objects.filter(conflict__in=rows).order_by("conflict", "pk")
    for conflict, project in involved.values_list("conflict_id", "project_id"):
        found.setdefault(conflict, []).append(names.get(project, unseen()))
    return found


def unseen() -> str:
    return _("another project")


def count_open(actor: Actor) -> int:
    return visible(actor).filter(state=ConflictState.OPEN).count()


def conflict(actor: Actor, number: int) -> Conflict:
    """One conflict, or nothing there."""
    found = visible(actor).select_related("person", "decided_by").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def places(actor: Actor, one: Conflict) -> list[Place]:
    """The projects it lies between; those the reader does not see without a name."""
    rows = list(Involved.objects.filter(conflict=one).select_related("project").order_by("pk"))
    seen = set(
        visible_projects(actor)
        .filter(pk__in=[row.project_id for row in rows])
        .values_list("pk", flat=True)
    )
    decides = rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide
    return [
        Place(
            row.project_id,
            row.project.key if row.project_id in seen else "",
            row.project.name if row.project_id in seen else unseen(),
            row.hours,
            row.project_id in seen and (decides or rates.may_see(actor, row.project_id)),
        )
        for row in rows
    ]


def ways(one: Conflict, between: Sequence[Place]) -> list[Way]:
    """The ways out, side by side; of a decided conflict the one that was chosen."""
    names = {str(place.id): place.name for place in between if place.is_seen}
    return [_way(row, between, names) for row in WayOut.objects.filter(conflict=one)]


def _way(row: WayOut, between: Sequence[Place], names: Mapping[str, str]) -> Way:
    known = {effect["project"]: effect for effect in row.effects}
    effects = tuple(
        Effect(place, known.get(str(place.id)) if place.is_seen else None) for place in between
    )
    whole = all(place.shows_cost for place in between)
    title = saying.title(row, names)
    return Way(row.key, row.kind, title, row.hours_left, effects, row.cost if whole else None)


def weeks(one: Conflict, between: Sequence[Place]) -> list[dict[str, Any]]:
    """What is wanted and what there is, week by week."""
    return [
        {
            "monday": parse_date(week["monday"]),
            "there": week["there"],
            "over": week["over"],
            "wanted": [week["wanted"].get(str(place.id), 0) for place in between],
        }
        for week in one.weeks
    ]
