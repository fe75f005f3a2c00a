"""Why bytes were not taken, or not found."""

from django.utils.translation import gettext

from tospann.foundation.errors import CommandError

MEGABYTE = 1024 * 1024


class TooLarge(CommandError):
    """More bytes than are taken."""

    status = 413

    def __init__(self, limit: int) -> None:
        said = gettext("The file is too large. The limit is %(limit)s MB.")
        super().__init__(said % {"limit": limit // MEGABYTE})
        self.limit = limit


class NoRoom(CommandError):
    """The disk, or the share of it that was given, is full. Nothing was kept, nothing was lost."""

    status = 507

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or gettext(
                "There is no room for more files just now. Nothing was saved and nothing is lost. "
                "Tell whoever runs the portal; it takes files again as soon as there is room."
            )
        )


class Missing(FileNotFoundError):
    """No bytes are kept under that hash."""
