"""When reports are due, who is reminded, and what a project begins with."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.reports import reporting

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.models import OwedReaction
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.projects import commands as projects
from tospann.reports import commands, queries, schedule, signing
from tospann.reports.jobs import remind_of_reports
from tospann.reports.models import SignedReport
from tospann.reports.reactions import follow_pack


@pytest.mark.parametrize(
    ("cadence", "today", "due"),
    [
        ("monthly", date(2027, 2, 3), date(2027, 2, 26)),
        ("monthly", date(2027, 3, 3), date(2027, 3, 31)),
        ("quarterly", date(2027, 1, 5), date(2027, 1, 29)),
        ("weekly", date(2027, 2, 3), date(2027, 2, 5)),
        ("biweekly", date(2027, 2, 5), date(2027, 2, 5)),
        ("none", date(2027, 2, 3), None),
    ],
)
def test_the_first_due_date(cadence, today, due):
    assert schedule.first_due(cadence, today) == due


@pytest.mark.parametrize(
    ("cadence", "due", "today", "then"),
    [
        ("monthly", date(2027, 1, 29), date(2027, 1, 28), date(2027, 2, 26)),
        ("monthly", date(2027, 2, 26), date(2027, 3, 2), date(2027, 3, 31)),
        ("monthly", date(2027, 1, 15), date(2027, 1, 15), date(2027, 2, 15)),
        ("quarterly", date(2027, 1, 29), date(2027, 1, 29), date(2027, 4, 30)),
        ("weekly", date(2027, 2, 5), date(2027, 2, 24), date(2027, 2, 26)),
        ("biweekly", date(2027, 2, 5), date(2027, 2, 5), date(2027, 2, 19)),
        ("none", date(2027, 2, 5), date(2027, 2, 5), None),
    ],
)
def test_the_next_one_is_after_both_the_last_and_today(cadence, due, today, then):
    assert schedule.next_due(cadence, due, today) == then


@pytest.mark.django_db
def test_whoever_prepares_is_reminded_once_before_and_once_when_late():
    made = reporting.project()
    today = timezone.localdate()
    for days in (1, -1):
        due = today + timedelta(days=days)
        commands.set_reporting(
            made.manager, made.project, kind="small", cadence="weekly", next_due_on=due
        )
        assert (remind_of_reports.func(), remind_of_reports.func()) == (1, 0)
    told = Notification.objects.filter(person=made.people[Role.COORDINATOR])
    assert told.count() == 2
    reporting.submitted(made)
    Notification.objects.all().delete()
    assert remind_of_reports.func() == 0


@pytest.mark.django_db
def test_a_project_begins_with_the_forms_and_dates_of_its_pack():
    made = reporting.project()
    areas = [{"key": key, "name": key.title()} for key in ("overall", "time", "cost")]
    lists = {"status_areas": areas, "pack_settings": [{"status_report_cadence": "monthly"}]}
    projects.set_choice_lists(SYSTEM, made.project, lists=lists)
    follow_pack(made.project)
    kept = queries.reporting(made.project)
    assert (kept.form, kept.cadence) == ("full", "monthly")
    report = reporting.submitted(made)
    assert [area["area"] for area in report.evidence["areas"]] == ["time", "cost"]


@pytest.mark.django_db
def test_a_project_whose_pack_has_one_area_gets_the_small_form():
    made = reporting.project()
    lists = {"status_areas": [{"key": "overall", "name": "Samlet"}]}
    projects.set_choice_lists(SYSTEM, made.project, lists=lists)
    report = reporting.submitted(made)
    assert report.form == "small"
    assert report.evidence["areas"] == []


@pytest.mark.django_db
def test_the_manager_hears_that_a_report_waits_and_all_hear_that_it_is_signed():
    made = reporting.project()
    OwedReaction.objects.all().delete()
    report = reporting.submitted(made)
    carry_out_owed()
    signing.sign(made.manager, queries.report(made.project, report.number))
    carry_out_owed()
    assert SignedReport.objects.count() == 1
    kinds = {
        role: set(
            Notification.objects.filter(person=made.people[role]).values_list("kind", flat=True)
        )
        for role in (Role.MANAGER, Role.OWNER, Role.GUEST)
    }
    assert kinds == {Role.MANAGER: {"decision"}, Role.OWNER: {"report"}, Role.GUEST: set()}
