"""From sheets to rows of hours that can be added up. Written in bulk, and by nothing else."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from tospann.timesheets import lines
from tospann.timesheets.models import Hours, Sheet


def replace_rows(sheets: Iterable[Sheet]) -> None:
    """The rows of these sheets as the sheets are now (two statements, however many)."""
    listed = list(sheets)
    if not listed:
        return
    gone = Hours.objects.filter(sheet__in=[one.pk for one in listed])
    gone._raw_delete(gone.db)
    Hours.objects.bulk_create((row for one in listed for row in _of(one)), batch_size=500)


def _of(sheet: Sheet) -> Iterator[Hours]:
    for entry in lines.read(sheet.lines):
        for step, hours in enumerate(entry.hours):
            if hours:
                yield Hours(
                    sheet_id=sheet.pk,
                    project_id=sheet.project_id,
                    day=sheet.monday + timedelta(days=step),
                    uid=entry.uid,
                    kind=entry.kind,
                    hours=hours,
                    comment=entry.comment,
                )
