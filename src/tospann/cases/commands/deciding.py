"""Deciding cases: returned, approved, rejected, and what follows in the same transaction."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict

from tospann.actions import commands as actions
from tospann.cases import gates, verdicts
from tospann.cases.commands.agreeing import NAMED, agreed
from tospann.cases.commands.preparing import remark
from tospann.cases.models import (
    Alternative,
    Case,
    CaseState,
    Decision,
    DecisionOutcome,
)
from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import (
    Actor,
    Mandate,
    Power,
    Role,
    Sentence,
    decides_as,
)
from tospann.foundation.commands import Operation, command, perform_all
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number

_NOT_YOURS = gettext_noop("This is for the %(deciders)s to decide, not for you.")


def is_decider(actor: Actor, case: Case) -> Sentence | None:
    """Why no part of the case is the actor's to decide, if it is so."""
    who = verdicts.of_case(case)
    if decides_as(actor.roles_in(case.project_id), actor.person_id, who):
        return None
    return Sentence(_NOT_YOURS, {"deciders": who.shown()})


@command(needs=Power.DECIDE_CASE, only_if=is_decider, undoable=False)
def return_case(actor: Actor, case: Case, *, question: Text) -> Case:
    """Return a case with a question"""
    _require_submitted(case)
    remark(actor, case, id=new_id(), text=question, is_question=True)
    case.state = CaseState.RETURNED
    case.save()
    return case


class Condition(BaseModel):
    """A condition of an approval: it becomes an action."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line
    owner: UUID | None = None
    due_on: date | None = None


@command(needs=Power.DECIDE_CASE, only_if=is_decider, undoable=False)
def decide(
    actor: Actor,
    case: Case,
    *,
    alternative: Line,
    reason: OptionalText = "",
    conditions: list[Condition] | None = None,
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Decision | None:
    """Decide a case"""
    _require_submitted(case)
    chosen = Alternative.objects.filter(case=case, key=alternative).first()
    if chosen is None:
        raise Invalid(gettext("The case has no such alternative."), "alternative")
    if not reason and alternative != case.recommended:
        raise Invalid(
            gettext("Give a reason when you decide otherwise than recommended."), "reason"
        )
    who = verdicts.who_decides(chosen)
    role = decides_as(actor.roles_in(case.project_id), actor.person_id, who)
    if role is None:
        raise NotAllowed(str(verdicts.because(chosen) or is_decider(actor, case)))
    if not agreed(actor, case, who, role, alternative):
        return None
    born = {"born_in": born_in, "born_label": born_label, "born_link": born_link}
    return _carry_out(actor, case, chosen, role, reason, conditions or [], born)


def _carry_out(
    actor: Actor,
    case: Case,
    chosen: Alternative,
    role: str,
    reason: str,
    conditions: list[Condition],
    born: Mapping[str, str],
) -> Decision:
    operations = [Operation.from_json(stored) for stored in chosen.operations]
    evidence = gates.evidence(case.gate) if case.gate else {}
    decision = Decision(
        project_id=case.project_id,
        number=next_number(case.project_id),
        case=case,
        title=case.title,
        outcome=_outcome(chosen, conditions),
        chosen=chosen.title,
        reason=reason,
        conditions=[condition.model_dump(mode="json") for condition in conditions],
        decided_by_id=actor.person_id,
        authority=_authority(actor, case, role),
        decided_on=timezone.localdate(),
        operations_hash=digest(canonical(chosen.operations)),
        evidence=evidence,
        evidence_hash=digest(canonical(evidence)) if evidence else "",
        **born,
    )
    decision.save()
    allowed = frozenset(operation.fingerprint() for operation in operations)
    under = actor.under(Mandate(case.pk, decision.pk, allowed))
    perform_all(under, operations)
    for condition in conditions:
        actions.add_action(
            under,
            case.project,
            id=new_id(),
            title=condition.title,
            owner=condition.owner,
            due_on=condition.due_on,
            origin_kind="condition",
            born_in=f"cases.decision:{decision.pk}",
            born_label=f"{case.project.key}-{decision.number} {decision.title}"[:200],
            born_link=f"/p/{case.project.key}/decisions/log/{decision.number}",
        )
    case.state = CaseState.DECIDED
    case.save()
    return decision


def _outcome(chosen: Alternative, conditions: list[Condition]) -> str:
    if chosen.key == "0":
        return DecisionOutcome.REJECTED
    return DecisionOutcome.CONDITIONS if conditions else DecisionOutcome.APPROVED


def _authority(actor: Actor, case: Case, role: str) -> str:
    deputy = "" if role == NAMED else actor.deputises_as(case.project_id, Role(role))
    return f"{role} for {deputy}" if deputy else str(role)


def _require_submitted(case: Case) -> None:
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext("This case is not waiting for a decision."))
