"""The words the chart speaks, in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import planengine as engine
from tospann.planning.editor import typed
from tospann.ui.jinja import language

Kind = engine.ConstraintKind


def constraint_words() -> dict[engine.ConstraintKind, str]:
    """What holds a task, with room for the day."""
    return {
        Kind.START_NO_EARLIER_THAN: _("Starts no earlier than %(day)s"),
        Kind.FINISH_NO_LATER_THAN: _("Finishes no later than %(day)s"),
        Kind.MUST_START_ON: _("Must start on %(day)s"),
        Kind.MUST_FINISH_ON: _("Must finish on %(day)s"),
        Kind.START_NO_LATER_THAN: _("Starts no later than %(day)s"),
        Kind.FINISH_NO_EARLIER_THAN: _("Finishes no earlier than %(day)s"),
        Kind.AS_LATE_AS_POSSIBLE: _("As late as possible"),
    }


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
        "deadline": _("Deadline"),
        "constraint": _("Constraint"),
        "calendar": _("Calendar"),
        "slack": _("Total slack"),
        "after": _("Before"),
        "base_finish": _("Frozen finish"),
    }


def key_help() -> list[tuple[str, str]]:
    """What the keys do in the chart."""
    return [
        ("F2 Enter", _("Write in the cell")),
        ("Tab", _("Keep it and go to the next cell")),
        ("Insert", _("New task")),
        ("Alt+Shift+←→", _("Outdent, indent")),
        ("Alt+Shift+↑↓", _("Move the row up or down")),
        (_("Space"), _("Choose the row")),
        ("Shift+↑↓", _("Choose several rows")),
        ("Ctrl+X Ctrl+V", _("Cut the rows, and put them after this row")),
        ("Ctrl+V", _("Paste rows copied in a spreadsheet after this row")),
        ("Delete", _("Remove the rows")),
        ("Ctrl+Z Ctrl+Y", _("Undo, do again")),
        ("End Enter", _("Go to the bar, and move it with the arrow keys")),
        ("← →", _("Fold and open, on a name")),
        ("Esc", _("Leave it as it was")),
    ]


def words(people: list[str]) -> dict[str, Any]:
    """Everything ``<plan-editor>`` says by itself; braces are filled in by it."""
    begun = [text.replace("%(day)s", "").strip() for text in constraint_words().values()]
    return {
        "columns": {
            **columns(),
            "people": "\n".join(people),
            "constraints": "\n".join(f"{text} " for text in begun),
        },
        "units": typed.letters(language()),
        "key_help": key_help(),
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
        "waits": _("waits for a decision: {text}"),
        "cancelled": _("Left as it was"),
        "cut": _("{n} rows are cut. Put them after another row."),
        "count": _("{n} tasks"),
        "chosen": _("{n} rows are chosen"),
        "border": _("Width of the table"),
        "by_hand": _("Dates set by hand"),
        "unplaced": _("Not placed in time yet"),
        "proposed": _("Proposed as {case}. {because}"),
    }
