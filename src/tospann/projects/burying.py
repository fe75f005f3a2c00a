"""Taking a whole project out of every table; what is left says that it was there.

The tombstone keeps who removed it, when, why, and where its chain ended. The chain itself stays, so
that the log still proves itself; what its entries told is erased. Bytes that no row names any more
go with the next collection. Rows that are signed leave only while a tombstone stands open, which it
does inside this one transaction (see ``foundation.triggers``).
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CASCADE, ForeignKey, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditDetail, AuditEntry, OwedReaction
from tospann.jobs import forgetting as work
from tospann.notifications import forgetting as notices
from tospann.projects.models import Project, Tombstone

Objection = Callable[[UUID], Sentence | None]
"""Why the project has to stay for now, if so."""
Leaving = Callable[[UUID], Callable[[], None] | None]
"""Takes the project out of what belongs to the organisation, before its rows go; may give back
what is done when they are gone."""
Rows = dict[type[Model], QuerySet[Any]]
_objections: list[Objection] = []
_leavings: list[Leaving] = []
_AT_A_TIME = 500


def objected_to_by(objection: Objection) -> None:
    """Called once by whoever keeps what may have to be kept (``documents``)."""
    _objections.append(objection)


def left_by(leaving: Leaving) -> None:
    """Called once by whoever keeps what several projects share (``conflicts``, ``timesheets``)."""
    _leavings.append(leaving)


def objections(project_id: UUID) -> list[Sentence]:
    """Everything that speaks against removing it now."""
    return [said for one in _objections if (said := one(project_id)) is not None]


def bury(project: Project) -> dict[str, int]:
    """Remove all that belongs to the project; returns how many rows of each table. Only inside a
    command, with the head of the project locked and the tombstone open."""
    rows, removed = belonging(project.pk), dict[str, int]()
    afterwards = [then for one in _leavings if (then := one(project.pk)) is not None]
    _let_go(rows)
    for model in reversed(rows):
        found = rows[model]
        keys = list(found.order_by().values_list("pk", flat=True))
        for start in range(0, len(keys), _AT_A_TIME):
            some = model._base_manager.filter(pk__in=keys[start : start + _AT_A_TIME])
            some._raw_delete(some.db)
        if keys:
            removed[model._meta.label_lower] = len(keys)
    for then in afterwards:
        then()
    work.forget(project.pk, f"/p/{project.key}/")
    notices.forget(project.pk)
    _forget_details(project.pk)
    return removed


def belonging(project_id: UUID) -> Rows:
    """The rows of each table that are the project's: what is pointed to before what points."""
    found: Rows = {Project: Project._base_manager.filter(pk=project_id)}
    own = [model for model in _models() if model is not Project and _has_project(model)]
    found |= {model: model._base_manager.filter(project_id=project_id) for model in own}
    others = [model for model in _models() if model not in found]
    while True:
        more = {model: rows for model in others if (rows := _below(model, found)) is not None}
        if not more:
            return found
        found |= more
        others = [model for model in others if model not in more]


def _models() -> list[type[Model]]:
    """All tables but the chain, the tombstones and what is everybody's."""
    every = apps.get_models(include_auto_created=True)
    return [
        one
        for one in every
        if one._meta.app_label != "foundation" and one is not Tombstone and one._meta.managed
    ]


def _has_project(model: type[Model]) -> bool:
    return any(field.attname == "project_id" for field in model._meta.concrete_fields)


def _links(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            yield field


def _below(model: type[Model], found: Rows) -> QuerySet[Any] | None:
    """Rows that are nothing without rows of the project, if this table has such."""
    where = Q(pk__in=[])
    for link in _links(model):
        target = link.related_model
        is_part = not link.null or link.remote_field.on_delete is CASCADE
        if is_part and target in found:
            where |= Q(**{f"{link.name}__in": found[target].values("pk")})
    return model._base_manager.filter(where) if where != Q(pk__in=[]) else None


def _let_go(rows: Rows) -> None:
    """What stays and pointed to something of the project points to nothing."""
    for model in _models():
        for link in _links(model):
            target = link.related_model
            if not (link.null and target in rows) or (model in rows and not _has_project(model)):
                continue
            pointing = model._base_manager.filter(**{f"{link.name}__in": rows[target].values("pk")})
            if model in rows:
                pointing = pointing.exclude(pk__in=rows[model].values("pk"))
            keys = list(pointing.values_list("pk", flat=True))
            QuerySet.update(model._base_manager.filter(pk__in=keys), **{link.name: None})


def _forget_details(project_id: UUID) -> None:
    """What the entries of its chain told, and those of the organisation's and of people's that tell
    of it; that they were made stays. What other projects' chains tell is theirs."""
    entries = AuditEntry.objects.filter(scope_id=project_id).values("pk")
    others = Project._base_manager.values("pk")
    wide = AuditDetail.objects.filter(erased_at=None).exclude(entry__scope_id__in=others)
    said = {name: Cast(name, TextField()) for name in ("arguments", "changes")}
    told = wide.alias(_a=said["arguments"], _c=said["changes"])
    about = Q(_a__contains=str(project_id)) | Q(_c__contains=str(project_id))
    mentioned = told.filter(about).values("pk")
    values = {"arguments": None, "changes": None, "erased_at": timezone.now()}
    told_of = Q(entry__in=entries) | Q(pk__in=mentioned)
    open_ = AuditDetail.objects.filter(told_of, erased_at=None)
    keys = list(open_.values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_A_TIME):
        AuditDetail.objects.filter(pk__in=keys[start : start + _AT_A_TIME]).update(**values)
    owed = OwedReaction.objects.filter(entry__scope_id=project_id)
    owed._raw_delete(owed.db)


def close(tombstone: Tombstone, removed: dict[str, int]) -> None:
    """Nothing signed leaves any more."""
    tombstone.removed, tombstone.is_open = removed, False
    Tombstone.objects.filter(pk=tombstone.pk).update(removed=removed, is_open=False)
