"""Everything that changes document templates and what is filled in."""

from tospann.blanks.commands.filling import (
    comment_on,
    discard_filled,
    rename_filled,
    settle_comment,
    start_filled,
    take_comment_up_again,
)
from tospann.blanks.commands.sending import (
    approve_edition,
    publish_edition,
    record_edition,
    return_edition,
    revise_filled,
    send_filled,
    settles,
)
from tospann.blanks.commands.taking import BlankLine, add_blanks, rename_blank
from tospann.blanks.commands.wording import remove_word_template, set_word_template

__all__ = [
    "BlankLine",
    "add_blanks",
    "approve_edition",
    "comment_on",
    "discard_filled",
    "publish_edition",
    "record_edition",
    "remove_word_template",
    "rename_blank",
    "rename_filled",
    "return_edition",
    "revise_filled",
    "send_filled",
    "set_word_template",
    "settle_comment",
    "settles",
    "start_filled",
    "take_comment_up_again",
]
