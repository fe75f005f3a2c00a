"""What a person may do with a command here, the project's always-rules included, before typing."""

from typing import Any

from tospann.foundation.authority import Actor, Ruling, rule
from tospann.foundation.commands import Command


def verdict(command: Command[Any, Any, Any], actor: Actor, subject: Any) -> Ruling:
    """May the actor save this, only propose it, or neither? Limits are measured when it is sent."""
    ceiling = command.ruling(actor, subject)
    if ceiling.is_refused or not command.kind:
        return ceiling
    return rule(actor, command.needs, subject.scope_id, command.kind, {})
