"""Hours from a file: all of them as one act, or none."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.arguments import Hash
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, Stale
from tospann.foundation.ids import new_id
from tospann.projects.models import Project
from tospann.timesheets import lines
from tospann.timesheets.commands.saving import begin, settle
from tospann.timesheets.lines import Entry
from tospann.timesheets.models import Sheet, StagedHours, State, Week
from tospann.timesheets.rows import replace_rows

PersonWeek = tuple[UUID, date]


@command(needs=Power.APPROVE_HOURS, undoable=False)
def import_hours(
    actor: Actor, project: Project, *, staged: UUID, content_hash: Hash, on_holidays: bool = False
) -> dict[str, Any]:
    """Import hours

    The weeks of a file that was read, each replacing what stood there unsent, ready to be approved.
    """
    from tospann.timesheets.importing.checking import check  # it stands on these commands

    file = StagedHours.objects.filter(pk=staged, project=project).first()
    if file is None or file.content_hash != content_hash:
        raise Invalid(gettext("The imported file is no longer kept. Import it again."), "staged")
    found = check(file.rows, project)
    if found.problems:
        cell, why = found.problems[0]
        raise Invalid(gettext("Cell %(cell)s: %(why)s") % {"cell": cell, "why": why}, "staged")
    if found.holidays and not on_holidays:
        said = gettext("Hours on public holidays must be meant: %(cells)s.")
        raise Invalid(said % {"cells": ", ".join(found.holidays[:10])}, "on_holidays")
    if not found.weeks:
        raise Invalid(gettext("There is nothing in the file that is not kept already."), "staged")
    weeks = _locked(found.weeks)
    sheets = [_put(project, weeks, *key, entries) for key, entries in found.weeks.items()]
    replace_rows(sheets)
    file.delete()
    return {"weeks": len(sheets), "hours": str(found.hours)}


def _locked(wanted: Iterable[PersonWeek]) -> dict[PersonWeek, Week]:
    """The weeks that are there already, in the order in which whoever approves locks them."""
    people, mondays = {who for who, _m in wanted}, {monday for _w, monday in wanted}
    rows = Week.objects.select_for_update().filter(person__in=people, monday__in=mondays)
    return {(one.person_id, one.monday): one for one in rows.order_by("pk")}


def _put(
    project: Project,
    weeks: Mapping[PersonWeek, Week],
    person: UUID,
    monday: date,
    entries: list[Entry],
) -> Sheet:
    week = weeks.get((person, monday))
    if week is None:
        week = Week(person_id=person, monday=monday)
        begin(week)
    sheet = Sheet.objects.filter(week=week, project=project).first()
    if sheet is not None and sheet.is_locked:  # sent since the file was tried
        raise Stale(str(week))
    sheet = sheet or Sheet(id=new_id(), week=week, project=project, person_id=person, monday=monday)
    sheet.lines, sheet.hours = [one.stored for one in entries], lines.total(entries)
    sheet.state, sheet.sent_at, sheet.reason = State.SUBMITTED, timezone.now(), ""
    sheet.save()
    settle(week, Sheet.objects.filter(week=week))
    return sheet
