"""Procurement: steps with days of their own, or a task's in the plan."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.contracts.commands import keeping
from tospann.contracts.commands.keeping import Amount, Uid
from tospann.contracts.models import Procurement, ProcurementStep, StepKind
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import save_all
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project


@command(needs=Power.KEEP_CONTRACTS)
def start_procurement(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    estimate: Amount | None = None,
    responsible: UUID | None = None,
    notes: OptionalText = "",
    days: Mapping[StepKind, date] | None = None,
    activities: Mapping[StepKind, Uid] | None = None,
) -> Procurement:
    """Start a procurement"""
    procurement = Procurement(
        id=id,
        project=project,
        number=next_number(project.pk),
        created_at=timezone.now(),
        title=title,
        estimate=estimate,
        responsible_id=keeping.on_the_team(project.pk, responsible),
        notes=notes,
    )
    procurement.save()
    save_all(
        ProcurementStep(
            id=new_id(),
            project=project,
            procurement=procurement,
            kind=kind,
            position=position,
            day=(days or {}).get(kind),
            activity_uid=(activities or {}).get(kind),
        )
        for position, kind in enumerate(StepKind, 1)
    )
    return procurement


@command(needs=Power.KEEP_CONTRACTS)
def change_procurement(
    actor: Actor,
    procurement: Procurement,
    *,
    title: Line,
    estimate: Amount | None = None,
    responsible: UUID | None = None,
    notes: OptionalText = "",
) -> Procurement:
    """Change a procurement"""
    procurement.title, procurement.estimate, procurement.notes = title, estimate, notes
    procurement.responsible_id = keeping.on_the_team(procurement.project_id, responsible)
    procurement.save()
    return procurement


@command(needs=Power.KEEP_CONTRACTS)
def change_step(
    actor: Actor,
    step: ProcurementStep,
    *,
    day: date | None = None,
    activity_uid: Uid | None = None,
    done_on: date | None = None,
) -> ProcurementStep:
    """Change a step of a procurement"""
    if not step.procurement.is_open:
        raise Invalid(gettext("This is no longer open."))
    step.day, step.activity_uid, step.done_on = day, activity_uid, done_on
    step.save()
    return step


@command(needs=Power.KEEP_CONTRACTS)
def end_procurement(
    actor: Actor, procurement: Procurement, *, contract: UUID | None = None
) -> Procurement:
    """End a procurement, with the contract it led to"""
    if not procurement.is_open:
        raise Invalid(gettext("This is no longer open."))
    if contract is not None:
        procurement.contract = keeping.contract_of(procurement.project_id, contract)
    procurement.is_open = False
    procurement.save()
    return procurement
