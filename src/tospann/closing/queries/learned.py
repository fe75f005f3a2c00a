"""Lessons: the project's own, the organisation's base, and what a new project is offered.

What is shared is everybody's in the organisation, also of projects that one does not see; guests
and visitors of a room have no part in it. Likeness is counted in word stems: the same pack, and
how many stems of the new project's words a lesson holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from tospann.foundation.authority import Actor
from tospann.packs import queries as known
from tospann.projects.models import Goal, Project
from tospann.search import words
from tospann.team.models import Lesson
from tospann.ui.jinja import language

PER_PAGE = 20
OFFERED = 5
MOST = 400
MOST_STEMS = 25
SAME_PACK = 2
Row = Mapping[str, Any]
_SHOWN = (
    *("id", "number", "kind", "text", "cause", "effect", "early_warning", "was_risk"),
    *("recommendation", "priority", "published_at", "stems"),
)
_RANK = {"high": 2, "medium": 1, "low": 0}


@dataclass(frozen=True)
class Page:
    """One page of the base."""

    rows: list[dict[str, Any]]
    number: int
    pages: int
    total: int


def is_inside(actor: Actor) -> bool:
    """Whether she belongs to the organisation, and not only to its rooms."""
    return actor.kind == "person"


def own(project: Project) -> list[dict[str, Any]]:
    rows = Lesson.objects.filter(project=project).order_by("-number")
    return [dict(row) for row in _values(rows)[:MOST]]


def lesson(project: Project, pk: UUID) -> Lesson:
    found = Lesson.objects.filter(project=project, pk=pk).select_related("project").first()
    if found is None:
        raise Http404
    return found


def _values(rows: QuerySet[Lesson]) -> QuerySet[Lesson, dict[str, Any]]:
    shown: QuerySet[Lesson, dict[str, Any]] = rows.values(
        *_SHOWN,
        phase_name=F("phase__name"),
        project_name=F("project__name"),
        project_key=F("project__key"),
        pack=F("project__pack_key"),
    )
    return shown


def base(actor: Actor, said: str = "", kind: str = "", pack: str = "", number: int = 1) -> Page:
    """What was shared and fits, best first; the newest first when nothing is asked for."""
    if not is_inside(actor):
        raise Http404
    found = Lesson.objects.filter(published_at__isnull=False)
    found = found.filter(kind=kind) if kind else found
    found = found.filter(project__pack_key=pack) if pack else found
    wanted = _stems(said)
    if wanted:
        rows = _ranked(found, wanted)
        total = len(rows)
        return Page(_cut(rows, number), number, _pages(total), total)
    total = found.count()
    start = (number - 1) * PER_PAGE
    listed = _values(found.order_by("-published_at", "pk"))[start : start + PER_PAGE]
    return Page([dict(row) for row in listed], number, _pages(total), total)


def _pages(total: int) -> int:
    return max(1, -(-total // PER_PAGE))


def _cut(rows: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    return rows[(number - 1) * PER_PAGE : number * PER_PAGE]


def _stems(said: str) -> list[str]:
    counted = {k: n for k, n in words.counted(said.replace("\x00", "")).items() if len(k) > 1}
    known = {key: n for key, n in counted.items() if key not in words.STOP}
    return words.most_frequent(known, MOST_STEMS)


def _ranked(found: QuerySet[Lesson], wanted: Iterable[str], pack: str = "") -> list[dict[str, Any]]:
    """Those that hold any of the stems: the same pack, more stems, and weightier ones first."""
    stems = list(wanted)
    where = Q(pk__in=[])
    for one in stems:
        where |= Q(stems__contains=f" {one} ")
    if pack:
        where |= Q(project__pack_key=pack)
    rows = _values(found.filter(where).order_by("-published_at", "pk"))[:MOST]
    scored = [{**row, "fits": _fits(row, stems, pack)} for row in rows]
    return sorted(scored, key=lambda row: -row["fits"])


def _fits(row: Row, stems: list[str], pack: str) -> float:
    hits = sum(f" {one} " in row["stems"] for one in stems)
    same = SAME_PACK if pack and row["pack"] == pack else 0
    return hits + same + _RANK[row["priority"]] / 10


def offered(actor: Actor, project: Project, most: int = OFFERED) -> list[dict[str, Any]]:
    """Lessons of other projects that are like this one: its pack, its name, purpose and goals."""
    if not is_inside(actor):
        return []
    goals = Goal.objects.filter(project=project).values_list("description", flat=True)[:20]
    said = " ".join([project.name, project.purpose, *goals])
    found = Lesson.objects.filter(published_at__isnull=False).exclude(project=project)
    return _ranked(found, _stems(said), project.pack_key)[:most]


def packs() -> list[tuple[str, str]]:
    """The packs that lessons come from, by name in the reader's language."""
    shared = Lesson.objects.filter(published_at__isnull=False).order_by()
    keys = set(shared.values_list("project__pack_key", flat=True).distinct())
    said = "nb" if language().startswith("n") else "en"
    names = {one.pack.key: one.pack.name.in_language(said) for one in known.everything()}
    return [(key, names.get(key, key)) for key in sorted(keys) if key]
