"""Tasks and milestones, as they are found by words. Their key is ``project/uid``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.planning.models import Activity, Plan, RevisionTouch
from tospann.search.kinds import Hit, Keys, Kind, Source, indexed, moment_of
from tospann.search.queries import held

LABEL = "planning.activity"


def _read(keys: Keys) -> Iterator[Source]:
    rows = Activity.objects.order_by("project_id", "uid")
    if keys is None:
        yield from map(_source, rows.values_list(*_SHOWN).iterator(2000))
        return
    wanted: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        project, _slash, uid = key.partition("/")
        wanted[project].append(int(uid))
    for project, uids in wanted.items():
        found = rows.filter(project_id=project, uid__in=uids)
        yield from map(_source, found.values_list(*_SHOWN))


_SHOWN = ("project_id", "uid", "name", "number")


def _source(row: tuple[Any, ...]) -> Source:
    project, uid, name, number = row
    return Source(f"{project}/{uid}", name[:300], "", number[:40], project, moment_of(project))


def _touched(plan: str, change: Mapping[str, Any]) -> Iterable[str]:
    """The activities between the revision before and the one after; an import means them all."""
    project = Plan.objects.values_list("project_id", flat=True).get(pk=plan)
    before, after = change["fields"].get("revision", (None, None))
    if after is None:
        return []
    between = RevisionTouch.objects.filter(plan_id=plan, number__gt=before or 0, number__lte=after)
    uids = set(between.values_list("uid", flat=True))
    return [f"{project}/{uid}" for uid in uids] if uids else _everything(project)


def _everything(project: UUID) -> set[str]:
    there = Activity.objects.filter(project_id=project).values_list("uid", flat=True)
    return {f"{project}/{uid}" for uid in there} | held(LABEL, project)


def _href(key: str, hit: Hit) -> str:
    return reverse("plan_task", args=[key, int(hit.key.partition("/")[2])])


indexed(
    Kind(
        *(LABEL, _("Tasks and milestones"), "plan", 120),
        read=_read,
        href=_href,
        also={"planning.plan": _touched},
    )
)
