"""What people did about closing a project, in the past tense."""

from django.utils.translation import ngettext_lazy as _n

CLOSING = {
    "budget.set_last_booking": _n(
        "set the last day for booking costs",
        "set the last day for booking costs %(n)s times",
        "n",
    ),
    "closing.begin_closing": _n(
        "began to close the project", "began to close the project %(n)s times", "n"
    ),
    "closing.carry_on_case": _n(
        "let somebody carry on a case", "let others carry on %(n)s cases", "n"
    ),
    "closing.close_project": _n("closed the project", "closed the project %(n)s times", "n"),
    "closing.close_survey": _n("closed a survey", "closed %(n)s surveys", "n"),
    "closing.drop_carrying_on": _n(
        "put a case back among the open ones", "put %(n)s cases back among the open ones", "n"
    ),
    "closing.evaluate_criterion": _n(
        "evaluated a success criterion", "evaluated %(n)s success criteria", "n"
    ),
    "closing.open_survey": _n("asked how it went", "asked how it went %(n)s times", "n"),
    "closing.release_people": _n("released the people", "released the people %(n)s times", "n"),
    "closing.reopen_project": _n(
        "opened the project again", "opened the project again %(n)s times", "n"
    ),
    "closing.write_closing": _n("wrote how it went", "wrote how it went %(n)s times", "n"),
    "team.change_lesson": _n("changed a lesson", "changed %(n)s lessons", "n"),
    "team.publish_lesson": _n("shared a lesson", "shared %(n)s lessons", "n"),
    "team.withdraw_lesson": _n("took back a lesson", "took back %(n)s lessons", "n"),
}
