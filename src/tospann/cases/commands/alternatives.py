"""The alternatives of a case that is being prepared, and applying what is one's own to decide."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tospann.cases import verdicts
from tospann.cases.commands.preparing import is_preparer
from tospann.cases.models import Alternative, Case, CaseKind, CaseState
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import COMMANDS, Operation, assess_all, command, perform_judged
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.foundation.references import find
from tospann.projects.models import Project

AlternativeKey = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
Operations = Annotated[list[dict[str, Any]], Field(max_length=1000)]
SomeOperations = Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1000)]
_OWN_OF_CASES = frozenset(
    {
        "cases.add_authority_rule",
        "cases.change_authority_rule",
        "cases.remove_authority_rule",
        "cases.replace_matrix",
    }
)
"""Of this capability, only changes of the matrix are prepared for somebody's decision."""


class Stored(BaseModel):
    """The shape of a stored operation; what is in it is the command's to check."""

    model_config = ConfigDict(extra="forbid", strict=True)

    command: str
    subject: str
    arguments: dict[str, Any]
    expected_version: int | None = None
    schema_version: int = 1


@command(needs=Power.PREPARE, only_if=is_preparer, undoable=False)
def set_alternative(
    actor: Actor,
    case: Case,
    *,
    id: UUID,
    key: AlternativeKey,
    title: Line,
    description: OptionalText = "",
    operations: Operations,
) -> Alternative:
    """Set an alternative of a case

        submit(actor, set_alternative.on(case), id=new_id(), key="B", title="…",
               operations=[operation.to_json(), …])

    The case is being prepared or was returned. Of several alternatives with the same key the last
    one set stands (``id`` counts when it is new; "A" is there from the start). The verdict of the
    alternative (``foundation.commands.verdict_on``) is kept with it, computed again on submission.
    """
    _require_being_prepared(case)
    listed = checked(actor, case.project, operations)
    found = Alternative.objects.filter(case=case, key=key).first()
    if found is None:
        last = Alternative.objects.filter(case=case).order_by("-position").first()
        place = last.position + 1 if last else 1
        found = Alternative(id=id, project_id=case.project_id, case=case, key=key, position=place)
    found.title, found.description = title, description
    stored = [operation.to_json() for operation in listed]
    if found.operations != stored:  # the figures of what it was before are not its own
        found.consequences, found.consequences_hash, found.computed_at = {}, "", None
    found.operations = stored
    found.verdict = {}
    found.save()
    _judge(case)
    return found


@command(needs=Power.PREPARE, only_if=is_preparer, undoable=False)
def remove_alternative(actor: Actor, case: Case, *, key: AlternativeKey) -> Case:
    """Remove an alternative of a case"""
    _require_being_prepared(case)
    found = Alternative.objects.filter(case=case, key=key).first()
    if found is None:
        raise Gone
    found.delete()
    if case.recommended == key:
        case.recommended = ""
    _judge(case)
    return case


@command(needs=Power.PREPARE, undoable=False)
def apply_at_once(actor: Actor, project: Project, *, operations: SomeOperations) -> None:
    """Apply several changes at once

    All of them or none, when they are the actor's own to decide together (``assess_all`` says so
    beforehand); otherwise ``NotAllowed`` with who decides, and a case is the way.
    """
    listed = checked(actor, project, operations)
    ruling = assess_all(actor, listed)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    perform_judged(actor, listed)


def checked(actor: Actor, project: Project, stored: list[dict[str, Any]]) -> list[Operation]:
    """The operations, if the actor may at least propose each of them in this project."""
    record = cache(find)  # many operations are about the same one
    listed = [_operation(project, one, record) for one in stored]
    ruling = assess_all(actor, listed)
    if ruling.is_refused:
        raise NotAllowed(str(ruling))
    return listed


def _operation(project: Project, stored: dict[str, Any], record: Callable[[str], Any]) -> Operation:
    try:
        operation = Operation.from_json(Stored.model_validate(stored).model_dump())
    except ValidationError:
        raise Invalid(gettext("This is not a change the portal knows."), "operations") from None
    own = operation.command.startswith("cases.")
    if operation.command not in COMMANDS or (own and operation.command not in _OWN_OF_CASES):
        raise Invalid(gettext("This is not a change the portal knows."), "operations")
    subject = record(operation.subject)
    if subject is not None and subject.scope_id != project.pk:
        raise Invalid(gettext("A case changes its own project only."), "operations")
    return operation


def _require_being_prepared(case: Case) -> None:
    if case.state not in {CaseState.DRAFT, CaseState.RETURNED}:
        raise Invalid(gettext("A case that is submitted is not changed. Withdraw it first."))
    if case.gate_id is not None:
        raise Invalid(gettext("A gate has the outcomes its pack gives it."))


def _judge(case: Case) -> None:
    """What the verdicts are as it stands, shown while the case is prepared."""
    for one in verdicts.judge(case, Alternative.objects.filter(case=case)):
        one.save()
    if case.kind == CaseKind.OTHER and case.alternatives.exclude(operations=[]).exists():
        case.kind = CaseKind.CHANGE
    case.save()
