"""Who sees the pages of stakeholders and benefits, who may change what; things to try it on."""

from datetime import date
from decimal import Decimal

from tospann.benefits import commands as benefits
from tospann.benefits.models import BenefitKind, Measurement
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.stakeholders import commands as stakeholders
from tospann.stakeholders.models import Channel, HowOften

COO, MAN, OWN, STE, MEM = "coordinator", "manager", "owner", "steering", "member"
INSIDE = {COO, MAN, OWN, STE, MEM, "portfolio_leader", "auditor"}
KEEPING = {COO, MAN}

PAGES = (
    *("benefits", "benefit_map", "measurements", "line_changes", "benefit", "line_change"),
    *("stakeholders", "stakeholder", "communication", "communication_log", "communication_item"),
)
OF_BENEFITS = (
    *("new_benefit", "edit_benefit", "benefit_state", "hand_over_benefit", "new_indicator"),
    *("new_line_change", "edit_line_change", "line_change_state", "remove_line_change"),
    *("edit_indicator", "remove_indicator", "plan_measurement", "measure", "move_measurement"),
    "remove_measurement",
)
OF_STAKEHOLDERS = (
    *("new_stakeholder", "edit_stakeholder", "judge_stakeholder", "forget_judgement"),
    *("remove_stakeholder", "new_communication", "edit_communication", "record_communication"),
    "resume_communication",
)
SEEN_BY = {
    **dict.fromkeys(PAGES, INSIDE),
    **dict.fromkeys((*OF_BENEFITS, *OF_STAKEHOLDERS, "stakeholder_matrix"), KEEPING),
}
CHANGES = {
    **dict.fromkeys((*OF_BENEFITS, *OF_STAKEHOLDERS, "end_communication"), (KEEPING, {})),
}


def things(of):
    """One of everything in the project, as (by id, by number), by the route's name."""
    who, project = of.actor("coordinator"), of.project
    kind, day = BenefitKind.PRICED, date(2027, 3, 1)
    worth = benefits.add_benefit(SYSTEM, project, id=new_id(), title="Spart tid", kind=kind)
    counted = benefits.add_indicator(
        SYSTEM, worth, id=new_id(), name="Timer", target=Decimal(10), start_on=day
    )
    planned = Measurement.objects.get(indicator=counted)
    change = benefits.plan_change(SYSTEM, project, id=new_id(), title="Ny rutine")
    one = stakeholders.add_stakeholder(who, project, id=new_id(), name="Naboene")
    stakeholders.judge_stakeholder(who, one, influence=1, interest=2)
    line = stakeholders.plan_communication(
        who, project, id=new_id(), title="Nytt", stakeholders=[one.pk], next_on=day,
        channel=Channel.MAIL, how_often=HowOften.MONTHLY,
    )  # fmt: skip
    by_id = {
        counted: ("edit_indicator", "remove_indicator", "plan_measurement"),
        planned: ("measure", "move_measurement", "remove_measurement"),
        change: ("line_change", *(n for n in OF_BENEFITS if "line_change" in n and "new" not in n)),
    }
    by_number = {
        worth: ("benefit", *OF_BENEFITS[1:5]),
        one: ("stakeholder", *OF_STAKEHOLDERS[1:5]),
        line: ("communication_item", *OF_STAKEHOLDERS[6:], "end_communication"),
    }
    return (
        {name: row.pk for row, names in by_id.items() for name in names},
        {name: row.number for row, names in by_number.items() for name in names},
    )
