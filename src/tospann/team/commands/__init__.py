"""Everything that changes how people work together."""

from tospann.team.commands.covering import Step, cover_for
from tospann.team.commands.learning import (
    change_lesson,
    note_lesson,
    publish_lesson,
    withdraw_lesson,
)
from tospann.team.commands.looking_back import (
    act_on_thought,
    close_retrospective,
    open_retrospective,
)
from tospann.team.commands.responsibilities import (
    add_responsibility,
    change_responsibility,
    give_responsibility,
    remove_responsibility,
)
from tospann.team.commands.sending import send_delivered, write_memo

__all__ = [
    "Step",
    "act_on_thought",
    "add_responsibility",
    "change_lesson",
    "change_responsibility",
    "close_retrospective",
    "cover_for",
    "give_responsibility",
    "note_lesson",
    "open_retrospective",
    "publish_lesson",
    "remove_responsibility",
    "send_delivered",
    "withdraw_lesson",
    "write_memo",
]
