"""Reading the document templates of a project and what is filled in."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from tospann.blanks.models import Blank, Comment, Earlier, Edition, Filled, Value, WordTemplate
from tospann.foundation.authority import Actor, Role
from tospann.projects.models import Project

CORE = frozenset({Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.STEERING})
"""Who sees fields that hold judgements of people."""


def blanks(of: Project) -> QuerySet[Blank]:
    return Blank.objects.filter(project=of).defer("definition").order_by("position")


def blank(of: Project, key: str) -> Blank:
    found = Blank.objects.filter(project=of, key=key).first()
    if found is None:
        raise Http404
    return found


def sees_restricted(actor: Actor, project_id: UUID) -> bool:
    return actor.kind == "system" or bool(actor.roles_in(project_id) & CORE)


def filled_in(of: Project) -> QuerySet[Filled]:
    """What has been filled in, newest first, with how many comments wait."""
    waiting = Count("comments", filter=Q(comments__settled_at__isnull=True))
    return (
        Filled.objects.filter(project=of)
        .annotate(waiting=waiting)
        .select_related("blank", "prepared_by", "project")
        .defer("blank__definition")
        .order_by("-number")
    )


def filled(of: Project, number: int) -> Filled:
    found = Filled.objects.filter(project=of, number=number)
    one = found.select_related("blank", "project", "prepared_by").first()
    if one is None:
        raise Http404
    return one


def under_way(of: Blank) -> Filled | None:
    """The one that is being written, or was approved last, of a template kept as one document."""
    return Filled.objects.filter(blank=of).select_related("project").order_by("-number").first()


def values(of: Filled) -> dict[str, Value]:
    return {one.field: one for one in Value.objects.filter(filled=of)}


def changed_since(of: Filled, sequence: int) -> list[Value]:
    return list(Value.objects.filter(filled=of, sequence__gt=sequence).order_by("sequence"))


def editions(of: Filled) -> QuerySet[Edition]:
    found = Edition.objects.filter(filled=of).defer("values", "live")
    return found.select_related("made_by").order_by("-number")


def edition(of: Filled, number: int) -> Edition:
    found = Edition.objects.filter(filled=of, number=number).select_related("made_by").first()
    if found is None:
        raise Http404
    return found


def latest(of: Filled, *states: str) -> Edition | None:
    return Edition.objects.filter(filled=of, state__in=states).order_by("-number").first()


def comments(of: Filled) -> dict[str, list[Comment]]:
    """What was said about each section."""
    found: dict[str, list[Comment]] = {}
    for one in Comment.objects.filter(filled=of).select_related("by", "settled_by"):
        found.setdefault(one.section, []).append(one)
    return found


def comment(of: Filled, pk: UUID) -> Comment:
    found = Comment.objects.filter(filled=of, pk=pk).first()
    if found is None:
        raise Http404
    return found


def earlier(of: Filled, field: str) -> list[Earlier]:
    """What a field held before, newest first."""
    return list(Earlier.objects.filter(filled=of, field=field).order_by("-at")[:60])


def one_earlier(of: Filled, pk: UUID) -> Earlier:
    found = Earlier.objects.filter(filled=of, pk=pk).first()
    if found is None:
        raise Http404
    return found


def written(of: Project, number: int) -> Filled:
    """The document with the project it was found by."""
    found = filled(of, number)
    found.project = of
    return found


def word_template(key: str) -> WordTemplate | None:
    return WordTemplate.objects.filter(key=key).first()


def word_templates() -> dict[str, WordTemplate]:
    return {one.key: one for one in WordTemplate.objects.all()}


def kinds() -> list[dict[str, Any]]:
    """Every kind of document that a project has a template for, by name."""
    found = Blank.objects.order_by("name").values("key", "name")
    return list({one["key"]: dict(one) for one in found}.values())


def newest_of_kind(key: str) -> Blank | None:
    return Blank.objects.filter(key=key).order_by("-pk").first()
