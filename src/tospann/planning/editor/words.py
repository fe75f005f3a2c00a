"""The words the chart speaks, in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def columns() -> dict[str, str]:
    """What each column is called, in the order they stand."""
    return {
        "number": pgettext("column", "No."),
        "name": _("Task"),
        "duration": _("Duration"),
        "start": _("Start"),
        "finish": _("Finish"),
        "percent": pgettext("column", "Done"),
        "before": _("After"),
        "responsible": _("Responsible"),
        "slack": _("Total slack"),
        "deadline": _("Deadline"),
        "base_finish": _("Frozen finish"),
    }


def words(people: list[str]) -> dict[str, Any]:
    """Everything ``<plan-editor>`` says by itself; braces are filled in by it."""
    return {
        "columns": {**columns(), "people": "\n".join(people)},
        "label": _("The plan"),
        "axis": _("Time"),
        "week": pgettext("of the year", "Week"),
        "nameless": _("(no name)"),
        "fresh": _("New task"),
        "critical": _("on the critical path"),
        "new": _("new in the draft"),
        "changed": _("changed in the draft"),
        "saving": _("Saving …"),
        "saved": _("Saved {time}"),
        "offline": _("No contact with the server. {n} changes wait here."),
        "stale": _("Somebody else changed the plan. Look at it and try again."),
        "failed": _("That did not work. Nothing was changed."),
        "unreadable": _("The plan could not be fetched. Load the page again."),
        "move_help": _(
            "Arrow keys move the bar a day, with Shift its end. Enter keeps it, Escape leaves it."
        ),
        "cancelled": _("Left as it was"),
        "cut": _("{n} rows are cut. Put them after another row."),
        "count": _("{n} tasks"),
        "proposed": _("Proposed as {case}. {because}"),
    }
