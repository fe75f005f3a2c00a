"""Saving, sending, taking back, approving and returning hours."""

from decimal import Decimal

import pytest
import time_machine
from django.utils import translation
from pydantic import ValidationError
from tests import making
from tests.timesheets import working

from tospann.foundation.authority import Role
from tospann.foundation.errors import Gone, Invalid, NotAllowed, Stale
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.planning import queries as plans
from tospann.projects import commands as projects
from tospann.timesheets import commands
from tospann.timesheets.models import Hours, Sheet, State, Week

pytestmark = pytest.mark.django_db
MAY_17 = working.at("2027-05-17")  # a Monday, and a public holiday


@pytest.fixture
def made():
    return working.project()


def refused(made, *lines, **values):
    with pytest.raises(Invalid) as error, translation.override("en"):
        working.save(made, *lines, **values)
    return error.value


def test_a_saved_week_is_one_act_whatever_it_holds(made):
    before = AuditEntry.objects.count()
    week = working.save(
        made, working.line(made, 7.5, 4), working.line(made, 0, 3.5, uid=None, kind="meetings")
    )
    assert AuditEntry.objects.count() == before + 1
    sheet = Sheet.objects.get()
    assert (week.hours, sheet.hours, sheet.state) == (Decimal(15), Decimal(15), State.OPEN)
    rows = Hours.objects.order_by("day", "uid").values_list("uid", "kind", "hours")
    assert set(rows) == {(1, "", Decimal("7.5")), (1, "", 4), (None, "meetings", Decimal("3.5"))}


def test_saving_again_replaces_and_keeps_one_row_for_each_day(made):
    working.save(made, working.line(made, 7.5))
    working.save(made, working.line(made, 6))
    assert list(Hours.objects.values_list("hours", flat=True)) == [Decimal(6)]
    working.save(made)
    assert not Sheet.objects.exists()
    assert not Hours.objects.exists()


def test_undo_brings_the_hours_back_also_as_rows(made):
    working.save(made, working.line(made, 7.5))
    working.save(made, working.line(made, 6))
    undo(made.member, AuditEntry.objects.latest("pk"))
    assert Sheet.objects.get().hours == Decimal("7.5")
    assert list(Hours.objects.values_list("hours", flat=True)) == [Decimal("7.5")]


def test_a_week_changed_elsewhere_is_not_written_over(made):
    working.save(made, working.line(made, 7.5))
    with pytest.raises(Stale):
        working.save(made, working.line(made, 6), seen=0)


def test_nobody_writes_somebody_elses_hours(made):
    with pytest.raises(NotAllowed):
        commands.save_week(
            made.manager, made.people[Role.MEMBER], monday=working.this_monday(), lines=[]
        )


def test_a_day_has_24_hours_over_all_projects(made):
    other = working.project()
    projects.appoint(
        other.manager, other.project, person=made.people[Role.MEMBER].pk, role=Role.MEMBER
    )
    error = refused(made, working.line(made, 0, 20), working.line(other, 0, 4.5))
    assert "24.5" in error.message
    assert "Tuesday" in error.message
    assert not Week.objects.exists()


def test_hours_of_a_project_one_is_not_on_are_refused(made):
    other = working.project()
    assert "You are not on" in refused(made, working.line(other, 7.5)).message
    assert not Hours.objects.exists()


@time_machine.travel("2027-05-03T10:00:00+02:00", tick=False)  # a Monday: she is still there
def test_hours_after_one_has_left_are_refused(made):
    working.save(made, working.line(made, 7.5, 7.5))
    held = made.people[Role.MEMBER].memberships.get()
    held.until = working.this_monday()
    making.inside(held.save, made.project)
    assert "Hours after that" in refused(made, working.line(made, 7.5, 6)).message
    working.save(made, working.line(made, 7, 0))


def test_a_task_that_is_not_in_the_plan_and_an_unknown_kind_are_refused(made):
    refused(made, working.line(made, 7.5, uid=99))
    refused(made, working.line(made, 7.5, uid=None, kind="golf"))
    refused(made, working.line(made, 7.5, uid=None))


@time_machine.travel("2027-05-20T10:00:00+02:00", tick=False)
def test_hours_on_a_public_holiday_are_asked_about(made):
    error = refused(made, working.line(made, 7.5, 7.5, 7.5, 7.5, 7.5), monday=MAY_17)
    assert error.field == "on_holidays"
    assert "17 May" in error.message
    working.save(made, working.line(made, 7.5), monday=MAY_17, on_holidays=True)
    # What stands there already is not asked about again.
    working.save(made, working.line(made, 7.5, 7.5), monday=MAY_17)


