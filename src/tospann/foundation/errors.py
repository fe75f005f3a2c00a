"""What can go wrong on the write path. Every message is a sentence for the person who acted."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext


class CommandError(Exception):
    """A change that was refused. ``status`` is the HTTP status that says the same."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(CommandError):
    """The actor lacks the power."""

    status = 403


class Invalid(CommandError):
    """The arguments are wrong; ``field`` names which one, if one is to blame."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Stale(CommandError):
    """Somebody else changed the record in the meantime; ``changed`` says what."""

    status = 409

    def __init__(self, what: str, changed: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(
            gettext("“%(what)s” was changed by someone else in the meantime. Nothing was saved.")
            % {"what": what}
        )
        self.changed = tuple(changed)


class Gone(CommandError):
    """The record no longer exists."""

    status = 404

    def __init__(self) -> None:
        super().__init__(gettext("This no longer exists. Someone may have removed it."))


class DiskFull(CommandError):
    """The disk of the database is full: nothing was written."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "The disk is full. Nothing was saved and nothing is lost. Tell whoever runs the "
                "portal; it goes on as soon as there is room."
            )
        )


class WriteOutsideCommand(RuntimeError):
    """A programming error: somebody tried to write a record without going through a command."""
