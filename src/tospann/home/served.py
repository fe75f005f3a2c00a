"""On my own page: what stakeholders are to be told, and what is to be measured of benefits."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.benefits import queries as benefits
from tospann.benefits.models import Moment
from tospann.home import overview
from tospann.projects.models import ProjectState
from tospann.stakeholders import communicating
from tospann.stakeholders.models import Channel
from tospann.ui.round_trip import Lists, Row, Rows

Item = dict[str, Any]
MOST = 12
AHEAD = timedelta(days=5)
"""How long before it is due something is shown."""
_PLACE = {"key": "project__key", "project_name": "project__name"}


def rows(person: UUID, mine: Iterable[UUID], kept: Iterable[UUID], soon: date) -> dict[str, Rows]:
    """For the page's one query: what I am to tell or have told, and to measure, in my projects."""
    return {
        "to_tell": _to_tell(person, mine, kept, soon),
        "to_measure": _to_measure(person, mine, soon),
    }


def _to_tell(person: UUID, mine: Iterable[UUID], kept: Iterable[UUID], soon: date) -> Rows:
    """Mine, and in the projects I keep also what others are to tell: somebody must see to it."""
    hers = Q(responsible=person, project__in=list(mine)) | Q(project__in=list(kept))
    found = communicating.due(soon).filter(hers)
    first = found.exclude(project__state=ProjectState.CLOSED).order_by("next_on", "pk")[:MOST]
    also = {name: name for name in ("number", "title", "next_on", "channel")}
    return Rows(first, who="responsible__name", whose="responsible_id", **also, **_PLACE)


def _to_measure(person: UUID, mine: Iterable[UUID], soon: date) -> Rows:
    """Also after the project: that is when most benefits come."""
    found = benefits.to_measure(soon).filter(project__in=list(mine))
    first = found.filter(benefits.whose(person)).order_by("due_on", "pk")[:MOST]
    also = {name: name for name in ("due_on", "moment")}
    named = {"title": "indicator__name", "benefit": "indicator__benefit__title"}
    return Rows(first, number="indicator__benefit__number", **named, **also, **_PLACE)


def to_prepare(lists: Lists) -> list[Item]:
    """For the block of what is to be prepared."""
    return [
        *(_telling(row) for row in lists["to_tell"]),
        *(_measuring(row) for row in lists["to_measure"]),
    ]


def _telling(row: Row) -> Item:
    tag, tone = overview.need_by(row["next_on"])
    parts = [row["project_name"], str(Channel(row["channel"]).label), row["who"] or ""]
    return {
        "label": _("Tell: %(what)s") % {"what": row["title"]},
        "href": reverse("communication_item", args=[row["key"], row["number"]]),
        "note": " · ".join(part for part in parts if part),
        "tag": tag,
        "tone": tone,
    }


def _measuring(row: Row) -> Item:
    tag, tone = overview.need_by(row["due_on"])
    parts = [row["project_name"], row["benefit"], str(Moment(row["moment"]).label)]
    return {
        "label": _("Measure: %(what)s") % {"what": row["title"]},
        "href": reverse("benefit", args=[row["key"], row["number"]]),
        "note": " · ".join(parts),
        "tag": tag,
        "tone": tone,
    }
