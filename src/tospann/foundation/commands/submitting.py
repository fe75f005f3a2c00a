"""Carrying changes out, or proposing them; and what runs inside a decision."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation import transactions
from tospann.foundation.authority import Actor, Mandate, Ruling
from tospann.foundation.commands.command import Bound, NotHers, P, R, known
from tospann.foundation.commands.operation import Operation
from tospann.foundation.errors import Gone, NotAllowed, Stale
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.models import AuditEntry
from tospann.foundation.references import find, what_changed_since


@dataclass(frozen=True)
class Done(Generic[R]):
    """The change was carried out."""

    result: R
    entry: AuditEntry


@dataclass(frozen=True)
class Proposed:
    """The change became a case for whoever may decide."""

    case: Any
    ruling: Ruling


Proposer = Callable[[Actor, Operation, Any, Ruling], Any]
_proposer: Proposer | None = None


def proposals_become(proposer: Proposer) -> None:
    """Called once by the capability that keeps cases."""
    global _proposer  # noqa: PLW0603  # set once, when the app is ready
    _proposer = proposer


def submit(
    actor: Actor, bound: Bound[P, R], *args: P.args, **kwargs: P.kwargs
) -> Done[R] | Proposed:
    """Carry the change out if the actor may decide it; make it a case if she may propose it."""
    what, subject = bound.command, bound.subject
    ruling = what.ruling(actor, subject)
    # Where nothing needs to be computed, assessing once, under the lock, is enough.
    if what.measures or not ruling.may_decide:
        ruling = what.assess(actor, subject, kwargs)
    if ruling.may_decide:
        try:
            result, act = what.carry_out(actor, subject, bound.version, kwargs)
        except NotHers as turned_down:
            ruling = turned_down.ruling
        else:
            assert act.entry is not None
            return Done(result, act.entry)
    if ruling.is_refused or _proposer is None:
        raise NotAllowed(str(ruling))
    operation = what.operation(subject, kwargs, bound.version)
    return Proposed(_proposer(actor, operation, subject, ruling), ruling)


def perform_all(actor: Actor, operations: Sequence[Operation]) -> None:
    """Carry out the operations of a decision, in order, under the decision's mandate.

    Each must find its subject as it was when it was prepared; what an earlier one of the same list
    changes does not stand in a later one's way. They stay in the decision's own project, unless the
    mandate of an act of the organisation names the projects: whoever carries it out has then locked
    them all (``transactions.hold``) before it read what it decides on.
    """
    if not transactions.is_open() or actor.mandate is None:
        raise NotAllowed(
            gettext("Stored operations run only inside the decision that allows them.")
        )
    if any(one.fingerprint() not in actor.mandate.operations for one in operations):
        raise NotAllowed(gettext("The decision does not allow this."))
    _perform(actor, operations, _reach(actor.mandate))


def _reach(mandate: Mandate) -> Collection[UUID]:
    """The projects a decision may change: its own, or those it names when it is above them all."""
    if not mandate.scopes:
        return {transactions.scope_now()}
    if transactions.scope_now() != ORGANISATION_SCOPE or not transactions.holds(mandate.scopes):
        raise NotAllowed(gettext("Only a decision across projects changes several of them."))
    return mandate.scopes


def perform_judged(actor: Actor, operations: Sequence[Operation]) -> None:
    """Carry out operations inside an act that has already judged them as a whole.

    They stay in the act's own project: a subject that was not there yet when they were prepared may
    have been made in another one since.
    """
    _perform(actor, operations, {transactions.scope_now()})


def _perform(actor: Actor, operations: Sequence[Operation], reach: Collection[UUID]) -> None:
    for subject, expected in dict.fromkeys(
        (one.subject, one.expected_version) for one in operations
    ):
        _require_as_prepared(subject, expected)
    for operation in operations:
        what, subject = known(operation), find(operation.subject)
        if subject is None or subject.scope_id not in reach:
            raise Gone
        what.carry_out(actor, subject, None, operation.arguments)


def _require_as_prepared(ref: str, expected: int | None) -> None:
    subject = find(ref)
    if subject is not None and expected is not None and subject.version != expected:
        raise Stale(str(subject), what_changed_since(ref, expected))
