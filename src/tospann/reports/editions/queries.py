"""Reading external editions inside the portal, and as things that are shared."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.reports.models import ExternalEdition
from tospann.sharing.access import access, grants
from tospann.sharing.things import Thing

KIND = "reports.externaledition"


def editions(project: Project) -> QuerySet[ExternalEdition]:
    """Newest first."""
    found = ExternalEdition.objects.filter(project=project)
    return found.select_related("signed", "made_by", "withdrawal", "project").order_by("-number")


def edition(project: Project, number: int) -> ExternalEdition:
    """One of the project's, or 404."""
    found = editions(project).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def is_withdrawn(one: ExternalEdition) -> bool:
    return hasattr(one, "withdrawal")


def things(pks: Sequence[UUID]) -> list[Thing]:
    found = ExternalEdition.objects.filter(pk__in=list(pks))
    return [as_thing(one) for one in found.select_related("withdrawal", "project")]


def as_thing(one: ExternalEdition) -> Thing:
    """Made to be read by anybody it is shared with; what is withdrawn is in nobody's reach."""
    return Thing(
        project_id=one.project_id,
        reference=f"{KIND}:{one.pk}",
        title=one.title,
        link=one.get_absolute_url(),
        classification="open",
        is_trashed=is_withdrawn(one),
    )


def seen_by(actor: Actor, project: Project) -> list[Thing]:
    """Those the actor sees, at most a hundred."""
    held = grants(actor, project)
    found = (as_thing(one) for one in editions(project)[:100])
    return [one for one in found if access(actor, one, held).may_see]
