"""Everything that changes benefits. The plan for them is a baseline; measuring is a fact."""

from tospann.benefits.commands.benefits import (
    add_benefit,
    change_benefit,
    set_benefit_state,
)
from tospann.benefits.commands.changes import (
    plan_change,
    remove_change,
    revise_change,
    set_change_state,
)
from tospann.benefits.commands.handing_over import hand_over_benefit
from tospann.benefits.commands.measuring import (
    add_indicator,
    change_indicator,
    correct_measurement,
    move_measurement,
    plan_measurement,
    record_measurement,
    remove_indicator,
    remove_measurement,
)

__all__ = [
    "add_benefit",
    "add_indicator",
    "change_benefit",
    "change_indicator",
    "correct_measurement",
    "hand_over_benefit",
    "move_measurement",
    "plan_change",
    "plan_measurement",
    "record_measurement",
    "remove_change",
    "remove_indicator",
    "remove_measurement",
    "revise_change",
    "set_benefit_state",
    "set_change_state",
]
