"""A worker as a process of its own: it does what is owed, ends on SIGTERM, and may be killed."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tospann.jobs import claims
from tospann.jobs.models import Attempt
from tospann.jobs.queue import job

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
django.setup()
import tests.jobs.test_worker_process
from tospann.jobs.worker import main
raise SystemExit(main())
"""


@job()
def leave_a_mark(path: str, seconds: float = 0) -> None:
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")


@pytest.fixture
def start():
    started = []

    def one():
        code = CODE.format(name=str(settings.DATABASES["default"]["NAME"]))
        environment = os.environ | {
            "TOSPANN_DATA_DIR": str(settings.DATA_DIR),
            "DJANGO_SETTINGS_MODULE": "tospann.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(process)
        return process

    yield one
    for process in started:
        process.kill()
        process.wait()


def until(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def status():
    return DBTaskResult.objects.get(task_path=leave_a_mark.module_path).status


@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_job_is_done_by_the_next_and_sigterm_ends_a_worker(start, tmp_path):
    mark = tmp_path / "mark"
    leave_a_mark.enqueue(path=str(mark), seconds=30)
    first = start()
    until(lambda: status() == "RUNNING")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not mark.exists()
    arguments = {"args": [], "kwargs": {"path": str(mark)}}
    Attempt.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    DBTaskResult.objects.filter(task_path=leave_a_mark.module_path).update(args_kwargs=arguments)
    assert claims.reclaim() == 1
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    second = start()
    until(lambda: status() == "SUCCESSFUL")
    assert mark.read_text() == f"{second.pid}\n"
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
