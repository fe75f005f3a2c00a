"""Stored operations tried on the budget: nothing is written."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tospann.budget.ledger import STEPS, Ledger
from tospann.foundation.arguments import checked
from tospann.foundation.commands import COMMANDS, Operation


def tried(before: Ledger, operations: Iterable[Operation]) -> Ledger:
    """The budget after these operations; those of other capabilities are passed over."""
    after = before
    for operation in operations:
        step = STEPS.get(operation.command)
        if step is not None:
            after = step(after, _line(operation.subject), _given(operation))
    return after


def _line(subject: str) -> UUID | None:
    label, _colon, pk = subject.partition(":")
    return UUID(pk) if label == "budget.budgetline" else None


def _given(operation: Operation) -> Mapping[str, Any]:
    arguments = checked(COMMANDS[operation.command].arguments, dict(operation.arguments))
    return {name: getattr(arguments, name) for name in type(arguments).model_fields}
