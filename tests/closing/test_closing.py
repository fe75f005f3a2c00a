"""Closing a project: what is left, how it went, what was learned, and the owner's decision."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.closing import answering, commands
from tospann.closing.models import Answered, CarriedOn, Closing, Evaluation
from tospann.closing.queries import left, readiness
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.meetings.models import AgendaItem
from tospann.notifications.models import Notification
from tospann.packs import commands as packs
from tospann.people.actors import actor_for
from tospann.projects import commands as projects
from tospann.projects.models import GoalLevel, Project, SuccessCriterion
from tospann.resources import commands as resources
from tospann.resources.models import Agreement

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
CLOSE_QUERIES = 48


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def begun(made):
    return commands.begin_closing(made.coordinator, made.project, id=new_id())


def criterion(made, text="Åpnet i tide <1>"):
    goal = projects.add_goal(
        made.manager, made.project, id=new_id(), level=GoalLevel.OUTPUT, description="En hall"
    )
    return projects.add_success_criterion(made.manager, goal, id=new_id(), text=text)


def open_case(made, title="Nytt tak <2>"):
    return cases.open_case(made.manager, made.project, id=new_id(), title=title)


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_every_page_of_a_closing_answers(visit, made):
    one = criterion(made)
    begun(made)
    open_case(made)
    client = visit(Role.MANAGER)
    names = ("close", "closing_evaluation", "closing_surveys", "closing_lessons")
    names += ("closing_forecasts", "new_survey", "closing_people", "closing_meeting")
    for name in (*names, "closing_new_lesson", "write_closing", "lessons_offered"):
        answer = client.get(at(made, name))
        assert answer.status_code == 200, name
    assert client.get(at(made, "evaluate_criterion", one.pk)).status_code == 200
    assert client.get("/lessons").status_code == 200
    page = client.get(at(made, "close")).content.decode()
    assert "Nytt tak &lt;2&gt;" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_however_much_is_left(visit, made, rows, django_assert_num_queries):
    begun(made)
    for n in range(rows):
        open_case(made, f"Sak {n}")
        criterion(made, f"Kriterium {n}")
    client = visit(Role.MANAGER)
    client.get(at(made, "close"))
    with django_assert_num_queries(CLOSE_QUERIES):
        client.get(at(made, "close"))


def test_a_criterion_is_evaluated_with_a_reason(made):
    one = criterion(made)
    with pytest.raises(Invalid):
        submit(
            made.coordinator,
            commands.evaluate_criterion.on(one),
            id=new_id(),
            result="met",
            reason=" ",
        )
    submit(
        made.coordinator,
        commands.evaluate_criterion.on(one),
        id=new_id(),
        result="not_met",
        reason="Tre uker for sent",
    )
    assert SuccessCriterion.objects.get().result == "not_met"
    assert Evaluation.objects.get().reason == "Tre uker for sent"
    points = {point.key: point for point in readiness.points(made.project)}
    assert points["criteria"].is_done


def test_closing_with_an_open_case_is_refused_by_name_until_somebody_carries_it_on(made):
    closing, case = begun(made), open_case(made)
    with pytest.raises(NotAllowed, match="Nytt tak <2>"):
        submit(made.owner, commands.close_project.on(closing), text="Ferdig")
    assert again(made.project).state != "closed"
    submit(
        made.manager,
        commands.carry_on_case.on(closing),
        id=new_id(),
        case=case.pk,
        to="Driftsavdelingen",
        why="Gjelder neste år",
    )
    outcome = submit(made.owner, commands.close_project.on(closing), text="Ferdig")
    assert isinstance(outcome, Done)
    assert again(made.project).state == "closed"
    kept = again(closing).picture
    assert kept["carried_on"][0]["to"] == "Driftsavdelingen"
    assert CarriedOn.objects.count() == 1


def test_the_manager_asks_and_the_owner_closes(made):
    closing = begun(made)
    outcome = submit(made.manager, commands.close_project.on(closing), text="Alt er levert")
    assert isinstance(outcome, Proposed)
    assert again(made.project).state != "closed"
    case = Case.objects.get()
    assert left.closing_case(made.project) == case
    submit(made.owner, cases.decide.on(case), alternative="A", reason="Godt levert")
    assert again(made.project).state == "closed"
    assert Closing.objects.get().closed_by_id == made.people[Role.OWNER].pk
    with pytest.raises(CommandError):
        submit(made.owner, commands.close_project.on(again(closing)), text="Igjen")
    submit(made.owner, commands.reopen_project.on(again(closing)), text="En feil")
    assert again(made.project).state == "active"


def test_a_member_may_not_close(made):
    with pytest.raises(NotAllowed):
        submit(made.member, commands.close_project.on(begun(made)), text="Ferdig")


def test_the_last_gate_does_not_close_over_an_open_case(made):
    last = projects.add_gate(
        SYSTEM, made.project, code="G9", name="Avslutte", deciders=[Role.OWNER]
    )
    case = open_case(made)
    pass_gate(made, made.project.gates.get(code="G1"))
    with pytest.raises(CommandError, match="Nytt tak <2>"):
        pass_gate(made, last)
    assert again(made.project).state != "closed"
    cases.withdraw_case(made.manager, case)
    submit(made.owner, cases.decide.on(last.cases.get()), alternative="proceed", reason="Ja")
    assert again(made.project).state == "closed"


def test_the_last_gate_writes_down_what_a_closing_does(made, visit):
    closing = begun(made)
    last = projects.add_gate(
        SYSTEM, made.project, code="G9", name="Avslutte", deciders=[Role.OWNER]
    )
    pass_gate(made, made.project.gates.get(code="G1"))
    pass_gate(made, last, reason="Godt levert <7>")
    kept = again(closing)
    assert kept.closed_at is not None
    assert kept.closed_by_id == made.people[Role.OWNER].pk
    assert kept.reason == "Godt levert <7>"
    assert {one["key"] for one in kept.picture["points"]} >= {"cases", "end_report"}
    carry_out_owed()
    told = Notification.objects.filter(
        person=made.people[Role.MEMBER], link=kept.get_absolute_url()
    )
    assert told.count() == 1
    shown = visit(Role.OWNER).get(at(made, "close")).content.decode()
    assert "Godt levert &lt;7&gt;" in shown


def test_a_gate_that_stops_a_project_nobody_began_to_close_is_written_down_too(made):
    gate = made.project.gates.get(code="G1")
    pass_gate(made, gate, "stop", reason="Behovet er borte")
    kept = Closing.objects.get(project=made.project)
    assert (kept.reason, kept.closed_at is not None) == ("Behovet er borte", True)
    submit(made.owner, commands.reopen_project.on(kept), text="Behovet kom igjen")
    assert again(made.project).state == "active"


def test_the_page_and_the_case_name_whom_the_authority_matrix_names(client):
    manager, owner = making.person("Manager"), making.person("Owner")
    project = packs.start_project(
        actor_for(manager),
        making.organisation(),
        id=new_id(),
        key="LITE",
        name="Lite",
        pack="small_general",
        start=TODAY(),
        finish=TODAY() + timedelta(days=90),
        language="nb",
        people=[
            packs.Starter(person=manager.pk, role=Role.MANAGER),
            packs.Starter(person=owner.pk, role=Role.OWNER),
        ],
    )
    commands.begin_closing(actor_for(manager), project, id=new_id())
    client.force_login(manager, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("close", args=["LITE"])).content.decode()
    assert "eieren" not in page.partition('id="decision"')[2].partition("</section>")[0].lower()
    outcome = submit(actor_for(manager), commands.close_project.on(project.closing), text="Levert")
    assert isinstance(outcome, Proposed)
    case = Case.objects.get()
    assert case.deciders == [Role.MANAGER]
    assert waits_for(client, "LITE") == "prosjektleder"
    submit(actor_for(manager), cases.decide.on(case), alternative="A", reason="Alt er levert")
    assert again(project).state == "closed"


def test_the_page_and_the_case_name_the_owner_where_the_matrix_says_nothing(visit, made):
    submit(made.manager, commands.close_project.on(begun(made)), text="Alt er levert")
    assert Case.objects.get().deciders == [Role.OWNER]
    assert waits_for(visit(Role.MANAGER), made.project.key) == "prosjekteier"


def waits_for(client, key):
    """Who the page says decides, while the case waits."""
    page = client.get(reverse("close", args=[key])).content.decode()
    said = page.partition('id="decision"')[2].partition('class="ds-link"')[0]
    return said.rpartition(": ")[2].partition(".")[0]


def test_settling_without_a_budget_says_so(visit, made):
    begun(made)
    answer = visit(Role.MANAGER).get(at(made, "closing_money"))
    assert answer.status_code == 200
    assert "ikke noe budsjett" in answer.content.decode()


def pass_gate(made, gate, outcome="proceed", reason="Ja"):
    case = cases.prepare_gate(
        made.manager, gate, id=new_id(), recommended=outcome, recommendation="Gå videre"
    )
    cases.submit_case(made.manager, case)
    submit(made.owner, cases.decide.on(case), alternative=outcome, reason=reason)


def test_no_cost_is_booked_after_the_last_day(made):
    head = budget.start_budget(
        made.manager,
        made.project,
        id=new_id(),
        lines=[budget.FirstLine(name="Arbeid", amount=Decimal(1000))],
    )
    line = BudgetLine.objects.get(project=made.project)
    _book(made, line, TODAY())
    submit(made.manager, budget.set_last_booking.on(head), last_on=TODAY())
    _book(made, line, TODAY())
    with pytest.raises(Invalid, match=r"bokføres|booked"):
        _book(made, line, TODAY() + timedelta(days=1))
    assert again(line).spent == Decimal(200)


def _book(made, line, day):
    row = budget.CostRow(line=line.pk, booked_on=day, amount=Decimal(100), vat=Decimal(0))
    budget.record_costs(made.coordinator, made.project, id=new_id(), rows=[row])


def test_agreements_end_with_the_notice_agreed_on(made):
    for notice in (0, 30):
        resources.record_agreement(
            made.manager,
            made.project,
            id=new_id(),
            person=making.person(f"Konsulent {notice}").pk,
            percent=50,
            starts_on=TODAY(),
            ends_on=TODAY() + timedelta(days=90),
            notice_days=notice,
        )
    last = TODAY() + timedelta(days=7)
    submit(made.manager, commands.release_people.on(made.project), ends_on=last, reason="Ferdig")
    ends = sorted(Agreement.objects.values_list("ends_on", flat=True))
    assert ends == [last, TODAY() + timedelta(days=30)]


def asked(made, audience="team"):
    return commands.open_survey(
        made.coordinator,
        made.project,
        id=new_id(),
        audience=audience,
        questions=["Nådde vi målet", "Ville du gjort det igjen"],
        closes_on=TODAY() + timedelta(days=7),
    )


def test_a_survey_is_answered_once_and_shown_when_four_have_answered(made):
    survey = asked(made)
    people = [made.actor(role) for role in (Role.MEMBER, Role.MANAGER, Role.COORDINATOR)]
    for n, actor in enumerate(people):
        answering.answer(actor, survey, {"q1": 5, "q2": 3}, better=f"Mer tid {n}")
    with pytest.raises(Invalid):
        answering.answer(made.member, survey, {"q1": 1})
    commands.close_survey(made.coordinator, survey)
    few = answering.result(again(survey))
    assert (few.count, few.is_shown, few.better) == (3, False, ())
    assert Answered.objects.filter(survey=survey).count() == 3
    with pytest.raises(NotAllowed):
        answering.answer(made.owner, again(survey), {"q1": 1})


def test_four_answers_are_shown_without_who_and_when(made):
    survey = asked(made)
    for role in (Role.MEMBER, Role.MANAGER, Role.COORDINATOR, Role.OWNER):
        answering.answer(made.actor(role), survey, {"q1": 4}, good="Samarbeidet")
    assert not answering.result(survey).is_shown, "while it runs, a look would tell the latest"
    commands.close_survey(made.coordinator, survey)
    found = answering.result(again(survey))
    assert found.is_shown
    assert [one.mean for one in found.questions] == [4.0, None]
    assert found.good == ("Samarbeidet",) * 4


def test_the_team_does_not_answer_for_the_customer(made):
    survey = asked(made, "customer")
    assert not answering.may_answer(made.member, survey)
    assert not answering.may_answer(made.guest, survey), "nothing is shared with her yet"


def test_the_lessons_meeting_knows_what_was_not_met(visit, made):
    one = criterion(made)
    commands.evaluate_criterion(
        made.coordinator, one, id=new_id(), result="not_met", reason="For sent"
    )
    day = (TODAY() + timedelta(days=7)).strftime("%d.%m.%Y")
    client = visit(Role.COORDINATOR)
    answer = client.post(at(made, "closing_meeting"), {"day": day, "at": "09:00", "place": ""})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    titles = list(AgendaItem.objects.values_list("title", flat=True))
    assert any("Åpnet i tide <1>" in one for one in titles)


def test_the_closing_asks_for_a_project_one_sees(visit, made):
    other = making.project("Et annet")
    client = visit(Role.MANAGER)
    assert client.get(reverse("close", args=[other.project.key])).status_code == 404
    assert Project.objects.count() == 2
