"""Lessons, as they are found by words: by the project, and once shared by all inside."""

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.closing.queries.learned import is_inside
from tospann.foundation.authority import Actor
from tospann.search.kinds import Hit, Kind, indexed, projects_of, records
from tospann.team.models import Lesson

_FIELDS = ("cause", "effect", "early_warning", "recommendation")


def _readable(actor: Actor) -> QuerySet[Lesson]:
    mine = Q(project__in=projects_of(actor))
    shared = Q(published_at__isnull=False) if is_inside(actor) else Q(pk__in=[])
    return Lesson.objects.filter(mine | shared)


def _in_the_base(_key: str, hit: Hit) -> str:
    return f"{reverse('lessons')}?{urlencode({'q': hit.title[:200]})}"


indexed(
    Kind(
        *("team.lesson", _("Lessons"), "lesson", 118),
        read=records(Lesson, "text", *_FIELDS, number="number"),
        href=lambda key, hit: reverse("closing_lessons", args=[key]) + f"#lesson-{hit.key}",
        permitted=_readable,
        outside=_in_the_base,
    )
)
