"""Jobs run once when all goes well, again when it does not, and elsewhere when a worker dies."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tospann.jobs import claims, wakeup
from tospann.jobs.models import Attempt
from tospann.jobs.queue import enqueue, enqueue_once, find_job, job
from tospann.jobs.worker import Worker

ran: list[str] = []
gate = threading.Event()


@job(retries=2)
def note(text: str) -> str:
    ran.append(text)
    return text


@job(retries=2)
def fail_until_third(text: str) -> None:
    ran.append(text)
    if len(ran) < 3:
        raise ValueError("not yet")


@job(retries=1)
def always_fail() -> None:
    ran.append("tried")
    raise ValueError("never")


@job()
def wait_for_the_gate() -> None:
    gate.wait(10)
    ran.append("late")


@pytest.fixture(autouse=True)
def nothing_ran():
    ran.clear()
    gate.clear()


def let_time_pass():
    """As if the wait before the next attempt were over."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


@pytest.mark.django_db
def test_a_job_runs_once_with_its_arguments():
    note.enqueue(text="hei")
    worker = Worker()
    assert worker.run_one()
    assert not worker.run_one()
    assert ran == ["hei"]
    kept = DBTaskResult.objects.get()
    assert (kept.status, kept.return_value) == ("SUCCESSFUL", "hei")


@pytest.mark.django_db
def test_a_job_of_a_change_that_is_rolled_back_never_runs():
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue_and_fail()
    assert not Worker().run_one()


def enqueue_and_fail():
    note.enqueue(text="hei")
    raise RuntimeError


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_later_and_not_at_once():
    fail_until_third.enqueue(text="x")
    worker = Worker()
    assert worker.run_one()
    assert not worker.run_one()
    for _again in range(2):
        let_time_pass()
        assert worker.run_one()
    assert ran == ["x", "x", "x"]
    kept = DBTaskResult.objects.get()
    assert (kept.status, kept.exception_class_path) == ("SUCCESSFUL", "")


@pytest.mark.django_db
def test_a_job_that_never_succeeds_is_given_up_and_keeps_its_error():
    always_fail.enqueue()
    for _attempt in range(5):
        Worker().run_one()
        let_time_pass()
    assert ran == ["tried", "tried"]
    kept = DBTaskResult.objects.get()
    assert kept.status == "FAILED"
    assert "never" in kept.traceback


def test_waits_grow_and_stay_below_the_longest():
    waits = [claims.backoff(number).total_seconds() for number in range(1, 20)]
    assert waits[0] < 6
    assert waits[3] > waits[0]
    assert max(waits) <= claims.LONGEST_WAIT.total_seconds() * 1.25


@pytest.mark.django_db
def test_what_a_dead_worker_left_running_is_reclaimed_and_carried_out_by_another():
    note.enqueue(text="hei")
    dead = claims.claim("dead", ["default"])
    assert claims.reclaim() == 0, "its lease still runs"
    assert claims.reclaim(timezone.now() + claims.LEASE * 2) == 1
    let_time_pass()
    assert Worker().run_one()
    assert ran == ["hei"]
    assert not claims.succeeded(dead, "from the grave"), "it was taken over"
    assert DBTaskResult.objects.get().return_value == "hei"


@pytest.mark.django_db
def test_a_lease_that_is_extended_is_not_reclaimed():
    note.enqueue(text="hei")
    mine = claims.claim("alive", ["default"])
    Attempt.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claims.extend(mine)
    assert claims.reclaim() == 0


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up():
    note.enqueue(text="poison")
    for _worker in range(5):
        let_time_pass()
        claims.claim("doomed", ["default"])
        claims.reclaim(timezone.now() + claims.LEASE * 2)
    kept = DBTaskResult.objects.get()
    assert kept.status == "FAILED"
    assert "WorkerDied" in kept.exception_class_path


@pytest.mark.django_db
def test_the_same_job_does_not_wait_twice():
    for text in ("a", "b", "a"):
        enqueue_once(note, text=text)
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_jobs_are_found_by_name():
    assert find_job("jobs.prune").module_path == "tospann.jobs.jobs.prune"
    enqueue("jobs.prune")
    assert Worker().run_one()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db
def test_a_job_that_no_longer_exists_fails_and_the_worker_lives():
    note.enqueue(text="hei")
    DBTaskResult.objects.update(task_path="tospann.nowhere.jobs.gone")
    assert Worker().run_one()
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_task():
    for number in range(20):
        note.enqueue(text=str(number))
    workers = [threading.Thread(target=drain) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(ran, key=int) == [str(number) for number in range(20)]


def drain():
    from django.db import connections

    worker = Worker()
    while worker.run_one():
        pass
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_wakes_for_new_work_and_stops_when_told(monkeypatch):
    monkeypatch.setattr("tospann.jobs.worker.LONGEST_SLEEP", 8)  # longer than the test waits
    stop = threading.Event()
    thread = threading.Thread(target=Worker().run_forever, args=(stop,))
    thread.start()
    try:
        time.sleep(0.5)
        started = time.monotonic()
        note.enqueue(text="hei")
        while not ran and time.monotonic() - started < 6:
            time.sleep(0.01)
        assert ran == ["hei"]
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert not wakeup._sleepers


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_ends_its_job_first():
    stop = threading.Event()
    wait_for_the_gate.enqueue()
    thread = threading.Thread(target=Worker().run_forever, args=(stop,))
    thread.start()
    # Its own: what is due by the clock may be enqueued and running first.
    mine = DBTaskResult.objects.filter(task_path=wait_for_the_gate.module_path)
    while not mine.filter(status="RUNNING").exists():
        time.sleep(0.02)
    stop.set()
    gate.set()
    thread.join(10)
    assert ran == ["late"]
    assert mine.get().status == "SUCCESSFUL"
