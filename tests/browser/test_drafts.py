"""Drafts in the browser: the line that turns, ghosts of the plan, two people, a phone."""

import re

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.test_chart import Chart
from tests.browser.waiting import expect

PLAN = "/p/NSS/plan"
LONG = "Leveranse 3"
TEST = "Akseptansetest"
DURATION = "Varighet"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: what is changed in this plan would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def opened(page, name, *, shared=False):
    """A new draft; the address of its page."""
    page.goto(f"{PLAN}/drafts/new")
    page.locator("main input[name=name]").fill(name)
    page.locator("main input[name=is_shared]").set_checked(shared)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile(r"/plan/drafts/[0-9a-f-]{36}$"))
    return page.url


class Draft(Chart):
    """A draft's chart, and the line above it that says who decides."""

    def __init__(self, page, address):
        super().__init__(page, address)
        self.who = page.locator("#draft-who")

    def lasts(self, name, days):
        """Type a duration, and wait until it is drawn."""
        self.cell(name, DURATION).dblclick()
        self.press("Control+a")
        self.changed(lambda: self.type(f"{days}d"))

    def decided_by(self, role):
        expect(self.who.locator(".decides")).to_have_text(re.compile(role, re.IGNORECASE))

    def allowed(self):
        expect(self.who.locator(".decides")).to_have_attribute("data-allowed", "yes")


def test_trimmed_the_change_turns_from_the_owners_to_ones_own(page_as):
    with page_as("coordinator") as page:
        draft = Draft(page, opened(page, "Leveranse 3 tar lenger tid"))
        draft.lasts(LONG, 60)
        draft.decided_by("Krever prosjekteier")
        ghosts = page.locator(".plan-ghost:visible")
        expect(ghosts.first).to_be_visible()
        draft.lasts(LONG, 47)
        draft.decided_by("Krever prosjektleder")
        draft.lasts(TEST, 16)
        draft.lasts(LONG, 43)
        # The list is drawn anew a moment later: only then does it stand still under the pointer.
        expect(page.locator(".draft-step", has_text="43 dager")).to_have_count(1)
        expect(page.locator(".draft-step")).to_have_count(2)
        after = draft.revision + 1
        page.locator(".draft-step", has_text=TEST).locator("button").click()
        expect(draft.editor).to_have_attribute("data-revision", str(after))
        draft.allowed()
        expect(page.locator(".draft-step[data-counts=no]")).to_have_count(1)
        assert list(axe(page)) == []
        page.locator("form[action$='/apply'] button").click()
        page.wait_for_url(re.compile(r"/plan/chart"))
        expect(Chart(page, f"{PLAN}/chart").cell(LONG, DURATION)).to_have_text("43 d")


def test_undo_and_redo_are_the_drafts_own(page_as):
    with page_as("coordinator") as page:
        draft = Draft(page, opened(page, "Angre"))
        draft.lasts(LONG, 50)
        draft.changed(lambda: draft.press("Control+z"))
        expect(page.locator(".draft-step")).to_have_count(0)
        draft.changed(lambda: draft.press("Control+y"))
        expect(draft.cell(LONG, DURATION)).to_have_text("50 d")
        page.reload()
        expect(Draft(page, page.url).cell(LONG, DURATION)).to_have_text("50 d")


def test_two_people_share_a_draft(page_as):
    with page_as("coordinator") as hers, page_as("manager") as his:
        address = opened(hers, "Felles utkast", shared=True)
        one, two = Draft(hers, address), Draft(his, address)
        one.lasts(LONG, 52)
        expect(two.cell(LONG, DURATION)).to_have_text("52 d")
        two.lasts(TEST, 15)
        expect(one.cell(TEST, DURATION)).to_have_text("15 d")
        expect(hers.locator(".draft-step")).to_have_count(2)
        one.decided_by("Krever")


def test_where_the_plan_and_the_draft_meet_somebody_chooses(page_as):
    with page_as("coordinator") as hers, page_as("manager") as his:
        draft = Draft(hers, opened(hers, "Opplæring"))
        name = "Prøve tilbakerulling og sikkerhetskopi"
        draft.lasts(name, 5)
        plan = Draft(his, f"{PLAN}/chart")
        plan.lasts(name, 6)
        hers.reload()
        conflict = hers.locator(".draft-conflict")
        expect(conflict).to_have_count(1)
        expect(conflict).to_contain_text("5 dager")
        expect(conflict).to_contain_text("6 dager")
        assert list(axe(hers)) == []
        conflict.locator("input[value=mine]").check()
        hers.locator("form[action$='/choose'] button").click()
        fresh = Draft(hers, hers.url)
        expect(fresh.cell(name, DURATION)).to_have_text("5 d")
        expect(hers.locator(".draft-conflict")).to_have_count(0)


def test_a_draft_is_made_and_submitted_from_a_phone(page_as):
    with page_as("coordinator", screen="phone") as page:
        opened(page, "Fra telefonen")
        page.locator(".draft-quick summary").first.click()
        tasks = page.locator("form[action$='/delay'] [name=uid]")
        tasks.select_option(tasks.locator("option", has_text=LONG).get_attribute("value"))
        page.locator("form[action$='/delay'] [name=days]").fill("9")
        page.locator("form[action$='/delay'] button[type=submit]").click()
        expect(page.locator("#draft-who .decides")).to_contain_text("Krever")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert list(axe(page)) == []
        page.locator(".draft-ends a[href$='/submit']").click()
        page.locator("#modal dialog textarea[name=recommendation]").fill("Gi leveransen ni dager.")
        page.locator("#modal dialog button[type=submit]").click()
        page.wait_for_url(re.compile(r"/decisions/cases/\d+$"))
