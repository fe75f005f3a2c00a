"""Judging several operations as one change."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from tospann.foundation.arguments import checked
from tospann.foundation.authority import (
    UNKNOWN,
    Actor,
    Ruling,
    Sentence,
    Strength,
    rule,
    strictest_of,
    verdict,
)
from tospann.foundation.commands.command import Command, known
from tospann.foundation.commands.operation import Operation
from tospann.foundation.errors import Gone
from tospann.foundation.references import find

TogetherMeasures = Callable[[uuid.UUID, Sequence[Operation]], Mapping[str, Decimal]]
_Found = tuple[Command[Any, Any, Any], Any, Operation]
_TOGETHER: dict[str, TogetherMeasures] = {}
_CHANGES_NOTHING = gettext_noop("This changes nothing.")


def assess_all(actor: Actor, operations: Sequence[Operation]) -> Ruling:
    """The ruling on several operations carried out together: the strictest of them all.

        ruling = assess_all(actor, [Operation.from_json(stored) for stored in draft_operations])
        ruling.may_decide   # she may apply them herself (cases.commands.apply_at_once)
        ruling.may_propose  # str(ruling) says who decides and why; .who, .deciders, .mode say it
        ruling.is_refused   # there is one she may not even propose; str(ruling) names the power

    Writes nothing and needs no transaction. Limits are applied to what the whole list comes to, so
    dividing a change does not help. Raises ``Invalid`` or ``Stale`` where an operation itself
    would (its arguments, a base revision that is no longer the latest). Nothing is the actor's own
    to decide when the list is empty: it changes nothing.
    """
    weighed = _weighed(operations)
    if not weighed:
        return Ruling(Strength.DECIDE, Sentence(_CHANGES_NOTHING))
    rulings = [one.ruling(actor) for one in _unlike(weighed)]
    if refused := next((ruling for ruling in rulings if ruling.is_refused), None):
        return refused
    if all(ruling.may_decide for ruling in rulings):
        return rulings[0]
    return strictest_of([one.verdict() for one in _unlike(weighed)])


def verdict_on(operations: Sequence[Operation]) -> Ruling | None:
    """Who decides these operations together, and why, whoever asks; None when there are none."""
    weighed = _weighed(operations)
    if not weighed:
        return None
    found = {key: value for one in weighed for key, value in one.measures.items()}
    return replace(strictest_of([one.verdict() for one in _unlike(weighed)]), measures=found)


@dataclass(frozen=True)
class _Weighed:
    """An operation with the scope it belongs to and the measures of the list it is part of."""

    command: Command[Any, Any, Any]
    subject: Any
    scope_id: uuid.UUID
    measures: Mapping[str, Decimal]

    @property
    def judged_by(self) -> tuple[Any, ...]:
        """What the answer depends on; the subject only where the command asks about it."""
        what = self.command
        asks = what.only_if is not None or what.by_case is not None
        subject = self.subject.pk if asks and self.subject is not None else None
        unknown = self.measures is UNKNOWN
        name = what.name if asks else ""
        return (what.needs, what.kind, self.scope_id, unknown, name, subject)

    def ruling(self, actor: Actor) -> Ruling:
        if self.subject is not None and (refused := self.command.refused(actor, self.subject)):
            return refused
        kind = self.command.kind
        found = rule(actor, self.command.needs, self.scope_id, kind, self.measures)
        if self.subject is None:
            return found
        return self.command.as_case(actor, self.subject, found)

    def verdict(self) -> Ruling:
        return verdict(self.command.needs, self.scope_id, self.command.kind, self.measures)


def _unlike(weighed: Sequence[_Weighed]) -> list[_Weighed]:
    """Of operations that are judged alike, one: the rules are asked once for each kind."""
    found = {one.judged_by: one for one in reversed(weighed)}
    return list(found.values())[::-1]


def measured_together(capability: str, measures: TogetherMeasures) -> None:
    """Called once by a capability whose operations add up: what several of them come to.

    It is given the operations of that capability in one list, in order, and measures them as if
    one of them had done it all; also those whose subject another of them makes.
    """
    _TOGETHER[capability] = measures


def _weighed(operations: Sequence[Operation]) -> list[_Weighed]:
    subjects = {ref: find(ref) for ref in dict.fromkeys(one.subject for one in operations)}
    found = [(known(one), subjects[one.subject], one) for one in operations]
    scopes = [subject.scope_id for _what, subject, _operation in found if subject is not None]
    if operations and not scopes:
        raise Gone
    together = _measured_all(scopes[0], found) if scopes else {}
    return [
        _Weighed(
            what,
            subject,
            scopes[0] if subject is None else subject.scope_id,
            UNKNOWN if _is_unmeasured(what, subject) else together,
        )
        for what, subject, _operation in found
    ]


def _measured_all(scope_id: uuid.UUID, found: Sequence[_Found]) -> Mapping[str, Decimal]:
    """The measures of the whole list: of each by itself, or of a capability's all at once."""
    groups: dict[str, list[Operation]] = {}
    each: list[Mapping[str, Decimal]] = []
    for what, subject, operation in found:
        arguments = checked(what.arguments, dict(operation.arguments))
        if what.measures and _capability(what) in _TOGETHER:
            groups.setdefault(_capability(what), []).append(operation)
        elif what.measures and subject is not None:
            each.append(what.measures(subject, arguments))
    each += [_TOGETHER[name](scope_id, listed) for name, listed in groups.items()]
    return _farthest(each)


def _farthest(each: Sequence[Mapping[str, Decimal]]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for measures in each:
        for key, value in measures.items():
            found[key] = max(value, found.get(key, value))
    return found


def _is_unmeasured(what: Command[Any, Any, Any], subject: Any) -> bool:
    """Whether its subject is not there yet to be measured: another of the list makes it."""
    return bool(what.measures) and subject is None and _capability(what) not in _TOGETHER


def _capability(what: Command[Any, Any, Any]) -> str:
    return what.name.partition(".")[0]
