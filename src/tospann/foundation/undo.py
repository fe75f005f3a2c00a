"""Undo: a command of its own that puts back what another changed, while nobody has built on it."""

import json
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils.translation import gettext

from tospann.foundation import audit
from tospann.foundation.authority import Actor
from tospann.foundation.commands import COMMANDS
from tospann.foundation.errors import CommandError, Gone, NotAllowed, Stale
from tospann.foundation.models import AuditEntry, Undone
from tospann.foundation.references import find
from tospann.foundation.transactions import run

NAME = "foundation.undo"
Guard = Callable[[Actor, Any], None]
_guards: dict[str, Guard] = {}


def guarded_by(label: str, guard: Guard) -> None:
    """Called once at start: before an act on such a record is undone, ``guard`` may refuse."""
    _guards[label] = guard


class InTheWay(CommandError):
    """Something that has come since has taken the place."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext("What has come since stands in the way. Nothing was changed."))


def may_undo(actor: Actor, entry: AuditEntry) -> bool:
    """Whether the actor may undo the act: it can be undone, and she may decide such acts."""
    what = COMMANDS.get(entry.command)
    subject = _subject(entry)
    if what is None or not what.undoable or subject is None or entry.parent is not None:
        return False
    own = entry.person_id is not None and entry.person_id == actor.person_id
    return own and what.ruling(actor, subject).may_decide


def undo(actor: Actor, entry: AuditEntry) -> AuditEntry:
    """Put back everything the act changed. Refused when anything of it has changed since."""
    if not may_undo(actor, entry):
        raise NotAllowed(gettext("This cannot be undone by you."))
    what, subject = COMMANDS[entry.command], _subject(entry)
    if subject is None:
        raise Gone
    exists = not subject._state.adding

    def body(act: audit.Act, fresh: Any) -> None:
        if Undone.objects.filter(pk=entry.pk).exists():
            raise CommandError(gettext("This is already undone."))
        Undone.objects.create(entry=entry, by_sequence=act.sequence)
        ruling = what.ruling(actor, fresh)
        act.authority = ruling.authority
        if guard := _guards.get(entry.subject.partition(":")[0]):
            guard(actor, fresh)
        act.arguments = {"undoes": entry.sequence, "command": entry.command}
        if what.undoer is not None:
            what.undoer(actor, fresh, entry)
        else:
            put_back_all(actor, entry)

    try:
        _result, act = run(actor, NAME, subject, None, body, exists=exists, chain=entry.scope_id)
    except IntegrityError:
        raise InTheWay from None
    assert act.entry is not None
    return act.entry


def _subject(entry: AuditEntry) -> Any:
    """The record the act was about; when the act removed it, as it was (and not saved)."""
    found = find(entry.subject)
    change = (entry.detail.changes or {}).get(entry.subject)
    if found is not None or change is None or change["version"] is not None:
        return found
    label, _colon, pk = entry.subject.partition(":")
    ghost = apps.get_model(label)(pk=pk)
    _set(ghost, change["fields"])
    return ghost


def put_back_all(actor: Actor, entry: AuditEntry) -> None:
    """Put back what the act and the acts inside it changed, newest first.

    An act inside it that has a way back of its own (the plan's) takes it.
    """
    for part in _with_nested(entry):
        own = _own_way_back(part) if part.sequence != entry.sequence else None
        if own is None:
            put_back(part.detail.changes or {})
        elif (subject := find(part.subject)) is None:
            raise Gone
        else:
            own(actor, subject, part)


def _own_way_back(part: AuditEntry) -> Callable[[Actor, Any, AuditEntry], None] | None:
    what = COMMANDS.get(part.command)
    return what.undoer if what is not None else None


def _with_nested(entry: AuditEntry) -> list[AuditEntry]:
    """The act and the acts inside it, newest first; not those inside one with its own way back."""
    same_time = AuditEntry.objects.filter(
        scope_id=entry.scope_id, at=entry.at, sequence__gte=entry.sequence
    )
    wanted, found = {entry.sequence}, []
    for part in same_time.select_related("detail").order_by("sequence"):
        is_act = part.sequence == entry.sequence
        if is_act or part.parent in wanted:
            found.append(part)
            if is_act or _own_way_back(part) is None:
                wanted.add(part.sequence)
    return found[::-1]


def put_back(changes: dict[str, dict[str, Any]]) -> None:
    """What others of the same act still lean on waits for them: a database may reorder JSON."""
    waiting = list(reversed(changes.items()))
    while waiting:
        left = [(ref, change) for ref, change in waiting if not _put_one_back(ref, change)]
        if len(left) == len(waiting):
            raise Stale(left[0][1].get("label", ""))
        waiting = left


def _put_one_back(ref: str, change: dict[str, Any]) -> bool:
    """Whether it could be: a record is not removed while another points at it."""
    record = find(ref)
    if change["version"] is None:
        _recreate(ref, change["fields"])
        return True
    if record is None or record.version != change["version"]:
        raise Stale(str(record or change.get("label", "")))
    if not change.get("created"):
        _set(record, change["fields"])
        record.save()
        return True
    try:
        record.delete()
    except ProtectedError:
        return False
    return True


def _recreate(ref: str, fields: dict[str, list[Any]]) -> None:
    label, _colon, pk = ref.partition(":")
    record = apps.get_model(label)(pk=pk)
    _set(record, fields)
    record.save(force_insert=True)


def _set(record: Any, fields: dict[str, list[Any]]) -> None:
    for field in record._meta.concrete_fields:
        if field.attname in fields and field.attname not in record.unaudited:
            before = fields[field.attname][0]
            is_json = field.get_internal_type() == "JSONField"
            value = json.loads(json.dumps(before)) if is_json else field.to_python(before)
            setattr(record, field.attname, value)
