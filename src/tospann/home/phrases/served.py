"""What people did for stakeholders and for the benefits, in the past tense."""

from django.utils.translation import ngettext_lazy as _n

SERVED = {
    "benefits.add_benefit": _n("added a benefit", "added %(n)s benefits", "n"),
    "benefits.add_indicator": _n("added an indicator", "added %(n)s indicators", "n"),
    "benefits.change_benefit": _n("changed a benefit", "changed %(n)s benefits", "n"),
    "benefits.change_indicator": _n("changed an indicator", "changed %(n)s indicators", "n"),
    "benefits.correct_measurement": _n(
        "corrected a measurement", "corrected %(n)s measurements", "n"
    ),
    "benefits.give_benefit_to": _n(
        "gave a benefit to somebody else", "gave %(n)s benefits to somebody else", "n"
    ),
    "benefits.give_change_to": _n(
        "gave a change in the line to somebody else",
        "gave %(n)s changes in the line to somebody else",
        "n",
    ),
    "benefits.give_indicator_to": _n(
        "gave an indicator to somebody else", "gave %(n)s indicators to somebody else", "n"
    ),
    "benefits.hand_over_benefit": _n(
        "handed a benefit over to the line", "handed %(n)s benefits over to the line", "n"
    ),
    "benefits.move_measurement": _n("moved a measurement", "moved %(n)s measurements", "n"),
    "benefits.plan_change": _n(
        "planned a change in the line", "planned %(n)s changes in the line", "n"
    ),
    "benefits.plan_measurement": _n("planned a measurement", "planned %(n)s measurements", "n"),
    "benefits.record_measurement": _n("recorded a measurement", "recorded %(n)s measurements", "n"),
    "benefits.remove_change": _n(
        "removed a change in the line", "removed %(n)s changes in the line", "n"
    ),
    "benefits.remove_indicator": _n("removed an indicator", "removed %(n)s indicators", "n"),
    "benefits.remove_measurement": _n(
        "removed a planned measurement", "removed %(n)s planned measurements", "n"
    ),
    "benefits.revise_change": _n(
        "revised a change in the line", "revised %(n)s changes in the line", "n"
    ),
    "benefits.set_benefit_state": _n(
        "said how a benefit stands", "said how %(n)s benefits stand", "n"
    ),
    "benefits.set_change_state": _n(
        "said how far a change in the line has come",
        "said how far %(n)s changes in the line have come",
        "n",
    ),
    "stakeholders.add_stakeholder": _n("added a stakeholder", "added %(n)s stakeholders", "n"),
    "stakeholders.change_communication": _n(
        "changed the communication plan", "changed the communication plan %(n)s times", "n"
    ),
    "stakeholders.change_stakeholder": _n(
        "changed a stakeholder", "changed %(n)s stakeholders", "n"
    ),
    "stakeholders.end_communication": _n(
        "ended a line of the communication plan",
        "ended %(n)s lines of the communication plan",
        "n",
    ),
    "stakeholders.forget_judgement": _n(
        "forgot the judgement of a stakeholder", "forgot judgements of %(n)s stakeholders", "n"
    ),
    "stakeholders.give_communication_to": _n(
        "gave a line of the communication plan to somebody else",
        "gave %(n)s lines of the communication plan to somebody else",
        "n",
    ),
    "stakeholders.judge_stakeholder": _n("judged a stakeholder", "judged %(n)s stakeholders", "n"),
    "stakeholders.plan_communication": _n(
        "added to the communication plan", "added %(n)s lines to the communication plan", "n"
    ),
    "stakeholders.record_communication": _n(
        "noted that something was told", "noted that %(n)s things were told", "n"
    ),
    "stakeholders.remove_stakeholder": _n(
        "removed a stakeholder", "removed %(n)s stakeholders", "n"
    ),
    "stakeholders.resume_communication": _n(
        "resumed a line of the communication plan",
        "resumed %(n)s lines of the communication plan",
        "n",
    ),
}
