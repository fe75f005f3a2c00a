"""Deciding cases: returned, approved, rejected, and what follows in the same transaction."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict

from tospann.actions import commands as actions
from tospann.cases import gates
from tospann.cases.commands.preparing import remark
from tospann.cases.models import (
    Alternative,
    Assent,
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
    may_decide_for,
)
from tospann.foundation.commands import Operation, command, perform
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.projects.queries import holders

_NOT_YOURS = gettext_noop("This is for the %(deciders)s to decide, not for you.")


def _is_decider(actor: Actor, case: Case) -> Sentence | None:
    deciders = [Role(role) for role in case.deciders]
    if may_decide_for(actor.roles_in(case.project_id), deciders):
        return None
    return Sentence(_NOT_YOURS, {"deciders": "role:" + "+".join(case.deciders)})


@command(needs=Power.DECIDE, only_if=_is_decider, undoable=False)
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


@command(needs=Power.DECIDE, only_if=_is_decider, undoable=False)
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
    role = may_decide_for(actor.roles_in(case.project_id), [Role(r) for r in case.deciders])
    if role is None:
        raise NotAllowed(str(_is_decider(actor, case)))
    if case.mode == "all" and not _all_agree(actor, case, role, alternative):
        return None
    born = {"born_in": born_in, "born_label": born_label, "born_link": born_link}
    return _carry_out(actor, case, chosen, role, reason, conditions or [], born)


def _carry_out(
    actor: Actor,
    case: Case,
    chosen: Alternative,
    role: Role,
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
    for operation in operations:
        perform(under, operation)
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


def _authority(actor: Actor, case: Case, role: Role) -> str:
    deputy = actor.deputises_as(case.project_id, role)
    return f"{role} for {deputy}" if deputy else str(role)


def _all_agree(actor: Actor, case: Case, role: Role, alternative: str) -> bool:
    """Note this decider's yes; whether every role has now said yes to the same alternative."""
    given = {a.role: a for a in Assent.objects.filter(case=case)}
    held = actor.roles_in(case.project_id) & {Role(r) for r in case.deciders}
    for mine in sorted(held or {role}):  # whoever holds two of the roles answers for both
        assent = given.get(mine) or Assent(project_id=case.project_id, case=case, role=mine)
        assent.person_id, assent.alternative = actor.person_id, alternative  # type: ignore[assignment]  # deciders are people
        assent.save()
        given[mine] = assent
    # A role nobody holds is passed over, or a project without a board could decide nothing.
    wanted = {str(r) for r in case.deciders if holders(case.project_id, [Role(r)])}
    return wanted <= {r for r, assent in given.items() if assent.alternative == alternative}


def _require_submitted(case: Case) -> None:
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext("This case is not waiting for a decision."))
