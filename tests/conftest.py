"""For every test: which of them run on this database, and nothing that leaves the machine."""

import ipaddress
import os
import shutil
import sys

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation

hypothesis.settings.register_profile("quick", deadline=None, max_examples=60)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1000)

_refused: list[str] = []
_FIRST = (
    *("test_schema_fuzz", "test_start", "test_mail", "test_kill", "test_kill_decisions"),
    *("test_races", "test_backup", "test_worker_process"),
    *(
        "test_accessibility",
        "test_reflow",
        "test_month",
        "test_two_desks",
    ),
    *("test_moments", "test_journey"),
    *("test_chart", "test_drafts", "test_meeting", "test_keyboard_and_forms"),
)
"""Files that take long: of two workers none should be left with one of them at the end."""


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also the tests that take minutes")


def pytest_configure(config):
    hypothesis.settings.load_profile("long" if config.getoption("--long") else "quick")
    sys.addaudithook(_refuse_the_outside)


def pytest_unconfigure(config):
    if "TOSPANN_DATA_DIR" not in os.environ:
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Leave out, rather than skip, what says nothing on this database or takes too long."""
    on_postgres = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    unwanted = {"sqlite_only" if on_postgres else "postgres_only"}
    if not config.getoption("--long"):
        unwanted |= {"long", "once"} if on_postgres else {"long"}
    left_out = [item for item in items if unwanted & {mark.name for mark in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=lambda item: _FIRST.index(item.path.stem) if item.path.stem in _FIRST else 99)


@pytest.fixture(autouse=True)
def refused_connections():
    """Addresses outside this machine the test tried; it fails even if it caught the error."""
    _refused.clear()
    yield _refused
    assert _refused == [], "something tried to leave the machine"


@pytest.fixture(autouse=True)
def the_portals_own_language():
    """A request leaves its language active in the thread; the next test starts afresh."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def emptied_afterwards(request):
    """Tests with several threads or processes commit, so the database is emptied after them.

    The audit log refuses to be emptied while its triggers stand; emptying makes them anew.
    """
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from tospann.foundation import triggers

    triggers.drop()


@pytest.fixture
def visit(client, made):
    """``visit(role)``: the client, signed in as who holds that role in the project ``made``."""

    def as_role(role):
        client.force_login(made.people[role], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_role


class LeavesTheMachine(RuntimeError):
    """Nothing leaves the machine unless the operator configured it."""


def _refuse_the_outside(event, args):
    """An audit hook sees every connection Python makes, whichever library asks for it."""
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if isinstance(host, str) and not _is_this_machine(host):
        _refused.append(host)
        raise LeavesTheMachine(host)


def _is_this_machine(host):
    if host in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
