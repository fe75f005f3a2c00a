"""Preparing, discussing and deciding cases; keeping the authority matrix."""

from tospann.cases.commands.alternatives import (
    apply_at_once,
    remove_alternative,
    set_alternative,
)
from tospann.cases.commands.bundling import (
    append_paper,
    make_bundle,
    order_papers,
    remove_paper,
    send_bundle,
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
from tospann.cases.commands.moving import escalate_case, hand_over_case, refresh_case
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
    record_across,
    record_decision,
)
from tospann.cases.commands.waiving import waive_criterion, withdraw_waiver

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
    "append_paper",
    "apply_at_once",
    "change_authority_rule",
    "decide",
    "edit_case",
    "escalate_case",
    "hand_over_case",
    "make_bundle",
    "only_elsewhere",
    "open_case",
    "order_papers",
    "prepare_gate",
    "propose",
    "propose_change",
    "record_across",
    "record_decision",
    "refresh_case",
    "remark",
    "remove_alternative",
    "remove_authority_rule",
    "remove_paper",
    "replace_matrix",
    "return_case",
    "send_bundle",
    "set_alternative",
    "submit_case",
    "waive_criterion",
    "withdraw_case",
    "withdraw_waiver",
]
