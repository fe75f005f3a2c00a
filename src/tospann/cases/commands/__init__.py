"""Preparing, discussing and deciding cases; keeping the authority matrix."""

from tospann.cases.commands.deciding import (
    Condition,
    decide,
    record_decision,
    return_case,
)
from tospann.cases.commands.matrix import add_authority_rule, change_authority_rule
from tospann.cases.commands.preparing import (
    edit_case,
    open_case,
    prepare_gate,
    propose,
    propose_change,
    remark,
    submit_case,
    withdraw_case,
)

__all__ = [
    "Condition",
    "add_authority_rule",
    "change_authority_rule",
    "decide",
    "edit_case",
    "open_case",
    "prepare_gate",
    "propose",
    "propose_change",
    "record_decision",
    "remark",
    "return_case",
    "submit_case",
    "withdraw_case",
]
