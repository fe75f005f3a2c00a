"""What somebody did with hours."""

from django.utils.translation import ngettext_lazy as _n

HOURS = {
    "timesheets.approve_hours": _n("approved hours", "approved hours %(n)s times", "n"),
    "timesheets.import_hours": _n("imported hours", "imported hours %(n)s times", "n"),
    "timesheets.return_hours": _n("returned hours", "returned hours %(n)s times", "n"),
    "timesheets.save_week": _n("kept a week's hours", "kept hours %(n)s times", "n"),
    "timesheets.take_back_week": _n("took a week back", "took %(n)s weeks back", "n"),
    "planning.record_work": _n("recorded hours in the plan", "recorded hours in the plan", "n"),
}