@pytest.mark.parametrize("hours", [-1, 24.5, 37.5, 1.234])
def test_impossible_hours_never_get_in(made, hours):
    with pytest.raises(ValidationError):
        working.line(made, hours)
    given = working.line(made).model_dump() | {"hours": [hours, 0, 0, 0, 0, 0, 0]}
    refused(made, given)


def test_what_is_sent_is_locked_until_it_is_taken_back(made):
    working.sent(made)
    assert "sent" in refused(made, working.line(made, 1)).message
    working.save(made, working.line(made, *working.FULL))  # the same is no change
    commands.take_back_week(made.member, made.people[Role.MEMBER], monday=working.this_monday())
    working.save(made, working.line(made, 1))
    assert Week.objects.get().state == State.OPEN


def test_a_week_without_hours_can_be_sent(made):
    assert working.save(made, send=True).state == State.SUBMITTED
    with pytest.raises(Gone):
        commands.approve_hours(made.manager, made.project, sheets=[made.project.pk])


def test_approved_hours_become_actual_work_in_the_plan(made):
    sheet = working.sent(made, working.line(made, 7.5), working.line(made, 0, 3, uid=2))
    commands.approve_hours(made.manager, made.project, sheets=[sheet.pk])
    revision = working.plan(made).revision
    assert [work(made, uid) for uid in (1, 2)] == [7.5, 3]
    before = working.this_monday() - working.timedelta(weeks=1)
    more = working.sent(made, working.line(made, 4), monday=before)
    commands.approve_hours(made.manager, made.project, sheets=[more.pk])
    assert work(made, 1) == 11.5
    assert working.plan(made).revision == revision + 1
    commands.return_hours(made.manager, made.project, sheets=[more.pk], reason="Feil oppgave")
    assert work(made, 1) == 7.5
    assert Week.objects.get(monday=before).state == State.RETURNED


def work(made, uid):
    from tospann.planning import store

    found = store.load(working.plan(made)).plan.activities
    seconds = next(one for one in found if one.uid == uid).progress.actual_work
    return (seconds or 0) / 3600


def test_many_sheets_are_approved_as_one_act(made):
    sheets = [
        working.sent(made, monday=working.this_monday() - working.timedelta(weeks=n)).pk
        for n in range(3)
    ]
    commands.approve_hours(made.coordinator, made.project, sheets=sheets)
    acts = AuditEntry.objects.filter(command="timesheets.approve_hours")
    assert acts.count() == 1
    assert set(Sheet.objects.values_list("state", flat=True)) == {State.APPROVED}
    with pytest.raises(Invalid):
        commands.approve_hours(made.manager, made.project, sheets=sheets[:1])


def test_one_that_does_not_wait_stops_them_all(made):
    sent = working.sent(made)
    before = working.this_monday() - working.timedelta(weeks=1)
    open_ = working.save(made, working.line(made, 4), monday=before)
    both = [sent.pk, Sheet.objects.get(week=open_).pk]
    with pytest.raises(Invalid):
        commands.approve_hours(made.manager, made.project, sheets=both)
    assert Sheet.objects.get(pk=sent.pk).state == State.SUBMITTED


def test_nobody_approves_her_own_hours_while_there_is_somebody_else(made):
    sheet = working.sent(made, working.line(made, 7.5), role=Role.MANAGER)
    with pytest.raises(Invalid):
        commands.approve_hours(made.manager, made.project, sheets=[sheet.pk])
    commands.approve_hours(made.coordinator, made.project, sheets=[sheet.pk])


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER])
def test_members_and_owners_do_not_approve(made, role):
    sheet = working.sent(made)
    with pytest.raises(NotAllowed):
        commands.approve_hours(made.actor(role), made.project, sheets=[sheet.pk])


def test_the_plan_still_has_its_tasks_after_hours(made):
    sheet = working.sent(made)
    was = [row["finish"] for row in plans.tasks_of(made.people[Role.MEMBER].pk)]
    commands.approve_hours(made.manager, made.project, sheets=[sheet.pk])
    assert [row["finish"] for row in plans.tasks_of(made.people[Role.MEMBER].pk)] == was
