"""Somebody at the portal in a browser, and what the browser complained about meanwhile."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.browser.waiting import LONGEST

SCREENS = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
    "narrow": {"viewport": {"width": 320, "height": 640}},
}
ADMINISTRATOR = "administrator"
"""Has no door in the demo: signs in with a password."""
LANGUAGES = ("nb", "en")
SCHEMES = ("light", "dark")
LOCALES = {"nb": "nb-NO", "en": "en-GB"}
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", e =>
    console.error(`CSP ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"""
A_FORM_WITH_ERRORS = re.compile(r"the server responded with a status of 422")


@dataclass
class Record:
    """What must stay empty, whatever is clicked."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    requests: int = 0

    def watch(self, context):
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request):
        self.requests += 1
        own = (self.origin + "/", "data:", "blob:" + self.origin, "about:")
        if not request.url.startswith(own):
            self.outside.append(request.url)

    def _console(self, message):
        if message.type in {"error", "warning"} and not A_FORM_WITH_ERRORS.search(message.text):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def told(self):
        """Take the complaints so far, to tell which page they belong to."""
        taken, self.complaints = self.complaints, []
        return taken

    def check(self):
        assert not self.outside, f"asked for outside the portal: {self.outside}"
        assert not self.complaints, "the browser complained:\n" + "\n".join(self.complaints)


class Visitors:
    """Makes browser contexts for people of the demo; each signs in through her door once."""

    def __init__(self, browser, portal):
        self.browser = browser
        self.portal = portal
        self.records: list[Record] = []
        self._signed_in: dict[str, Any] = {}
        self._languages: dict[str, str] = {}

    @contextmanager
    def page(self, role=None, *, language="nb", scheme="light", screen="desktop", **options):
        """A page of a fresh context, watched, checked on the way out."""
        state = self._state_of(role) if role else None
        record = Record(self.portal.address)
        self.records.append(record)
        context = self.browser.new_context(
            base_url=self.portal.address,
            storage_state=state,
            locale=LOCALES[language],
            color_scheme=scheme,
            timezone_id="Europe/Oslo",
            **{**SCREENS[screen], **options},
        )
        context.set_default_timeout(LONGEST)
        record.watch(context)
        if options.get("java_script_enabled", True):
            context.add_init_script(TELL_VIOLATIONS)
        try:
            self._speak(context, role, language)
            page = context.new_page()
            yield page
            record.check()
        finally:
            context.close()

    @contextmanager
    def session(self, role=None):
        """The same person's requests without a browser window."""
        context = self.browser.new_context(
            base_url=self.portal.address,
            storage_state=self._state_of(role) if role else None,
        )
        try:
            yield context.request
        finally:
            context.close()

    def _speak(self, context, role, language):
        cookie = {"name": "language", "value": language, "url": self.portal.address}
        context.add_cookies([cookie])
        if role and self._languages.get(role) != language:
            token = csrf_token(context.request.get("/inbox").text())
            answer = context.request.post(
                "/account/language",
                form={"csrfmiddlewaretoken": token, "language": language, "next": "/healthz"},
                headers={"Referer": self.portal.url("/inbox")},
            )
            assert answer.ok, answer.status
            self._languages[role] = language

    def _state_of(self, role):
        if role not in self._signed_in:
            context = self.browser.new_context(base_url=self.portal.address)
            context.set_default_timeout(LONGEST)
            page = context.new_page()
            page.goto("/account/login/")
            if role == ADMINISTRATOR:
                _type_password(page, self.portal)
            else:
                page.locator(f"form[action$='/demo/{role}'] button").click()
            page.wait_for_url(self.portal.url("/"))
            self._signed_in[role] = context.storage_state()
            context.close()
        return self._signed_in[role]


def _type_password(page, portal):
    email = portal.let_administrator_in()
    page.fill("[name=login]", email)
    page.fill("[name=password]", portal.password)
    page.locator("form:has([name=password]) button[type=submit]").click()


def csrf_token(html):
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found, "the page has no form"
    return found[1]
