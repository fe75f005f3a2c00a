"""Who sees which page of a closing, and who may change what there; and things to try it on."""

from datetime import timedelta

from django.utils import timezone

from tospann.benefits import commands as benefits
from tospann.benefits.models import BenefitKind
from tospann.cases import commands as cases
from tospann.closing import commands
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.projects.models import SuccessCriterion
from tospann.team import commands as team

COO, MAN, OWN, STE, MEM = "coordinator", "manager", "owner", "steering", "member"
INSIDE = {COO, MAN, OWN, STE, MEM, "portfolio_leader", "auditor"}
KEEPING, LEARNING, CLOSING = {COO, MAN}, {COO, MAN, OWN, MEM}, {COO, MAN, OWN}
PAGES = (
    *("close", "closing_evaluation", "closing_surveys", "survey", "closing_lessons"),
    *("closing_forecasts", "lessons_offered", "closing_benefits"),
)
KEPT = (
    *("write_closing", "carry_on_case", "evaluate_criterion", "new_survey"),
    *("closing_people", "closing_meeting", "closing_hand_over"),
)
LEARNED = ("closing_new_lesson", "edit_lesson")
SEEN_BY = {
    **dict.fromkeys(PAGES, INSIDE),
    **dict.fromkeys(KEPT, KEEPING),
    **dict.fromkeys(LEARNED, LEARNING),
    "closing_money": KEEPING,
}
CHANGES = {
    **dict.fromkeys(KEPT, (KEEPING, {})),
    **dict.fromkeys(LEARNED, (LEARNING, {})),
    **dict.fromkeys(("publish_lesson", "withdraw_lesson"), (LEARNING, {})),
    **dict.fromkeys(("begin_closing", "drop_carrying_on", "end_survey"), (KEEPING, {})),
    "closing_money": (KEEPING, {}),
    "start_end_report": (LEARNING, {}),
    "widen_ranges": ({COO, MAN, MEM}, {}),
}
OTHERWISE = {
    "closing_report": "leads on to the report or its template: tests/closing",
    "close_project": "with nothing in the way, or refused by name: tests/closing",
    "reopen_project": "of a closed project: tests/closing",
    "room_survey": "of whoever came to the room: tests/closing",
}


def things(of):
    """One of everything in the project, as (by id, by number), by the route's name."""
    who, project = of.actor("coordinator"), of.project
    closing = commands.begin_closing(who, project, id=new_id())
    free, carried = (
        cases.open_case(who, project, id=new_id(), title=one) for one in ("Tak", "Dør")
    )
    kept = commands.carry_on_case(
        who, closing, id=new_id(), case=carried.pk, to="Driften", why="Neste år"
    )
    survey = commands.open_survey(
        who,
        project,
        id=new_id(),
        audience="team",
        questions=["Gikk det bra"],
        closes_on=timezone.localdate() + timedelta(days=7),
    )
    worth = benefits.add_benefit(
        SYSTEM, project, id=new_id(), title="Færre feil", kind=BenefitKind.OTHERS
    )
    lesson = team.note_lesson(who, project, id=new_id(), text="Test tidlig", recommendation="Ja")
    criterion = SuccessCriterion.objects.filter(project=project)[0]
    lessons = ("edit_lesson", "publish_lesson", "withdraw_lesson")
    pks = {
        **dict.fromkeys(lessons, lesson.pk),
        "evaluate_criterion": criterion.pk,
        "drop_carrying_on": kept.pk,
    }
    return pks, {
        **dict.fromkeys(("survey", "end_survey"), survey.number),
        "carry_on_case": free.number,
        "closing_hand_over": worth.number,
    }
