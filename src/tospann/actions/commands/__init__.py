"""Everything that changes an action. People work with their own; registers are kept by the two."""

from tospann.actions.commands.answering import (
    answer_late,
    answer_stuck,
    later_by,
    release_stuck,
    report_late,
    report_stuck,
)
from tospann.actions.commands.bulk import adjust_action, edit_actions
from tospann.actions.commands.keeping import (
    add_action,
    add_own_action,
    born,
    change_action,
    complete_action,
    drop_action,
    hand_over_action,
    hand_over_all,
    hand_over_of,
    move_action,
    reopen_action,
)
from tospann.actions.commands.reminding import remind, remind_overdue
from tospann.actions.commands.talking import add_link, comment_on, remove_link

__all__ = [
    "add_action",
    "add_link",
    "add_own_action",
    "adjust_action",
    "answer_late",
    "answer_stuck",
    "born",
    "change_action",
    "comment_on",
    "complete_action",
    "drop_action",
    "edit_actions",
    "hand_over_action",
    "hand_over_all",
    "hand_over_of",
    "later_by",
    "move_action",
    "release_stuck",
    "remind",
    "remind_overdue",
    "remove_link",
    "reopen_action",
    "report_late",
    "report_stuck",
]
