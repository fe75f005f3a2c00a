"""Cases that wait while the world moves: brought up to date, passed on, prepared by another."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.cases import gates, rebasing, verdicts
from tospann.cases.commands.deciding import is_decider
from tospann.cases.commands.preparing import forget_assents, is_preparer
from tospann.cases.models import Alternative, Case, CaseState
from tospann.foundation.authority import PROJECT_ROLES, Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid
from tospann.projects import queries as projects

_MAY_PREPARE = tuple(role for role in PROJECT_ROLES if role is not Role.GUEST)
_LATE = gettext_noop("Nobody decided within %(days)s working days: %(deciders)s may decide now.")


def _is_party(actor: Actor, case: Case) -> Sentence | None:
    return is_decider(actor, case) and is_preparer(actor, case)


@command(needs=Power.DISCUSS, only_if=_is_party, undoable=False)
def refresh_case(actor: Actor, case: Case) -> Case:
    """Bring a case up to date

    Its changes follow what has moved since; who decides is judged anew, and those who had said yes
    are asked again. What no longer fits goes back to whoever prepared it, with what is in the way.
    """
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext("This case is not waiting for a decision."))
    if case.gate is not None:
        return _checked_anew(case)
    listed = list(Alternative.objects.filter(case=case))
    conflicts = [said for one in listed for said in _follow(case, one)]
    if not conflicts:
        conflicts = _judged(case, listed)
    for one in listed:
        if case.escalated_at and not conflicts:  # who may decide it since time ran out still may
            _pass_on(case, one)
        one.save()
    forget_assents(case)
    if conflicts:
        case.state, case.decide_by = CaseState.RETURNED, None
    case.save()
    return case


def _checked_anew(case: Case) -> Case:
    """A gate's points as they are now; those who had said yes are asked again."""
    assert case.gate is not None
    case.checked = gates.frozen(gates.checked(case.gate, case))
    forget_assents(case)
    case.save()
    return case


def _follow(case: Case, one: Alternative) -> list[str]:
    """The alternative on the project as it is now; in words, what is in the way of that."""
    fresh = rebasing.rebased(case.project, verdicts.operations_of(one))
    if fresh.conflicts:
        one.verdict = {**one.verdict, "conflicts": list(fresh.conflicts)}
        return list(fresh.conflicts)
    one.operations = [operation.to_json() for operation in fresh.operations]
    return []


def _judged(case: Case, listed: list[Alternative]) -> list[str]:
    try:
        verdicts.judge(case, listed)
    except CommandError as error:  # an operation that no longer fits
        for one in listed:
            one.verdict = {**one.verdict, "conflicts": [error.message]} if one.operations else {}
        return [error.message]
    return []


@command(needs=Power.DECIDE_CASE, undoable=False, exposed=False)
def escalate_case(actor: Actor, case: Case) -> Case:
    """Pass on a case that was not decided in time

    Those the authority matrix names for it may decide beside those who have not.
    """
    if case.state != CaseState.SUBMITTED or case.decide_by is None or case.escalated_at:
        raise Invalid(gettext("This case is not waiting for a decision."))
    for one in Alternative.objects.filter(case=case):
        if _pass_on(case, one):
            one.save()
    case.escalated_at = timezone.now()
    case.save()
    return case


@command(needs=Power.PREPARE, only_if=is_preparer)
def hand_over_case(actor: Actor, case: Case, *, person: UUID) -> Case:
    """Let somebody else prepare a case"""
    if case.state not in (CaseState.DRAFT, CaseState.RETURNED):
        raise Invalid(gettext("This case is no longer being prepared."))
    if person not in projects.holders(case.project_id, _MAY_PREPARE):
        raise Invalid(gettext("Only somebody on the project's team can prepare a case."), "person")
    case.prepared_by_id = person
    case.save()
    return case


def _pass_on(case: Case, one: Alternative) -> bool:
    """Let those its verdict names for it decide it too; whether there is anybody."""
    kept = one.verdict
    further = [role for role in kept.get("escalates_to", []) if role not in kept["roles"]]
    if not further:
        return False
    values = {"days": kept["within_days"], "deciders": "role:" + "+".join(further)}
    because = Sentence(_LATE, values).to_json()
    one.verdict = {**kept, "escalated_to": further, "because": because}
    case.deciders = [*case.deciders, *(str(Role(r)) for r in further if r not in case.deciders)]
    if one.key == case.recommended:
        case.because = because
    return True
