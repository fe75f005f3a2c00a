"""How often forecasts hold: for the organisation, by kind of project, and for each project seen.

The organisation's figures are numbers of all projects, which everybody may know (``closing``); a
project is named only to those who see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from tospann.closing import forecasting
from tospann.closing.forecasting import Counts
from tospann.closing.models import Forecast
from tospann.foundation.authority import Actor
from tospann.portfolio.queries.seen import Part
from tospann.projects.queries import visible_projects

PER_PAGE = 50


@dataclass(frozen=True)
class ProjectAccuracy:
    key: str
    name: str
    counts: Counts


@dataclass(frozen=True)
class Accuracy:
    whole: Counts
    by_pack: list[tuple[str, Counts]]
    rows: list[ProjectAccuracy]
    part: Part


def of(actor: Actor, asked: Mapping[str, Any], size: int = PER_PAGE) -> Accuracy:
    """A part of the projects with forecasts, beside the organisation's figures: four queries."""
    packs = forecasting.counts("project__pack_key")
    whole = Counts()
    for one in packs.values():
        whole = whole.plus(one)
    seen = visible_projects(actor).filter(Exists(Forecast.objects.filter(project=OuterRef("pk"))))
    part = Part.of(asked, seen.order_by().count(), size)
    rows = list(seen.order_by("name", "pk").values_list("pk", "key", "name")[part.rows])
    known = forecasting.counts("project_id", [pk for pk, _key, _name in rows]) if rows else {}
    listed = [ProjectAccuracy(key, name, known.get(pk, Counts())) for pk, key, name in rows]
    return Accuracy(whole, sorted((key, one) for key, one in packs.items() if key), listed, part)
