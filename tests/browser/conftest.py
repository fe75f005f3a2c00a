"""The portal, the browser, and the way out that must stay unused."""

import os
import shutil

import pytest
from tests.browser.places import find_places
from tests.browser.serving import demo_portal
from tests.browser.tollgate import Tollgate, host_asked_for
from tests.browser.visiting import Visitors

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)

# What Chromium asks its maker on its own account. It gets no answer here; no page asks for it, or
# the page's own record (visiting.py) would show it.
CHROMIUMS_OWN = (".google.com", ".googleapis.com", ".gvt1.com", ".gstatic.com")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running
        assert running.tried_to_reach.read_text() == "", "the portal tried to leave the machine"


@pytest.fixture(scope="module")
def tollgate():
    gate = Tollgate()
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def browser(tollgate):
    """Its only way out is the tollgate; what it asks there outside any page shows here."""
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            # As an argument of Chromium's: Playwright's own setting sends loopback there too.
            args=[*CHROMIUM, f"--proxy-server={tollgate.address}"],
        )
        yield running
        running.close()
    assert os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE") == before
    asked = [line for line in tollgate.asked if not host_asked_for(line).endswith(CHROMIUMS_OWN)]
    assert asked == [], "the browser asked for something outside this machine"


@pytest.fixture(scope="module")
def visitors(browser, portal):
    everybody = Visitors(browser, portal)
    yield everybody
    assert sum(record.requests for record in everybody.records) > 0


@pytest.fixture(scope="session")
def found_before():
    """What was found in the portal, so that only the first file looks for it."""
    return {}


@pytest.fixture(scope="module")
def found(visitors, found_before):
    if not found_before:
        found_before["places"], found_before["refuse_get"] = find_places(visitors)
    return found_before["places"], found_before["refuse_get"]


@pytest.fixture(scope="module")
def places(found):
    return found[0]


@pytest.fixture
def page_as(visitors):
    return visitors.page
