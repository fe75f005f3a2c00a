"""Everything that changes meetings: series, calling, agenda, minutes, publishing, remarks."""

from tospann.meetings.commands.agenda import (
    add_item,
    add_items,
    change_item,
    move_item,
    remove_item,
    save_item_text,
)
from tospann.meetings.commands.attending import (
    add_attendee,
    answer_invitation,
    remove_attendee,
    set_attendance,
)
from tospann.meetings.commands.calling import (
    AgendaLine,
    Attendee,
    call_meeting,
    cancel_meeting,
    change_meeting,
    move_meeting,
    plan_meeting,
)
from tospann.meetings.commands.holding import (
    end_meeting,
    give_minutes,
    reopen_meeting,
    start_meeting,
)
from tospann.meetings.commands.publishing import (
    answer_remark,
    finish_minutes,
    lock_minutes,
    publish_minutes,
    remark_on_minutes,
)
from tospann.meetings.commands.series import SeriesLine, add_series, change_series

__all__ = [
    "AgendaLine",
    "Attendee",
    "SeriesLine",
    "add_attendee",
    "add_item",
    "add_items",
    "add_series",
    "answer_invitation",
    "answer_remark",
    "call_meeting",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "change_series",
    "end_meeting",
    "finish_minutes",
    "give_minutes",
    "lock_minutes",
    "move_item",
    "move_meeting",
    "plan_meeting",
    "publish_minutes",
    "remark_on_minutes",
    "remove_attendee",
    "remove_item",
    "reopen_meeting",
    "save_item_text",
    "set_attendance",
    "start_meeting",
]
