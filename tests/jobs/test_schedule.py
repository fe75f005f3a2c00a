"""Scheduled jobs: at their time, once, however many workers look."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from tospann.jobs import schedule
from tospann.jobs.models import ScheduledJob
from tospann.jobs.queue import job
from tospann.jobs.schedule import Every, every

NOON = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)


@job()
def tidy() -> None:
    pass


@pytest.fixture
def only_tidy(monkeypatch):
    monkeypatch.setattr(schedule, "SCHEDULE", {})
    return every("daily 06:00")(tidy)


@pytest.mark.parametrize(
    ("spec", "moment", "due"),
    [
        ("daily 06:00", datetime(2027, 3, 10, 4, 59, tzinfo=UTC), "2027-03-10T05:00"),
        ("daily 06:00", datetime(2027, 3, 10, 5, 0, tzinfo=UTC), "2027-03-11T05:00"),
        ("daily 06:00", datetime(2027, 3, 27, 12, 0, tzinfo=UTC), "2027-03-28T04:00"),
        ("monday 07:30", datetime(2027, 3, 10, 12, 0, tzinfo=UTC), "2027-03-15T06:30"),
        ("20 minutes", datetime(2027, 3, 10, 12, 0, tzinfo=UTC), "2027-03-10T12:20"),
    ],
)
def test_times_are_local_and_survive_summer_time(spec, moment, due):
    assert Every(spec).after(moment).astimezone(UTC).isoformat().startswith(due)


@pytest.mark.parametrize("spec", ["daily 25:00", "someday 06:00", "now and then", ""])
def test_a_schedule_that_means_nothing_is_refused_when_declared(spec):
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
        Every(spec)


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_day_and_catches_up_after_a_night_off(only_tidy):
    schedule.enqueue_due(NOON)
    assert DBTaskResult.objects.count() == 0, "it is past six; tomorrow, then"
    later = NOON + timedelta(days=3)
    schedule.enqueue_due(later)
    schedule.enqueue_due(later + timedelta(minutes=1))
    assert DBTaskResult.objects.count() == 1, "three days off are caught up with one run"


@pytest.mark.django_db
def test_a_changed_schedule_counts_from_now(only_tidy):
    schedule.enqueue_due(NOON)
    every(minutes=10)(tidy)
    schedule.enqueue_due(NOON)
    assert DBTaskResult.objects.count() == 1
    assert ScheduledJob.objects.get().next_at == NOON + timedelta(minutes=10)


@pytest.mark.django_db(transaction=True)
def test_two_workers_enqueue_a_scheduled_job_once(only_tidy):
    schedule.enqueue_due(NOON)
    start = threading.Barrier(4)

    def look():
        start.wait()
        schedule.enqueue_due(NOON + timedelta(days=1))
        connections.close_all()

    workers = [threading.Thread(target=look) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_has_begun_does_not_hide_that_it_is_due_again(only_tidy):
    schedule.enqueue_due(NOON)
    schedule.enqueue_due(NOON + timedelta(days=1))
    DBTaskResult.objects.update(status="RUNNING")
    schedule.enqueue_due(NOON + timedelta(days=2))
    assert DBTaskResult.objects.count() == 2
