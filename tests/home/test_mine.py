"""Finishing work on one's own page: ticked, moved, stuck, answered, reminded."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making
from tests.home import seeing

from tospann.actions import commands as actions
from tospann.actions.models import Action, Reminder
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.home import desk
from tospann.meetings import commands as meetings
from tospann.meetings.models import Attendance
from tospann.planning.models import Activity
from tospann.risks.models import Problem

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def made():
    return making.project("Svømmehall")


def given(made, to=Role.MEMBER, ahead=-2, title="Bestille flis"):
    return actions.add_action(
        made.coordinator,
        made.project,
        id=new_id(),
        title=title,
        owner=made.people[to].pk,
        due_on=seeing.day(ahead),
    )


def address(made, what, number, act):
    return f"/mine/{what}/{made.project.key}/{number}/{act}"


def post(client, made, role, to, data=None, **headers):
    seeing.sign_in(client, made.people[role])
    return client.post(to, data or {}, headers=headers)


def labels(actor, name):
    return [row["label"] for one in desk.desk(actor).main if one.name == name for row in one.rows]


def test_a_tick_finishes_an_action_where_it_stands_and_can_be_taken_back(client, made):
    action = given(made)
    to = address(made, "action", action.number, "done")
    answer = post(client, made, Role.MEMBER, to, **HTMX)
    assert answer.status_code == 200
    assert '<div id="desk">' in answer.text
    assert "Bestille flis" not in answer.text.split('id="week"')[1].split("</section>")[0]
    assert "undo" in answer["HX-Trigger"]
    assert Action.objects.get().state == "done"


def test_without_scripts_it_goes_back_to_the_page(client, made):
    action = given(made)
    answer = post(client, made, Role.MEMBER, address(made, "action", action.number, "done"))
    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize("act", ["done", "date", "stuck"])
def test_nobody_answers_for_somebody_else_or_from_outside(client, made, act):
    action = given(made, Role.MANAGER)
    to = address(made, "action", action.number, act)
    data = {"until": seeing.day(30).strftime("%d.%m.%Y"), "text": "x"}
    assert post(client, made, Role.MEMBER, to, data).status_code == 403
    assert client.get(to).status_code == (405 if act == "done" else 403)
    assert post(client, made, Role.GUEST, to, data).status_code == 404
    assert post(client, making.project(), Role.MANAGER, to, data).status_code == 404
    assert Action.objects.get().version == action.version


@pytest.mark.parametrize("what", ["action", "task", "promise", "case"])
def test_what_is_not_there_is_not_there(client, made, what):
    assert post(client, made, Role.MEMBER, address(made, what, 99, "done")).status_code == 404


def test_a_date_of_ones_own_moves_and_of_what_was_given_is_asked_for(client, made):
    own = actions.add_own_action(made.member, made.project, id=new_id(), title="Mitt")
    theirs = given(made)
    day = {"until": seeing.day(9).strftime("%d.%m.%Y")}
    for action in (own, theirs):
        to = address(made, "action", action.number, "date")
        assert post(client, made, Role.MEMBER, to, day, **HTMX).status_code == 200
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert own.due_on == theirs.proposed_due_on == seeing.day(9)
    assert theirs.due_on == seeing.day(-2)
    assert labels(made.coordinator, "prepare") == ["Bestille flis"]


def test_an_earlier_date_of_what_was_given_is_refused_in_the_form(client, made):
    action = given(made, ahead=5)
    to = address(made, "action", action.number, "date")
    answer = post(
        client, made, Role.MEMBER, to, {"until": seeing.day(2).strftime("%d.%m.%Y")}, **HTMX
    )
    assert answer.status_code == 422
    assert seeing.day(2).strftime("%d.%m.%Y") in answer.text or "value=" in answer.text


def test_being_stuck_comes_to_whoever_gave_it(client, made):
    action = given(made)
    to = address(made, "action", action.number, "stuck")
    post(client, made, Role.MEMBER, to, {"text": "Mangler mål"})
    assert labels(made.coordinator, "prepare") == ["Bestille flis"]
    assert labels(made.manager, "prepare") == []
    assert labels(made.member, "prepare") == [], "one knows it oneself"


def test_a_task_is_reported_moved_by_proposal_and_stuck_as_a_problem(client, made):
    seeing.fill(made, 1)
    uid = Activity.objects.get(name="Oppgave 0").uid
    day = {"until": seeing.day(9).strftime("%d.%m.%Y")}
    assert post(client, made, Role.MEMBER, address(made, "task", uid, "date"), day).url == "/"
    assert Case.objects.get().title
    assert Activity.objects.get(uid=uid).finish == seeing.day(0)
    post(client, made, Role.MEMBER, address(made, "task", uid, "stuck"), {"text": "Vann"})
    assert "Oppgave 0" in Problem.objects.get().title
    post(client, made, Role.MEMBER, address(made, "task", uid, "done"))
    assert Activity.objects.get(uid=uid).percent == 100


def test_the_coordinator_moves_a_task_at_once_to_a_working_day(client, made):
    seeing.fill(made, 1)
    uid = Activity.objects.get(name="Oppgave 0").uid
    saturday = seeing.day(12 - timezone.localdate().weekday())
    day = {"until": saturday.strftime("%d.%m.%Y")}
    post(client, made, Role.COORDINATOR, address(made, "task", uid, "date"), day)
    finish = Activity.objects.get(uid=uid).finish
    assert finish >= saturday + timedelta(days=2)
    assert finish.weekday() < 5


def called(made):
    meeting = meetings.plan_meeting(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Byggemøte 1",
        starts_at=timezone.now() + timedelta(days=2),
        duration_minutes=60,
        attendees=[{"id": new_id(), "person": made.people[Role.MEMBER].pk}],
    )
    meetings.call_meeting(made.coordinator, meeting)
    return Attendance.objects.get(person=made.people[Role.MEMBER])


def test_an_invitation_is_answered_and_shows_the_answer(client, made):
    mine = called(made)
    to = f"/mine/invitations/{mine.pk}"
    answer = post(client, made, Role.MEMBER, to, {"answer": "no"}, **HTMX)
    assert 'value="no" aria-pressed="true"' in answer.text
    mine.refresh_from_db()
    assert mine.answer == "no"


@pytest.mark.parametrize(
    ("role", "said", "status"),
    [(Role.MANAGER, "yes", 404), (Role.MEMBER, "none", 404), (Role.MEMBER, "", 404)],
)
def test_only_ones_own_invitation_and_only_an_answer(client, made, role, said, status):
    mine = called(made)
    to = f"/mine/invitations/{mine.pk}"
    assert post(client, made, role, to, {"answer": said}).status_code == status


def test_everyone_overdue_is_reminded_in_one_click_across_projects(client, made):
    other = making.project("Rådhus")
    boss = made.people[Role.COORDINATOR]
    seeing.appoint(other, boss, Role.MANAGER)
    given(made)
    given(made, title="Male")
    given(made, ahead=2, title="Ikke ennå")
    given(other)
    given(other, Role.OWNER)
    seeing.sign_in(client, boss)
    assert labels(made.coordinator, "chase") == ["Svømmehall", "Rådhus"]
    answer = client.post("/mine/remind", headers=HTMX)
    assert "3" in answer["HX-Trigger"]
    assert Reminder.objects.count() == 4
    assert 'id="chase"' not in answer.text, "whoever was reminded today is not shown again"
    client.post("/mine/remind")
    assert Reminder.objects.count() == 4


def test_members_remind_nobody(client, made):
    given(made, Role.MANAGER)
    assert "chase" not in [one.name for one in desk.desk(made.member).main]
    post(client, made, Role.MEMBER, "/mine/remind")
    assert Reminder.objects.count() == 0


def test_a_small_project_shows_nothing_empty(made):
    made.project.pack_key = "small_general"
    making.inside(made.project.save)
    assert [one.name for one in desk.desk(made.coordinator).main] == ["gates"]
    assert [one.name for one in desk.desk(made.member).main] == ["week"]
    given(made)
    assert [one.name for one in desk.desk(made.coordinator).main] == ["chase", "gates"]
