"""A command in storable form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tospann.foundation import audit


@dataclass(frozen=True)
class Operation:
    """A command in storable form: what a case's alternative is a list of."""

    command: str
    subject: str
    arguments: Mapping[str, Any]
    expected_version: int | None = None
    schema_version: int = 1

    def to_json(self) -> dict[str, Any]:
        return {
            "command": self.command,
            "schema_version": self.schema_version,
            "subject": self.subject,
            "expected_version": self.expected_version,
            "arguments": dict(self.arguments),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Operation":
        return cls(**stored)

    def fingerprint(self) -> str:
        """What a mandate allows: this command on this subject with these arguments."""
        return audit.digest(audit.canonical([self.command, self.subject, dict(self.arguments)]))
