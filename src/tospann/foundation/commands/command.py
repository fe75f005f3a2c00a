"""A registered change: who may make it, what it takes, what it does to the subject."""

import inspect
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from django.utils.translation import gettext, gettext_noop

from tospann.foundation import audit, reactions
from tospann.foundation.arguments import Arguments, checked, describe
from tospann.foundation.authority import Actor, Power, Ruling, Sentence, Strength, rule, verdict
from tospann.foundation.commands.operation import Operation
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import reference
from tospann.foundation.transactions import run

P = ParamSpec("P")
R = TypeVar("R")


class Subject(Protocol):
    """What a command changes: a record of a project, or of the organisation."""

    @property
    def pk(self) -> Any: ...
    @property
    def scope_id(self) -> uuid.UUID: ...
    @property
    def version(self) -> int: ...


S = TypeVar("S", bound=Subject)
Measures = Callable[[Any, Any], Mapping[str, Decimal]]
Condition = Callable[[Actor, Any], Sentence | None]
COMMANDS: dict[str, "Command[Any, Any, Any]"] = {}


class Command(Generic[S, P, R]):
    """A registered change. Call it to carry it out; ``submit`` it to carry out or propose it."""

    def __init__(  # the declaration of a command is its documentation
        self,
        function: Callable[Concatenate[Actor, S, P], R],
        *,
        needs: Power,
        kind: str = "",
        measures: Measures | None = None,
        only_if: Condition | None = None,
        by_case: Condition | None = None,
        undoable: bool = True,
        exposed: bool = True,
        version: int = 1,
        guarded: Sequence[str] = (),
        chain: Callable[[Any], uuid.UUID] | None = None,
    ) -> None:
        update_wrapper(self, function)
        self.function = function
        self.needs = needs
        self.kind = kind
        self.measures = measures
        self.only_if = only_if
        self.by_case = by_case
        self.undoable = undoable
        self.exposed = exposed
        self.schema_version = version
        self.guarded = tuple(guarded)
        self.chain = chain
        self.name = f"{function.__module__.split('.')[1]}.{function.__name__}"
        self.msgid = (inspect.getdoc(function) or function.__name__).splitlines()[0]
        self.arguments: type[Arguments] = describe(function)
        self.undoer: Callable[[Actor, Any, AuditEntry], None] | None = None
        self.teller: Callable[[Any, Mapping[str, Any]], list[str]] | None = None
        COMMANDS[self.name] = self

    @property
    def title(self) -> str:
        """What the command does, in the language of the reader."""
        return gettext(self.msgid)

    def __call__(self, actor: Actor, subject: S, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.carry_out(actor, subject, None, kwargs)[0]

    def on(self, subject: S, version: int | None = None) -> "Bound[P, R]":
        """The command on this subject, provided it still has the version that was read."""
        return Bound(self, subject, version)

    def ruling(self, actor: Actor, subject: S) -> Ruling:
        """The ceiling: may the actor decide this, propose it, or neither? Reads nothing."""
        if refused := self.refused(actor, subject):
            return refused
        return self.as_case(actor, subject, rule(actor, self.needs, subject.scope_id))

    def assess(self, actor: Actor, subject: S, values: Mapping[str, Any]) -> Ruling:
        """The ruling on exactly these arguments: measured, with the project's limits applied."""
        return self._assess(actor, subject, checked(self.arguments, dict(values)))

    def operation(
        self, subject: S, values: Mapping[str, Any], version: int | None = None
    ) -> Operation:
        """The command in storable form."""
        stored = checked(self.arguments, dict(values)).model_dump(mode="json")
        self.refuse_guarded(stored)
        expected = subject.version if version is None else version
        return Operation(self.name, reference(subject), stored, expected, self.schema_version)  # type: ignore[arg-type]  # every Subject is a model

    def told(
        self, teller: Callable[[Any, Mapping[str, Any]], list[str]]
    ) -> Callable[[Any, Mapping[str, Any]], list[str]]:
        """Decorator: what these arguments would do to the subject, in the reader's language."""
        self.teller = teller
        return teller

    def undo(
        self, undoer: Callable[[Actor, Any, AuditEntry], None]
    ) -> Callable[[Actor, Any, AuditEntry], None]:
        """Decorator: how this command is undone when putting back field values is not enough."""
        self.undoer = undoer
        return undoer

    def refused(self, actor: Actor, subject: S) -> Ruling | None:
        """Why not even somebody who holds the power may do it now, if that is so."""
        if actor.scopes is not None and "write" not in actor.scopes:
            return Ruling(Strength.NONE, Sentence(_READ_ONLY_TOKEN))
        because = self.only_if(actor, subject) if self.only_if and actor.kind != "system" else None
        return Ruling(Strength.NONE, because) if because else None

    def _assess(self, actor: Actor, subject: S, arguments: Arguments) -> Ruling:
        if refused := self.refused(actor, subject):
            return refused
        ceiling = rule(actor, self.needs, subject.scope_id)
        if ceiling.is_refused or not self.kind:
            return ceiling
        computed = self.measures(subject, arguments) if self.measures else {}
        found = rule(actor, self.needs, subject.scope_id, self.kind, computed)
        return self.as_case(actor, subject, found)

    def as_case(self, actor: Actor, subject: S, found: Ruling) -> Ruling:
        """Where such a change goes by a case only, even whoever decides it proposes it."""
        if self.by_case is None or not found.may_decide or actor.kind == "system":
            return found
        because = self.by_case(actor, subject)
        if because is None:
            return found
        return Ruling(
            Strength.PROPOSE, because, verdict(self.needs, subject.scope_id, self.kind).who
        )

    def carry_out(
        self, actor: Actor, subject: S, expected: int | None, kwargs: Mapping[str, Any]
    ) -> tuple[R, audit.Act]:
        """Judge it on locked data and do it, as one act of the audit chain."""
        arguments = checked(self.arguments, dict(kwargs))

        def body(act: audit.Act, fresh: S) -> R:
            if not act.authority:
                ruling = self._assess(actor, fresh, arguments)
                if not ruling.may_decide:
                    raise NotHers(ruling)
                act.authority = ruling.authority
            act.arguments = self._told_of(arguments)
            act.reactions = reactions.names_for(self.name)
            values = {name: getattr(arguments, name) for name in type(arguments).model_fields}
            return self.function(actor, fresh, **values)  # type: ignore[call-arg]  # checked above

        chain = self.chain(subject) if self.chain else None
        return run(actor, self.name, subject, expected, body, chain=chain)

    def refuse_guarded(self, stored: Mapping[str, Any]) -> None:
        """What only some may see is never part of a proposal, which more people read."""
        for name in self.guarded:
            if stored.get(name) is not None:
                raise Invalid(gettext(_GUARDED), name)

    def _told_of(self, arguments: Arguments) -> dict[str, Any]:
        """The arguments as the audit log keeps them."""
        found = arguments.model_dump(mode="json")
        return found | {name: "…" for name in self.guarded if found.get(name) is not None}

    def __repr__(self) -> str:
        return f"<command {self.name}>"


class NotHers(NotAllowed):
    """Assessed on locked data, it turned out not to be the actor's to decide."""

    def __init__(self, ruling: Ruling) -> None:
        super().__init__(str(ruling))
        self.ruling = ruling


@dataclass(frozen=True)
class Bound(Generic[P, R]):
    """A command on a subject of a certain version."""

    command: Command[Any, P, R]
    subject: Any
    version: int | None


def command(  # see Command
    *,
    needs: Power,
    kind: str = "",
    measures: Measures | None = None,
    only_if: Condition | None = None,
    by_case: Condition | None = None,
    undoable: bool = True,
    exposed: bool = True,
    version: int = 1,
    guarded: Sequence[str] = (),
    chain: Callable[[Any], uuid.UUID] | None = None,
) -> Callable[[Callable[Concatenate[Actor, S, P], R]], Command[S, P, R]]:
    """Make a function the command of its name (``capability.function``).

    ``guarded`` names arguments that only some may see, such as rates: the audit log keeps that they
    were given and not what they were, and a proposal cannot hold them.

    ``chain`` says whose audit chain the acts stand in where that is not the scope of their subject:
    only acts of the same chain wait for each other. What must not change at the same time then
    locks its rows itself.
    """

    def register(function: Callable[Concatenate[Actor, S, P], R]) -> Command[S, P, R]:
        return Command(
            function,
            needs=needs,
            kind=kind,
            measures=measures,
            only_if=only_if,
            by_case=by_case,
            undoable=undoable,
            exposed=exposed,
            version=version,
            guarded=guarded,
            chain=chain,
        )

    return register


def known(operation: Operation) -> Command[Any, Any, Any]:
    """The command an operation names, as it was when the operation was stored."""
    what = COMMANDS.get(operation.command)
    if what is None or what.schema_version != operation.schema_version:
        raise CommandError(gettext(_OUTDATED))
    what.refuse_guarded(operation.arguments)
    return what


_OUTDATED = gettext_noop(
    "This was prepared for an earlier version of the portal. Prepare it again."
)
_GUARDED = gettext_noop(
    "This cannot be part of a proposal, which more people read than may see it. Leave it empty."
)
_READ_ONLY_TOKEN = gettext_noop("This token may only read.")
