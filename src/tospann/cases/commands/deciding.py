"""Deciding cases: returned, approved, rejected, and what follows in the same transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tospann.actions import commands as actions
from tospann.cases import verdicts
from tospann.cases.commands.agreeing import NAMED, agreed
from tospann.cases.commands.preparing import remark
from tospann.cases.commands.readying import AlreadyDecided, Ready, evidence_of, readied
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
    Deciders,
    Mandate,
    Power,
    Role,
    Sentence,
    decides_as,
)
from tospann.foundation.commands import command, perform_all
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


PartKey = Annotated[str, StringConstraints(pattern=r"^\d{1,4}(\.\d{1,4})?$")]
Conditions = Annotated[list[Condition], Field(max_length=50)]


@command(needs=Power.DECIDE_CASE, only_if=is_decider, undoable=False)
def decide(
    actor: Actor,
    case: Case,
    *,
    alternative: Line,
    reason: OptionalText = "",
    conditions: Conditions | None = None,
    part: Annotated[list[PartKey], Field(max_length=5000)] | None = None,
    seen: OptionalText = "",
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Decision | None:
    """Decide a case

    ``alternative`` is the key of one; "0" leaves it as it is. ``part``, when given, takes only
    those parts of it (``cases.parts``). ``seen`` is what the decider had read
    (``cases.seeing.seen``): refused when it is no longer so. None: others must say yes too.
    """
    _require_submitted(case)
    chosen = Alternative.objects.filter(case=case, key=alternative).first()
    if chosen is None:
        raise Invalid(gettext("The case has no such alternative."), "alternative")
    if not reason and (alternative != case.recommended or part):
        raise Invalid(
            gettext("Give a reason when you decide otherwise than recommended."), "reason"
        )
    ready = readied(case, chosen, part or [], seen)
    by, who = _as_whom(actor, case, ready)
    if not agreed(actor, case, who, by, _agreed_on(alternative, part)):
        return None
    born = {"born_in": born_in, "born_label": born_label, "born_link": born_link}
    return _carry_out(actor, case, ready, by, reason, conditions or [], born)


def _as_whom(actor: Actor, case: Case, ready: Ready) -> tuple[str, Deciders]:
    """By what the actor decides: the verdict, or because time ran out for those it names."""
    roles = actor.roles_in(case.project_id)
    by = decides_as(roles, actor.person_id, ready.who)
    further = verdicts.escalated(ready.chosen)
    if by not in ready.who.roles and (late := next((r for r in further if r in roles), None)):
        return late, Deciders(roles=further, four_eyes=ready.who.four_eyes)
    if by is None:
        raise NotAllowed(str(ready.because or is_decider(actor, case)))
    return by, ready.who


def _agreed_on(alternative: str, part: list[str] | None) -> str:
    """Those who decide together say yes to the same thing."""
    return f"{alternative}:{digest(canonical(sorted(part)))[:8]}" if part else alternative


def _carry_out(
    actor: Actor,
    case: Case,
    ready: Ready,
    by: str,
    reason: str,
    conditions: list[Condition],
    born: Mapping[str, str],
) -> Decision:
    chosen, evidence = ready.chosen, evidence_of(case, ready)
    decision = Decision(
        project_id=case.project_id,
        number=next_number(case.project_id),
        case=case,
        title=case.title,
        outcome=_outcome(ready, conditions),
        chosen=chosen.title,
        reason=reason,
        conditions=[condition.model_dump(mode="json") for condition in conditions],
        decided_by_id=actor.person_id,
        authority=_authority(actor, case, by),
        decided_on=timezone.localdate(),
        operations_hash=digest(canonical([one.to_json() for one in ready.operations])),
        evidence=evidence,
        evidence_hash=digest(canonical(evidence)) if evidence else "",
        consequences_hash=chosen.consequences_hash,
        **born,
    )
    decision.save()
    allowed = frozenset(operation.fingerprint() for operation in ready.operations)
    under = actor.under(Mandate(case.pk, decision.pk, allowed))
    perform_all(under, ready.operations)
    for condition in conditions:
        _become_action(under, case, decision, condition)
    case.state, case.decide_by = CaseState.DECIDED, None
    case.save()
    return decision


def _become_action(actor: Actor, case: Case, decision: Decision, condition: Condition) -> None:
    actions.add_action(
        actor,
        case.project,
        id=new_id(),
        title=condition.title,
        owner=condition.owner,
        due_on=condition.due_on,
        origin_kind="condition",
        born_in=decision.ref,
        born_label=f"{case.project.key}-{decision.number} {decision.title}"[:200],
        born_link=f"/p/{case.project.key}/decisions/log/{decision.number}",
    )


def _outcome(ready: Ready, conditions: list[Condition]) -> str:
    if ready.chosen.key == "0":
        return DecisionOutcome.REJECTED
    if ready.is_part:
        return DecisionOutcome.PARTLY
    return DecisionOutcome.CONDITIONS if conditions else DecisionOutcome.APPROVED


def _authority(actor: Actor, case: Case, by: str) -> str:
    deputy = "" if by == NAMED else actor.deputises_as(case.project_id, Role(by))
    return f"{by} for {deputy}" if deputy else str(by)


def _require_submitted(case: Case) -> None:
    if case.state == CaseState.DECIDED:
        raise AlreadyDecided
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext("This case is not waiting for a decision."))
