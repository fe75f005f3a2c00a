"""The consequences of stored operations: what an alternative of a case would do."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_noop

from tospann.cases import rebasing
from tospann.cases.consequences import Consequences, Stored
from tospann.cases.rebasing import Rebased
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
    """What the operations would do to the project as it is now; None when that would be computed
    from what is known. A project without a plan has an empty one.
    """
    head = queries.plan(project) or Plan(project=project)
    fresh = rebasing.rebased(project, [Operation.from_json(one) for one in operations])
    tried, missing = _tried(head, fresh)
    money = [one for one in fresh.operations if one.command != _EDITS]
    found = quick(None, head, tried, money, not_computed=missing)
    return None if found.inputs_hash == known else with_chances(found, head, tried)


def _tried(head: Plan, fresh: Rebased) -> tuple[Prepared, tuple[Sentence, ...]]:
    """The plan with the edits, as far as they still fit it."""
    edits: list[Any] = []
    for one in fresh.operations:
        if one.command == _EDITS and one.subject == reference(head):
            edits += one.arguments["edits"]
    try:
        if not fresh.conflicts:
            return prepared(head, parsed(edits)), ()
    except CommandError:
        pass
    return prepared(head, ()), (Sentence(_MOVED_ON),)
