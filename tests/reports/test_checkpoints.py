"""Checkpoint reports: who may send one on what, and what the manager and the next report get."""

import pytest
from tests.home import seeing
from tests.reports import reporting

from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Kind, Notification
from tospann.planning.models import Activity
from tospann.reports.checkpoints import commands, queries

pytestmark = pytest.mark.django_db
LIST_QUERIES = 7


@pytest.fixture
def made():
    return reporting.project(name="Svømmehall <nord>")


def package(made, person):
    """A task that is that person's (rows of the plan are a projection: set as the engine does)."""
    task = Activity.objects.filter(project=made.project, kind="task").exclude(state="done")[0]
    Activity.objects.filter(pk=task.pk).update(responsible=person)
    return task


def send(made, actor, uid, **values):
    values = {"state": "green", "done": "Støpt"} | values
    return commands.send_checkpoint(actor, made.project, id=new_id(), activity=uid, **values)


def test_whoever_is_responsible_tells_the_manager_and_gets_an_answer(made):
    task = package(made, made.people[Role.MEMBER])
    sent = send(made, made.member, task.uid, state="red", problems="Mangler stål")
    carry_out_owed()
    told = Notification.objects.get(person=made.people[Role.MANAGER], kind=Kind.ASKED)
    assert told.link == sent.get_absolute_url()
    assert queries.unread(made.project) == 1
    commands.answer_checkpoint(made.manager, sent, answer="Stålet kommer torsdag")
    carry_out_owed()
    assert queries.unread(made.project) == 0
    assert Notification.objects.filter(
        person=made.people[Role.MEMBER], link=sent.get_absolute_url()
    ).exists()


def test_somebody_elses_package_is_not_hers_to_report_on(made):
    task = package(made, made.people[Role.MANAGER])
    with pytest.raises(NotAllowed):
        send(made, made.member, task.uid)
    assert send(made, made.coordinator, task.uid).package == task.name


@pytest.mark.parametrize("values", [{"done": ""}, {"state": "red"}])
def test_a_report_says_something_and_what_is_wrong(made, values):
    task = package(made, made.people[Role.MEMBER])
    with pytest.raises(Invalid):
        send(made, made.member, task.uid, **values)


def test_the_one_who_is_asked_finds_the_form_begun(client, made):
    task = package(made, made.people[Role.MEMBER])
    commands.ask_for_checkpoint(made.manager, made.project, activity=task.uid)
    carry_out_owed()
    link = Notification.objects.get(person=made.people[Role.MEMBER], kind=Kind.ASKED).link
    seeing.sign_in(client, made.people[Role.MEMBER])
    text = client.get(link).text
    assert f'<option value="{task.uid}" selected>' in text
    answer = client.post(link, {"activity": task.uid, "state": "amber", "needs": "En kran"})
    assert answer.status_code == 302
    assert queries.checkpoints(made.project).get().needs == "En kran"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(
    client, made, rows, django_assert_num_queries
):
    task = package(made, made.people[Role.MEMBER])
    for _one in range(rows):
        send(made, made.member, task.uid)
    seeing.sign_in(client, made.people[Role.MANAGER])
    at = f"/p/{made.project.key}/reports/checkpoints"
    client.get(at)
    with django_assert_num_queries(LIST_QUERIES):
        text = client.get(at).text
    assert text.count(f'href="{at}/') == rows + 1, "each of them, and the form"
