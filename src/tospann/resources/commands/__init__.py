"""Everything that changes people's time: who works how much, and what is asked, offered, agreed."""

from tospann.resources.commands.agreeing import (
    accept_counter_offer,
    accept_offer,
    end_agreement,
    record_agreement,
    withdraw_person,
)
from tospann.resources.commands.asking import (
    ask_for_people,
    counter_offer,
    decline_request,
    make_offer,
    withdraw_request,
)
from tospann.resources.commands.line import (
    add_unit,
    change_unit,
    employ,
    end_employment,
    set_rate,
    set_working_share,
)
from tospann.resources.commands.time import (
    forget_skill,
    record_absence,
    remove_absence,
    set_skill,
)
from tospann.resources.commands.titles import remove_title_rate, set_title_rate

__all__ = [
    "accept_counter_offer",
    "accept_offer",
    "add_unit",
    "ask_for_people",
    "change_unit",
    "counter_offer",
    "decline_request",
    "employ",
    "end_agreement",
    "end_employment",
    "forget_skill",
    "make_offer",
    "record_absence",
    "record_agreement",
    "remove_absence",
    "remove_title_rate",
    "set_rate",
    "set_skill",
    "set_title_rate",
    "set_working_share",
    "withdraw_person",
    "withdraw_request",
]
