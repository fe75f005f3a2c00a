"""A month of a project, told once: a meeting, its minutes, a decision, a report, the portfolio."""

import os
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests.browser.serving import demo_portal
from tests.browser.test_journey import Words
from tests.browser.waiting import all_is_kept, expect

TOUR = Path(__file__).parents[2] / "docs/pictures/tour"
LARGEST = 150_000
SAID = {
    "nb": {
        "case": "Flytte opplæringen til januar?",
        "meeting": "Månedsmøte",
        "text": "Prøvedriften går som planlagt.",
        "action": "Bestille opplæringslokale",
        "risk": "Nøkkelbrukere er opptatt i januar",
        "problem": "Innloggingen svikter for vikarer",
        "reason": "Brukerne er enige.",
    },
    "en": {
        "case": "Move the training to January?",
        "meeting": "Monthly meeting",
        "text": "The trial runs as planned.",
        "action": "Book a room for the training",
        "risk": "Key users are busy in January",
        "problem": "Sign-in fails for temps",
        "reason": "The users agree.",
    },
}
LOOKS = [
    pytest.param("nb", "desktop"),
    pytest.param("en", "phone", marks=pytest.mark.long),
    pytest.param("nb", "phone", marks=pytest.mark.long),
    pytest.param("en", "desktop", marks=pytest.mark.long),
]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: what is signed and decided here would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


class Teller:
    """Walks the month in one language on one screen, and keeps pictures of it when asked for."""

    def __init__(self, page_as, language, screen):
        self.page_as, self.language, self.screen = page_as, language, screen
        self.words, self.said = Words(language), SAID[language]
        self.case = f"{self.said['case']} ({screen})"
        self.title = f"{self.said['meeting']} {screen}"

    def somebody(self, role):
        return self.page_as(role, language=self.language, screen=self.screen)

    def picture(self, page, name):
        if os.environ.get("TOSPANN_PICTURES") != "1":
            return
        TOUR.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "() => { document.getElementById('toasts')?.replaceChildren(); scrollTo(0, 0) }"
        )
        file = TOUR / f"{name}-{self.language}-{self.screen}.png"
        page.screenshot(path=file, scale="css", animations="disabled")
        if file.stat().st_size > LARGEST:
            file.unlink()
            page.screenshot(path=file.with_suffix(".jpg"), type="jpeg", quality=75, scale="css")

    def button(self, page, msgid):
        return page.get_by_role("button", name=self.words(msgid), exact=True).first

    def press(self, page, msgid):
        """A button of the page or of its dialog, or a link that looks like one."""
        inside = page.locator("dialog[open]") if page.locator("dialog[open]").count() else page
        name = self.words(msgid)
        either = inside.get_by_role("button", name=name, exact=True)
        either.or_(inside.get_by_role("link", name=name, exact=True)).first.click()

    def send_dialog(self, page):
        page.locator("dialog[open] form").wait_for()
        page.wait_for_load_state("networkidle")
        page.locator("dialog[open] .form-actions [type=submit]").first.click()
        page.locator("dialog[open]").wait_for(state="detached")


@pytest.mark.parametrize(("language", "screen"), LOOKS)
def test_a_month_from_the_calling_of_a_meeting_to_the_portfolio(page_as, language, screen):
    tell = Teller(page_as, language, screen)
    with tell.somebody("coordinator") as page:
        prepare_a_case(tell, page)
        meeting = call_a_meeting(tell, page)
        start_and_write(tell, page, meeting)
    with tell.somebody("manager") as page:
        decide_in_the_meeting(tell, page, meeting)
    with tell.somebody("coordinator") as page:
        publish_the_minutes(tell, page, meeting)
        raise_what_was_said(tell, page)
        draft_the_report(tell, page)
    with tell.somebody("manager") as page:
        report = sign_and_mail(tell, page)
    with tell.somebody("portfolio_leader") as page:
        see_it_in_the_portfolio(tell, page, report)


def prepare_a_case(tell, page):
    page.goto("/p/NSS/decisions/new")
    page.locator("[name=title]").fill(tell.case)
    page.locator("[name=recommendation]").fill(tell.said["reason"])
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/decisions/cases/\d+$"))
    tell.press(page, "Submit for decision")
    page.locator("#about").wait_for()


