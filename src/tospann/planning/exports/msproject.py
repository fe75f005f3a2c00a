"""The plan as Microsoft Project XML, with the dates the engine gives."""

from dataclasses import replace

from planengine.formats import mspdi
from tospann.planning.dating import schedule_of
from tospann.planning.exports.taken import Taken


def xml(head: Taken) -> mspdi.ExportResult:
    """The file, and an account of what Microsoft Project has no place for."""
    loaded = head.loaded
    found = schedule_of(loaded)
    dates = None if found is None else {one.uid: one for one in found.dates()}
    plan = loaded.plan
    if not plan.name:
        plan = replace(plan, name=head.project.name)
    return mspdi.write(plan, dates)
