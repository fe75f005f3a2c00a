"""What would lead back from a decision: operations for the new case that asks for its reversal.

Most are found from what the decision changed: a changed record gets its values back, what was
added is removed, what was removed is added again. A capability whose changes are not fields of
records says itself how (``reversals_come_from``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tospann.cases.models import Decision
from tospann.foundation.commands import COMMANDS, Operation
from tospann.foundation.errors import CommandError
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import reference
from tospann.foundation.references import find

Inverse = Callable[[AuditEntry], Sequence[Operation] | None]
_INVERSES: dict[str, Inverse] = {}
_AT_LAST: set[str] = set()
_OF_THE_DECISION = ("actions.", "cases.")


@dataclass(frozen=True)
class Reversal:
    """The operations that lead back, latest change first; and what has no way back, by title."""

    operations: tuple[Operation, ...]
    left_over: tuple[str, ...]


def reversals_come_from(command: str, inverse: Inverse, *, at_last: bool = False) -> None:
    """Called once by a capability: ``inverse(entry)`` of what the command did in that act.

    It gives operations that fit the project as it is now, or None when there is no way back;
    ``at_last`` those that others of the same reversal must not come after.
    """
    _INVERSES[command] = inverse
    if at_last:
        _AT_LAST.add(command)


def reversal(of: Decision) -> Reversal:
    """What would put back what this decision carried out."""
    found: list[Operation] = []
    last: list[Operation] = []
    left: list[str] = []
    for entry in _carried_out(of):
        inverse = _inverse(entry)
        if inverse is None:
            what = COMMANDS.get(entry.command)
            left.append(what.title if what else entry.command)
        elif entry.command in _AT_LAST:
            last += inverse
        else:
            found += inverse
    return Reversal((*found, *last), tuple(left))


def _carried_out(of: Decision) -> Iterator[AuditEntry]:
    if of.case is None:
        return
    acts = AuditEntry.objects.filter(scope_id=of.project_id).select_related("detail")
    case = reference(of.case)
    deciding = acts.filter(command="cases.decide", subject=case).order_by("-sequence").first()
    if deciding is None:
        return
    for entry in acts.filter(parent=deciding.sequence).order_by("-sequence"):
        if not entry.command.startswith(_OF_THE_DECISION) and entry.detail.changes:
            yield entry


def _inverse(entry: AuditEntry) -> Sequence[Operation] | None:
    own = _INVERSES.get(entry.command)
    try:
        return own(entry) if own else _by_fields(entry)
    except CommandError:  # it no longer fits
        return None


def _by_fields(entry: AuditEntry) -> list[Operation] | None:
    capability, _dot, name = entry.command.partition(".")
    what, changes = COMMANDS.get(entry.command), entry.detail.changes or {}
    if what is None:
        return None
    if name.startswith("add_"):
        return _removing(f"{capability}.remove_{name.removeprefix('add_')}", changes)
    subject = find(entry.subject)
    if name.startswith("remove_"):
        return _adding(f"{capability}.add_{name.removeprefix('remove_')}", entry)
    change = changes.get(entry.subject)
    if subject is None or change is None:
        return None
    given = entry.detail.arguments or {}
    before = {key: _before(change["fields"], key, value) for key, value in given.items()}
    return [what.operation(subject, before)] if before != given else None


def _removing(command: str, changes: Mapping[str, Any]) -> list[Operation] | None:
    what = COMMANDS.get(command)
    made = [ref for ref, change in changes.items() if change.get("created")]
    subject = find(made[0]) if len(made) == 1 else None
    return [what.operation(subject, {})] if what and subject is not None else None


def _adding(command: str, entry: AuditEntry) -> list[Operation] | None:
    what, change = COMMANDS.get(command), (entry.detail.changes or {}).get(entry.subject)
    fields = change["fields"] if change else {}
    project = find(f"projects.project:{fields.get('project_id', [''])[0]}")
    if what is None or project is None:
        return None
    values = {name: _before(fields, name, None) for name in what.arguments.model_fields}
    if "id" in values:
        values["id"] = entry.subject.partition(":")[2]
    return [what.operation(project, {k: v for k, v in values.items() if v is not None})]


def _before(fields: Mapping[str, Any], name: str, value: Any) -> Any:
    """What a field was before the act; the argument itself when it set nothing new."""
    for key in (name, f"{name}_id"):
        if key in fields:
            return fields[key][0]
    return value