def call_a_meeting(tell, page):
    page.goto("/p/NSS/meetings/new")
    page.locator("[name=title]").fill(tell.title)
    soon = timezone.localdate() + timedelta(days=2)  # not tomorrow: midnight may come meanwhile
    page.locator("[name=day]").fill(soon.strftime("%d.%m.%Y"))
    page.locator("[name=clock]").fill("09.00")
    page.locator("[name=agenda]").fill("Status 10 min")
    for box in page.locator("[name=people]").all():
        box.check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/meetings/\d+$"))
    due = page.locator("#due li").filter(has_text=tell.case)
    due.get_by_role("button").click()
    page.locator("#agenda").get_by_text(tell.said["case"]).first.wait_for()
    tell.press(page, "Send invitations")
    tell.send_dialog(page)
    tell.picture(page, "1-called")
    return page.url


def start_and_write(tell, page, meeting):
    page.goto(meeting)
    tell.press(page, "Start now")
    page.wait_for_url(f"{meeting}/live")
    first = page.locator(".live-item").first
    first.locator("textarea[name=text]").fill(tell.said["text"])
    line = first.locator("[name=line]")
    for letter, what in (("a @kari +3d", "action"), ("r", "risk"), ("p", "problem")):
        expect(line).to_have_value("")
        line.fill(f"/{letter} {tell.said[what]}")
        line.press("Enter")
        first.locator(".live-born").filter(has_text=tell.said[what]).wait_for()
    all_is_kept(page)
    tell.picture(page, "2-minutes")


def decide_in_the_meeting(tell, page, meeting):
    page.goto(f"{meeting}/live")
    case = page.locator(".live-case").first
    case.locator("[name=alternative]").last.check()
    case.locator("[name=reason]").fill(tell.said["reason"])
    case.get_by_role("button").last.click()
    page.get_by_role("link", name=tell.words("Read the decision")).first.wait_for()
    tell.picture(page, "3-decided")


def publish_the_minutes(tell, page, meeting):
    page.goto(meeting)
    tell.press(page, "End the meeting")
    page.get_by_role("link", name=tell.words("Publish the minutes")).first.wait_for()
    tell.press(page, "Publish the minutes")
    tell.send_dialog(page)
    page.locator("#minutes").wait_for()
    for what in ("text", "action", "risk", "problem"):
        expect(page.locator("#minutes")).to_contain_text(tell.said[what])
    answer = page.request.get(f"{meeting}/minutes.pdf")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert tell.said["action"] in re.sub(r"\s+", " ", text)
    tell.picture(page, "4-minutes-published")


def raise_what_was_said(tell, page):
    page.goto("/p/NSS/risks")
    expect(page.locator("main")).to_contain_text(tell.said["risk"])
    page.goto("/p/NSS/problems")
    expect(page.locator("main")).to_contain_text(tell.said["problem"])
    page.goto("/p/NSS/risks/matrix")
    tell.picture(page, "5-risks")


def draft_the_report(tell, page):
    page.goto("/p/NSS/reports")
    begin = page.get_by_role("link", name=tell.words("Go on with the draft"))
    (begin if begin.count() else tell.button(page, "New status report")).first.click()
    page.locator("form.report-form").wait_for()
    page.wait_for_load_state()
    written = " ".join(
        page.locator("form.report-form textarea").evaluate_all("all => all.map(one => one.value)")
    )
    facts = written + page.locator("main").inner_text()
    assert tell.said["case"] in facts
    tell.picture(page, "6-report-draft")
    tell.press(page, "Send for signature")
    tell.button(page, "Take it back").wait_for()


def sign_and_mail(tell, page):
    page.goto("/p/NSS/reports")
    page.get_by_role("link", name=tell.words("Show what waits")).first.click()
    tell.press(page, "Sign the report")
    page.wait_for_url("**/send")
    number = re.search(r"/reports/(\d+)", page.url)[1]
    tell.press(page, "Mail the report")
    page.locator("#mailed li").first.wait_for()
    assert page.request.get(f"/p/NSS/reports/{number}/pdf").body().startswith(b"%PDF")
    assert page.request.get(f"/p/NSS/reports/{number}/slides").body().startswith(b"PK")
    tell.picture(page, "7-report-signed")
    return number


def see_it_in_the_portfolio(tell, page, report):
    page.goto("/portfolio")
    row = (
        page.locator("tbody tr, .cards li, .card")
        .filter(has_text="Nytt saksbehandlingssystem")
        .first
    )
    expect(row.locator(".ds-tag, [data-tone], .tag").first).to_be_visible()
    tell.picture(page, "8-portfolio")
