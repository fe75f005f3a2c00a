"""Nothing leaves the machine; and what would leave is seen by each of the three watches."""

import socket
import subprocess
import sys

import pytest
from tests.browser.serving import GUARDED
from tests.browser.tollgate import Tollgate, host_asked_for

OUTSIDE = "http://outside.example/pixel.gif"


def test_every_page_of_the_menu_asks_the_portal_alone(page_as, visitors):
    with page_as("coordinator") as page:
        page.goto("/")
        for path in ("/p/SVH/", "/p/SVH/plan", "/p/SVH/decisions", "/search?q=hall"):
            page.goto(path)
        page.wait_for_load_state("networkidle")
    record = visitors.records[-1]
    assert record.requests > 5
    assert record.outside == []


def test_a_request_to_elsewhere_is_noticed(visitors):
    def visit():
        with visitors.page(bypass_csp=True) as page:
            page.goto("/account/login/")
            page.evaluate("address => fetch(address).catch(() => 0)", OUTSIDE)

    with pytest.raises(AssertionError, match="outside the portal"):
        visit()
    assert visitors.records[-1].outside == [OUTSIDE]


def test_the_content_policy_stops_it_and_is_heard(visitors, tollgate):
    def visit():
        with visitors.page() as page:
            page.goto("/account/login/")
            with page.expect_console_message(lambda said: "img-src" in said.text):
                page.evaluate("address => { new Image().src = address }", OUTSIDE)

    with pytest.raises(AssertionError):
        visit()
    assert any("img-src" in text for text in visitors.records[-1].complaints)
    assert [line for line in tollgate.asked if OUTSIDE in line] == []


@pytest.fixture(autouse=True)
def negative_controls_are_not_findings(tollgate):
    yield
    tollgate.asked[:] = [line for line in tollgate.asked if OUTSIDE not in line]


def test_the_tollgate_remembers_who_asked():
    gate = Tollgate()
    host, port = gate.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as asking:
        asking.sendall(b"CONNECT outside.example:443 HTTP/1.1\r\n\r\n")
        assert asking.recv(100).startswith(b"HTTP/1.1 403")
    gate.close()
    assert gate.asked == ["CONNECT outside.example:443 HTTP/1.1"]


def test_the_tollgate_hears_nothing_from_who_says_nothing():
    gate = Tollgate()
    host, port = gate.address.removeprefix("http://").split(":")
    socket.create_connection((host, int(port))).close()
    with socket.create_connection((host, int(port))) as asking:
        asking.sendall(b"GET http://clients2.google.com/time HTTP/1.1\r\n\r\n")
        assert asking.recv(100).startswith(b"HTTP/1.1 403")
    gate.close()
    assert [host_asked_for(line) for line in gate.asked] == ["clients2.google.com"]


def test_the_portals_own_attempts_are_written_down(tmp_path):
    reached = tmp_path / "reached.txt"
    attempt = (
        "import runpy, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "import guarded; guarded.watch(Path(sys.argv[2]));"
        "import socket\n"
        "try: socket.getaddrinfo('outside.invalid', 80)\n"
        "except OSError: pass"
    )
    subprocess.run(
        [sys.executable, "-c", attempt, str(GUARDED.parent), str(reached)], check=True, timeout=30
    )
    assert reached.read_text() == "socket.getaddrinfo outside.invalid\n"
