"""A passkey in a real browser: added, then used to sign in, within the content security policy."""

import shutil

import pytest
from tests.people.accounts import PASSWORD, account

from tospann.foundation import triggers

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def emptied_afterwards(transactional_db, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    yield
    triggers.drop()  # or the audit log could not be emptied; emptying makes them anew


@pytest.fixture
def page(emptied_afterwards):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(locale="nb-NO")
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page
        browser.close()


def test_a_passkey_is_added_and_signs_in(page, live_server):
    violations = []
    page.on("console", lambda m: violations.append(m.text) if "Content Security" in m.text else 0)
    portal = live_server.url.replace("127.0.0.1", "localhost")
    account("Kari Nordmann", email="kari@example.org")

    page.goto(f"{portal}/account/login/?next=/account/mfa/webauthn/add/")
    page.fill("[name=login]", "kari@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) button")
    page.fill("[name=password]", PASSWORD)  # proved anew
    page.click("form:has([name=password]) button")
    page.fill("[name=name]", "Mobilen")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{portal}/account/logout/")
    page.click("main form button")
    page.wait_for_url(f"{portal}/account/login/**")

    page.goto(f"{portal}/account/login/?next=/account/")
    with page.expect_response("**/webauthn/login/") as answered:
        page.click("form[data-passkey] button")
    assert answered.value.ok
    page.wait_for_load_state("networkidle")
    page.goto(f"{portal}/account/")
    assert page.input_value("[name=name]") == "Kari Nordmann"
    assert violations == []
