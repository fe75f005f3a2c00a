"""Everything that changes the mailbox: addresses, messages, what they become, and feeds."""

from tospann.mailbox.commands.addresses import close_address, open_address, set_sorter
from tospann.mailbox.commands.feeds import make_feed, revoke_feed
from tospann.mailbox.commands.keeping import bring_in, receive
from tospann.mailbox.commands.sorting import (
    become_documents,
    become_note,
    become_notice,
    become_question,
    set_aside,
    sort_again,
)

__all__ = [
    "become_documents",
    "become_note",
    "become_notice",
    "become_question",
    "bring_in",
    "close_address",
    "make_feed",
    "open_address",
    "receive",
    "revoke_feed",
    "set_aside",
    "set_sorter",
    "sort_again",
]
