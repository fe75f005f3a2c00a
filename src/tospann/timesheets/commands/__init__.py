"""Everything that changes timesheets."""

from tospann.timesheets.commands.deciding import approve_hours, return_hours
from tospann.timesheets.commands.importing import import_hours
from tospann.timesheets.commands.saving import HoursLine, save_week, settle, take_back_week

__all__ = [
    "HoursLine",
    "approve_hours",
    "import_hours",
    "return_hours",
    "save_week",
    "settle",
    "take_back_week",
]
