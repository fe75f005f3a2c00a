"""Weeks without the hours on a project that is deleted."""

from collections.abc import Callable
from uuid import UUID

from tospann.timesheets.commands.saving import settle
from tospann.timesheets.models import Sheet, Week


def leave(project_id: UUID) -> Callable[[], None]:
    """Called before the sheets go; what it gives back settles the weeks when they are gone."""
    weeks = list(Sheet.objects.filter(project=project_id).values_list("week", flat=True))

    def settled() -> None:
        for week in Week.objects.filter(pk__in=weeks).prefetch_related("sheets"):
            if sheets := list(week.sheets.all()):
                settle(week, sheets)
            else:
                gone = Week.objects.filter(pk=week.pk)
                gone._raw_delete(gone.db)

    return settled
