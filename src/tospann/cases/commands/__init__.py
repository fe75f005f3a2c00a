"""Preparing, discussing and deciding cases; keeping the authority matrix."""

from tospann.cases.commands.alternatives import (
    apply_at_once,
    remove_alternative,
    set_alternative,
)
from tospann.cases.commands.deciding import (
    Condition,
    decide,
    return_case,
)
from tospann.cases.commands.matrix import (
    RuleLine,
    Way,
    add_authority_rule,
    change_authority_rule,
    remove_authority_rule,
    replace_matrix,
)
from tospann.cases.commands.moving import escalate_case, refresh_case
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
from tospann.cases.commands.readying import AlreadyDecided, HasMoved
from tospann.cases.commands.recording import (
    AlreadyRecorded,
    AttachedFile,
    PromiseMade,
    only_elsewhere,
    record_decision,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyRecorded",
    "AttachedFile",
    "Condition",
    "HasMoved",
    "PromiseMade",
    "RuleLine",
    "Way",
    "add_authority_rule",
    "apply_at_once",
    "change_authority_rule",
    "decide",
    "edit_case",
    "escalate_case",
    "only_elsewhere",
    "open_case",
    "prepare_gate",
    "propose",
    "propose_change",
    "record_decision",
    "refresh_case",
    "remark",
    "remove_alternative",
    "remove_authority_rule",
    "replace_matrix",
    "return_case",
    "set_alternative",
    "submit_case",
    "withdraw_case",
]
