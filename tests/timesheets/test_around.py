"""Hours elsewhere: my own page, the daily summary, what one is told, and the API."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import making
from tests.timesheets import working

from tospann.foundation.authority import Role
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.projects.commands import set_modules
from tospann.timesheets import commands, digest, jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return working.project()


def api(made):
    return f"/api/v1/projects/{made.project.key}/timesheets"


def test_my_page_says_how_much_is_kept_and_which_weeks_wait(visit, made):
    made.project.created_at = working.timezone.now() - timedelta(weeks=9)
    making.inside(made.project.save, made.project)
    monday = working.this_monday()
    working.save(made, working.line(made, 7.5, 3))
    working.sent(made, monday=monday - timedelta(weeks=1))
    text = visit(Role.MEMBER).get("/").text
    assert "10,5" in text
    assert reverse("send_planned_hours") in text
    assert f"/hours?week={working.week_name(monday - timedelta(weeks=2))}" in text
    assert f"/hours?week={working.week_name(monday - timedelta(weeks=1))}" not in text


def test_hours_that_wait_are_on_the_page_of_whoever_approves_them(visit, made):
    working.sent(made)
    address = reverse("team_hours", args=[made.project.key])
    assert address in visit(Role.MANAGER).get("/").text
    assert address not in visit(Role.OWNER).get("/").text


def test_a_project_without_timesheets_asks_for_none(visit, made):
    set_modules(made.manager, made.project, modules=["overview", "plan"])
    text = visit(Role.MEMBER).get("/").text
    assert 'id="hours"' not in text
    assert digest.weeks_not_sent(made.people[Role.MEMBER]) is None


def test_the_daily_summary_reminds_of_weeks_that_are_not_sent(made):
    made.project.created_at = working.timezone.now() - timedelta(weeks=9)
    making.inside(made.project.save, made.project)
    person = made.people[Role.MEMBER]
    assert len(digest.weeks_not_sent(person).lines) == 3
    for back in (1, 2):
        working.sent(made, monday=working.this_monday() - timedelta(weeks=back))
    [(_week, address)] = digest.weeks_not_sent(person).lines
    assert address.endswith(working.week_name(working.this_monday() - timedelta(weeks=3)))


def test_last_weeks_hours_are_asked_for_once(made):
    made.project.created_at = working.timezone.now() - timedelta(weeks=9)
    making.inside(made.project.save, made.project)
    working.sent(made, monday=working.this_monday() - timedelta(weeks=1))
    assert jobs.remind_of_hours.call() == 3
    assert jobs.remind_of_hours.call() == 0
    told = set(Notification.objects.values_list("person", flat=True))
    assert told == {made.people[role].pk for role in (Role.COORDINATOR, Role.MANAGER, Role.OWNER)}


def test_whoever_worked_is_told_why_hours_are_returned(made):
    sheet = working.sent(made)
    given = {"sheets": [sheet.pk], "reason": "Feil oppgave"}
    commands.return_hours(made.manager, made.project, **given)
    carry_out_owed()
    notice = Notification.objects.get(person=made.people[Role.MEMBER])
    assert "Feil oppgave" in str(notice)


@pytest.mark.parametrize(
    ("role", "status", "count"),
    [
        (Role.MANAGER, 200, 1),
        (Role.OWNER, 200, 1),
        (Role.MEMBER, 200, 2),
        (Role.GUEST, 404, None),
    ],
)
def test_the_api_gives_what_is_sent_and_ones_own(visit, made, role, status, count):
    working.sent(made, working.line(made, 7.5))
    working.save(made, working.line(made, 4), monday=working.this_monday() - timedelta(weeks=1))
    answer = visit(role).get(api(made))
    assert answer.status_code == status
    if count:
        found = answer.json()
        assert found["count"] == count
        newest = found["items"][0]
        assert newest["lines"][0]["hours"][0] == "7.5"
        assert newest["state"] == "submitted"
        assert visit(role).get(api(made), {"state": "approved"}).json()["count"] == 0
