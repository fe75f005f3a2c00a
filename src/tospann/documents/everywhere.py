"""The documents somebody sees in all projects together: what search begins with."""

from collections import defaultdict
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from tospann.documents.access import seen
from tospann.documents.models import Classification, Document
from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.sharing.access import Grants, Reach, reach
from tospann.sharing.models import Share, With

_NO_PROJECT = UUID(int=0)
_COUNTS = Coalesce(
    NullIf("classification", Value("")),
    F("folder__classification"),
    Value(Classification.INTERNAL.value),
)


def visible_everywhere(actor: Actor) -> QuerySet[Document]:
    """What ``access.visible`` gives, of every project at once."""
    kept = Document.objects.filter(trashed_at__isnull=True)
    if actor.kind == "system":
        return kept
    shared = list(Project.objects.filter(pk__in=_with_shares(actor)))
    may = _by_roles(actor, {one.pk for one in shared})
    for project in shared:
        may |= Q(pk__in=seen(actor, project).order_by().values("pk"))
    return kept.alias(counts=_COUNTS).filter(may)


def _with_shares(actor: Actor) -> QuerySet[Share, UUID]:
    """The projects in which something may be shared with the actor; there it is asked about."""
    mine = Q(pk__in=list(actor.shares), kind__in=(With.GUEST, With.LINK))
    if actor.person_id is not None:
        mine |= Q(person_id=actor.person_id)
    return Share.objects.filter(mine).values_list("project_id", flat=True)


def _by_roles(actor: Actor, but: set[UUID]) -> Q:
    """Where nothing is shared with her, only her roles count: alike projects are asked as one."""
    alike: dict[tuple[frozenset[str], frozenset[str]], list[UUID]] = defaultdict(list)
    for project_id in actor.roles.keys() - but:
        reached = reach(actor, Grants(project_id))
        alike[reached.classes, reached.made].append(project_id)
    may = Q(pk__in=[])
    for (classes, made), projects in alike.items():
        may |= Q(project__in=projects) & _within(Reach(classes, made, actor.person_id, {}))
    elsewhere = reach(actor, Grants(_NO_PROJECT))
    if elsewhere.classes:
        known = [*actor.roles.keys(), *but]
        may |= ~Q(project__in=known) & _within(elsewhere)
    return may


def _within(reached: Reach) -> Q:
    found = Q(counts__in=sorted(reached.classes))
    if reached.person_id is not None and reached.made:
        found |= Q(made_by=reached.person_id, counts__in=sorted(reached.made))
    return found
