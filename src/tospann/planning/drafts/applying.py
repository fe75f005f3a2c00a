"""Who must decide a draft, and carrying it to whoever does: at once, or in a case."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tospann.cases import commands as cases
from tospann.cases.models import Alternative, Case, CaseState
from tospann.foundation.authority import Actor, Ruling
from tospann.foundation.commands import Done, Operation, Proposed, assess_all, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.planning import commands
from tospann.planning.drafts import drafting, money
from tospann.planning.drafts.models import Draft, DraftState
from tospann.planning.models import Plan

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def operations(head: Plan, draft: Draft) -> list[Operation]:
    """The draft in storable form: what an alternative of a case is made of."""
    found = money.operations(head.project, draft.money)
    if draft.edits:
        said = {"base_revision": head.revision, "edits": draft.edits}
        found.insert(0, commands.apply_edits.operation(head, said))
    if draft.freezes:
        base = head.revision + bool(draft.edits)
        freezing = {"base_revision": base, "name": draft.frozen_as}
        one = commands.set_baseline.operation(head, freezing)
        found.append(replace(one, expected_version=None))
    return found


def ruling(actor: Actor, head: Plan, draft: Draft) -> Ruling:
    """Who decides all of the draft together, and why; the ceiling while there is nothing in it."""
    listed = operations(head, draft)
    return assess_all(actor, listed) if listed else commands.apply_edits.ruling(actor, head)


def apply(actor: Actor, head: Plan, draft: Draft) -> Done[Any]:
    """Make the changes, all or none; ``NotAllowed`` with who decides when it is not the actor's."""
    listed = _listed(head, draft)
    judged = assess_all(actor, listed)
    if not judged.may_decide:
        raise NotAllowed(str(judged))
    outcome = _submitted(actor, head, draft, listed)
    if isinstance(outcome, Proposed):  # somebody set a limit in this very moment
        drafting.close(draft, DraftState.SUBMITTED, case=outcome.case, alternative="A")
        raise NotAllowed(str(outcome.ruling))
    made = bool(draft.edits) + draft.freezes
    drafting.close(draft, DraftState.APPLIED, revision=head.revision + made)
    return outcome


def _submitted(
    actor: Actor, head: Plan, draft: Draft, listed: list[Operation]
) -> Done[Any] | Proposed:
    if draft.money or draft.freezes:
        together = cases.apply_at_once.on(head.project)
        return submit(actor, together, operations=[one.to_json() for one in listed])
    changing = commands.apply_edits.on(head)
    return submit(actor, changing, base_revision=head.revision, edits=draft.edits)


def open_case(
    actor: Actor,
    head: Plan,
    draft: Draft,
    *,
    title: str,
    situation: str = "",
    recommendation: str = "",
    need_by: date | None = None,
    at_once: bool = True,
) -> Case:
    """A new case with the draft as its alternative A, submitted at once or to be worked on."""
    stored = _proposable(actor, head, draft)
    project, pk = head.project, new_id()
    said: dict[str, Any] = {
        "title": title,
        "situation": situation,
        "recommendation": recommendation,
        "need_by": need_by,
    }
    _done(submit(actor, cases.open_case.on(project), id=pk, **said))
    case = Case.objects.get(pk=pk)
    setting = cases.set_alternative.on(case)
    _done(submit(actor, setting, id=new_id(), key="A", title=draft.name, operations=stored))
    case.refresh_from_db()
    _done(submit(actor, cases.edit_case.on(case), **said, recommended="A"))
    if at_once:
        case.refresh_from_db()
        _done(submit(actor, cases.submit_case.on(case)))
    drafting.close(draft, DraftState.SUBMITTED, case=case, alternative="A")
    return case


def add_to_case(actor: Actor, head: Plan, draft: Draft, case: Case) -> str:
    """The draft as one alternative more of a case that is being prepared; tells its letter."""
    stored = _proposable(actor, head, draft)
    key = next_letter(Alternative.objects.filter(case=case).values_list("key", flat=True))
    setting = cases.set_alternative.on(case)
    _done(submit(actor, setting, id=new_id(), key=key, title=draft.name, operations=stored))
    drafting.close(draft, DraftState.SUBMITTED, case=case, alternative=key)
    return key


def waiting_cases(actor: Actor, head: Plan) -> QuerySet[Case]:
    """Cases that are being prepared and that the actor may still add an alternative to."""
    prepared = Case.objects.filter(
        project_id=head.project_id, gate=None, state__in=(CaseState.DRAFT, CaseState.RETURNED)
    )
    may = [one.pk for one in prepared if not cases.set_alternative.ruling(actor, one).is_refused]
    return prepared.filter(pk__in=may)


def next_letter(taken: Iterable[str]) -> str:
    """The letter of the next alternative of a case."""
    known = set(taken)
    found = next((letter for letter in LETTERS if letter not in known), None)
    if found is None:
        raise Invalid(_("The case has as many alternatives as it can hold."))
    return found


def _proposable(actor: Actor, head: Plan, draft: Draft) -> list[dict[str, Any]]:
    listed = _listed(head, draft)
    judged = assess_all(actor, listed)
    if judged.is_refused:
        raise NotAllowed(str(judged))
    return [one.to_json() for one in listed]


def _listed(head: Plan, draft: Draft) -> list[Operation]:
    """The operations of a draft that changes something."""
    tried = drafting.tried(head, draft)
    if draft.is_empty:
        raise Invalid(_("There is nothing in the draft yet."))
    if not draft.money and not draft.freezes and tried.after.hash == tried.before.hash:
        raise Invalid(_("The plan is already as the draft would make it."))
    return operations(head, draft)


def _done(outcome: Done[Any] | Proposed) -> None:
    """Preparing a case is never itself proposed."""
    if isinstance(outcome, Proposed):
        raise NotAllowed(str(outcome.ruling))
