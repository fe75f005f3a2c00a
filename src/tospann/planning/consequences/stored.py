"""The consequences of stored operations: what an alternative of a case would do."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_noop

from tospann.cases.consequences import Consequences, Stored
from tospann.foundation.authority import Sentence
from tospann.foundation.commands import Operation
from tospann.foundation.errors import CommandError
from tospann.foundation.records import reference
from tospann.planning import queries
from tospann.planning.consequences.computing import quick, with_chances
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared, parsed, prepared
from tospann.projects.models import Project

_EDITS = "planning.apply_edits"
_MOVED_ON = gettext_noop(
    "The plan has changed since this was prepared, and the change no longer fits it."
)


def of_operations(
    project: Project, operations: Sequence[Stored], known: str = ""
) -> Consequences | None:
    """What the operations would do to the plan as it is now; None without a plan, or when it
    would be computed from what is known.
    """
    head = queries.plan(project)
    if head is None:
        return None
    tried, missing = _tried(head, operations)
    money = [Operation.from_json(one) for one in operations if one["command"] != _EDITS]
    found = quick(None, head, tried, money, not_computed=missing)
    return None if found.inputs_hash == known else with_chances(found, head, tried)


def _tried(head: Plan, operations: Sequence[Stored]) -> tuple[Prepared, tuple[Sentence, ...]]:
    edits: list[Any] = []
    for one in operations:
        if one["command"] == _EDITS and one["subject"] == reference(head):
            edits += one["arguments"]["edits"]
    try:
        return prepared(head, parsed(edits)), ()
    except CommandError:
        return prepared(head, ()), (Sentence(_MOVED_ON),)
