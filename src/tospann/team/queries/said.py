"""Retrospectives, what came of them, lessons and memos."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from tospann.actions.models import Action
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.errors import NotAllowed
from tospann.projects.models import Phase, Project
from tospann.projects.queries import phases
from tospann.team.models import Lesson, Memo, Retrospective


def retrospectives(project: Project) -> list[dict[str, Any]]:
    """The latest first, with how much was said while each is open."""
    rows = Retrospective.objects.filter(project=project).annotate(said=Count("thoughts"))
    shown = rows.order_by("-number").values(
        *("number", "title", "state", "closes_on", "closed_at", "content", "said"),
        phase_name=F("phase__name"),
    )
    return [{**row, "said": row["said"] or len(row.pop("content"))} for row in shown[:100]]


def retrospective(project: Project, number: int) -> Retrospective:
    found = Retrospective.objects.filter(project=project, number=number)
    one = found.select_related("project", "phase").first()
    if one is None:
        raise Http404
    return one


def came_of(of: Retrospective) -> dict[str, list[dict[str, str]]]:
    """By thought: the actions and lessons it was turned into. Two queries."""
    found: dict[str, list[dict[str, str]]] = {}
    key = of.project.key
    born = {"project": of.project_id, "born_in__startswith": f"{of.ref}:"}
    for row in Action.objects.filter(**born).values("number", "title", "born_in"):
        address = reverse("action", args=[key, row["number"]])
        line = {"label": f"{key}-{row['number']}", "title": row["title"], "href": address}
        found.setdefault(row["born_in"].rpartition(":")[2], []).append(line)
    for lesson in Lesson.objects.filter(**born).only("number", "text", "born_in"):
        address = reverse("retrospectives", args=[key]) + "#lessons"
        line = {"label": f"{key}-{lesson.number}", "title": lesson.text, "href": address}
        found.setdefault(lesson.born_in.rpartition(":")[2], []).append(line)
    return found


def lessons(project: Project) -> list[dict[str, Any]]:
    rows = Lesson.objects.filter(project=project).order_by("-number")
    shown = rows.values(
        *("id", "number", "kind", "text", "recommendation", "cause", "effect", "priority"),
        *("early_warning", "was_risk", "published_at", "version"),
        phase_name=F("phase__name"),
    )
    return [dict(row) for row in shown[:300]]


def phase_choices(project: Project) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in phases(project).values_list("pk", "name")]


def phase_now(project: Project) -> Phase | None:
    return phases(project).filter(state="current").first()


def memo(actor: Actor, project: Project, pk: UUID) -> Memo:
    """For those named in it and those who keep the team."""
    found = Memo.objects.filter(project=project, pk=pk)
    one = found.select_related("project", "person", "to", "made_by").first()
    if one is None:
        raise Http404
    named = actor.person_id in {one.person_id, one.to_id, one.made_by_id}
    if not named and not rule(actor, Power.KEEP_TEAM, project.pk).may_decide:
        raise NotAllowed(gettext("This memo is for those who hand over and take over."))
    return one


def memos(actor: Actor, project: Project, most: int = 20) -> list[dict[str, Any]]:
    """Those this actor may read, the latest first."""
    found = Memo.objects.filter(project=project)
    if not rule(actor, Power.KEEP_TEAM, project.pk).may_decide:
        found = found.filter(to=actor.person_id) | found.filter(person=actor.person_id)
    shown = found.order_by("-made_at").values(
        "id", "made_at", person_name=F("person__name"), to_name=F("to__name")
    )
    return [dict(row) for row in shown[:most]]
