"""The child process: what it answers, and everything it may not do."""

import os

import pytest

from tospann.jobs import confined

HERE = "tests.jobs.confined_samples"
SMALL = confined.Limits(memory=200 * confined.MEGABYTE, cpu=1, wall=10, output=100_000)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in.bin"
    path.write_bytes(b"hello")
    with path.open("rb") as opened:
        yield opened


@pytest.fixture(autouse=True)
def samples_are_found(monkeypatch):
    import sys
    from pathlib import Path

    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).resolve().parents[2])])


def test_it_answers_with_what_the_function_makes_of_the_file(file):
    assert confined.run(f"{HERE}:lengths", file) == {"length": 5, "text": "hello"}


def test_what_it_prints_does_not_disturb_the_answer(file):
    assert confined.run(f"{HERE}:prints", file) == "done"


def test_django_is_not_there(file):
    assert confined.run(f"{HERE}:imported", file) == []


def test_a_file_beyond_the_limit_is_refused_before_anything_is_started(tmp_path):
    path = tmp_path / "sparse"
    with path.open("wb") as written:
        os.truncate(written.fileno(), 200 * confined.MEGABYTE)
    with path.open("rb") as opened, pytest.raises(confined.TooLarge) as refused:
        confined.run("no.such:thing", opened)
    assert refused.value.limit == 50 * confined.MEGABYTE


def test_what_the_function_refuses_comes_back(file):
    with pytest.raises(confined.Refused) as refused:
        confined.run(f"{HERE}:refuses", file)
    assert refused.value.answer == {"message": "bad", "where": "line 3"}


def test_too_much_memory(file):
    with pytest.raises(confined.TooLarge) as refused:
        confined.run(f"{HERE}:eats_memory", file, SMALL)
    assert refused.value.what == "memory"


def test_too_much_processor_time(file):
    with pytest.raises(confined.TooSlow):
        confined.run(f"{HERE}:works_for_ever", file, SMALL)


def test_too_long_by_the_clock(file):
    limits = confined.Limits(wall=0.5)
    with pytest.raises(confined.TooSlow):
        confined.run(f"{HERE}:sleeps", file, limits)


def test_too_large_an_answer(file):
    with pytest.raises(confined.TooLarge) as refused:
        confined.run(f"{HERE}:answers_at_length", file, SMALL)
    assert refused.value.what == "result"


def test_a_crash_is_one(file):
    with pytest.raises(confined.Crashed) as refused:
        confined.run(f"{HERE}:fails", file)
    assert "ZeroDivisionError" in refused.value.detail


@pytest.mark.parametrize(
    "what", ["connects", "reads_a_file", "writes_a_file", "starts_a_program", "asks_for_a_name"]
)
def test_what_it_may_not_do(file, what):
    with pytest.raises(confined.Crashed) as refused:
        confined.run(f"{HERE}:{what}", file)
    assert "PermissionError" in refused.value.detail
