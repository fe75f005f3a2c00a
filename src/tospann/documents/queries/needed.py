"""The documents a project needs: those its gates ask for, and those people have asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from tospann.documents import access
from tospann.documents.models import Document, DocumentState, NeededDocument, NeededState
from tospann.foundation.authority import Actor
from tospann.projects.models import CriterionKind, CriterionState, GateCriterion, Project


@dataclass(frozen=True)
class Needed:
    """One needed document as it is shown, whoever asked for it."""

    title: str
    state: NeededState
    phase_id: UUID | None
    phase: str
    due_on: date | None
    owner: str
    approver: str
    template: str
    gate: str
    gate_code: str
    evidence: str
    document: Document | None
    request: UUID | None
    """The request itself, where somebody has made one."""
    criterion: UUID | None

    @property
    def is_late(self) -> bool:
        is_open = self.state not in (NeededState.IN_PLACE, NeededState.NOT_RELEVANT)
        return is_open and self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class PhaseProgress:
    """How many of a phase's needed documents are in place."""

    phase: str
    rows: tuple[Needed, ...]

    @property
    def total(self) -> int:
        return sum(one.state != NeededState.NOT_RELEVANT for one in self.rows)

    @property
    def in_place(self) -> int:
        return sum(one.state == NeededState.IN_PLACE for one in self.rows)


def needed(actor: Actor, project: Project) -> list[Needed]:
    """All of them, in the order of the phases and then of the dates (3 queries)."""
    asked = NeededDocument.objects.filter(project=project).select_related(
        "phase", "owner", "approver", "document__project", "criterion__gate__ends"
    )
    by_criterion, free = {}, []
    for one in asked:
        if one.criterion_id:
            by_criterion[one.criterion_id] = one
        else:
            free.append(one)
    criteria = GateCriterion.objects.filter(project=project, kind=CriterionKind.DOCUMENT)
    listed = criteria.select_related("gate__ends").order_by("gate__position", "position")
    ids = [one.document_id for one in asked if one.document_id]
    seen = set(access.visible(actor, project).filter(pk__in=ids).values_list("pk", flat=True))
    rows = [_of_gate(one, by_criterion.get(one.pk), seen) for one in listed]
    rows += [_asked(one, seen) for one in free]
    order: dict[UUID | None, int] = {pk: n for n, pk in enumerate(_phases(project))}
    last = len(order)
    return sorted(rows, key=lambda row: order.get(row.phase_id, last))


def progress(rows: Iterable[Needed]) -> list[PhaseProgress]:
    """Phase by phase; what belongs to none comes last."""
    grouped: dict[str, list[Needed]] = {}
    for one in rows:
        grouped.setdefault(one.phase, []).append(one)
    return [PhaseProgress(phase, tuple(found)) for phase, found in grouped.items()]


def needed_of(project: Project, pk: UUID) -> NeededDocument:
    """One request, or 404."""
    found = NeededDocument.objects.filter(project=project, pk=pk)
    one = found.select_related("phase", "owner", "approver", "document", "criterion").first()
    if one is None:
        raise Http404
    return one


def _phases(project: Project) -> list[UUID]:
    return list(project.phases.order_by("position").values_list("pk", flat=True))


def _of_gate(row: GateCriterion, asked: NeededDocument | None, seen: set[UUID]) -> Needed:
    phase, document = row.gate.ends, _shown(asked, seen)
    settled = {
        CriterionState.DONE: NeededState.IN_PLACE,
        CriterionState.NOT_RELEVANT: NeededState.NOT_RELEVANT,
    }
    state = settled.get(CriterionState(row.state)) or _state(asked, document)
    about: dict[str, Any] = _people(asked)
    return Needed(
        title=row.text,
        state=state,
        phase_id=phase.pk if phase else None,
        phase=phase.name if phase else "",
        due_on=(asked.due_on if asked else None) or row.gate.due_on,
        template=row.document_key or (asked.template if asked else ""),
        gate=f"{row.gate.code} {row.gate.name}",
        gate_code=row.gate.code,
        evidence=row.evidence,
        document=document,
        request=asked.pk if asked else None,
        criterion=row.pk,
        **about,
    )


def _asked(one: NeededDocument, seen: set[UUID]) -> Needed:
    document = _shown(one, seen)
    about: dict[str, Any] = _people(one)
    return Needed(
        title=one.title,
        state=_state(one, document),
        phase_id=one.phase_id,
        phase=one.phase.name if one.phase else "",
        due_on=one.due_on,
        template=one.template,
        gate="",
        gate_code="",
        evidence="",
        document=document,
        request=one.pk,
        criterion=None,
        **about,
    )


def _people(one: NeededDocument | None) -> dict[str, str]:
    owner = one.owner.name if one and one.owner else ""
    return {"owner": owner, "approver": one.approver.name if one and one.approver else ""}


def _shown(one: NeededDocument | None, seen: set[UUID]) -> Document | None:
    return one.document if one is not None and one.document_id in seen else None


def _state(one: NeededDocument | None, document: Document | None) -> NeededState:
    """As far as the document has come; one that has an approver is in place when approved."""
    if one is None or one.document is None:
        return NeededState.MISSING
    found = one.document
    if found.trashed_at is not None:
        return NeededState.MISSING
    if found.approved_version is not None or found.state == DocumentState.PUBLISHED:
        return NeededState.IN_PLACE
    if found.state == DocumentState.FOR_APPROVAL:
        return NeededState.FOR_APPROVAL
    return NeededState.BEGUN if one.approver_id else NeededState.IN_PLACE
