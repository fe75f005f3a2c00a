"""The log is one JSON line per event, and holds no secret."""

import io
import json
import logging

import pytest
import structlog
from django.test import Client

from tospann.config import log


@pytest.fixture
def written():
    """What is logged while the test runs, as the lines it is written as."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    log.configure()
    stream = io.StringIO()
    root.handlers[0].setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before, level
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "text",
    [
        "GET /p/HALL/plan?token=hemmelig-verdi&x=1",
        "Authorization: Bearer hemmelig-verdi",
        "bearer hemmelig-verdi",
        "password=hemmelig-verdi",
        "{'secret': 'hemmelig-verdi'}",
        "cookie: session=hemmelig-verdi; csrftoken=hemmelig-verdi",
        "failed at https://example.org/ics/?key=hemmelig-verdi",
    ],
)
def test_secrets_never_reach_the_log(written, text):
    logging.getLogger("some.library").warning("it said %s", text)
    structlog.get_logger().info("ours", said=text)
    lines = written()
    assert len(lines) == 2
    assert "hemmelig-verdi" not in json.dumps(lines)


def test_an_exception_is_one_line_without_secrets(written):
    try:
        raise ValueError("token=hemmelig-verdi")
    except ValueError:
        logging.getLogger("x").exception("it broke")
    (line,) = written()
    assert "ValueError" in line["exception"]
    assert "hemmelig-verdi" not in json.dumps(line)


@pytest.mark.django_db
def test_a_request_is_one_line_that_names_it_as_the_answer_does(written):
    answer = Client().get("/api/v1/projects?token=hemmelig-verdi")
    (line,) = (one for one in written() if one["event"] == "answered")
    assert (line["path"], line["status"]) == ("/api/v1/projects", 401)
    assert line["request"] == answer["X-Request-ID"]
    assert "hemmelig-verdi" not in json.dumps(written())
