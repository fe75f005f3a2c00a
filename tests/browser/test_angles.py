"""The plan from other sides in the browser: the board by keyboard, whys in a dialog, drawings."""

import pytest
from tests.browser.serving import demo_portal
from tests.browser.visiting import Visitors
from tests.browser.waiting import expect

TITLE = "Prøve uttrekk til arkivet"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own: the board is changed here."""
    with demo_portal(tmp_path_factory.mktemp("angles")) as running:
        yield running


@pytest.fixture(scope="module")
def page_as(browser, portal):
    return Visitors(browser, portal).page


def card(page, stage):
    return page.locator(f"[data-stage={stage}] [data-card]", has_text=TITLE)


def test_a_card_of_the_plan_is_moved_by_key_and_by_menu(page_as):
    with page_as("manager", language="en") as page:
        page.goto("/p/NSS/plan/board")
        card(page, "not_started").get_by_role("link").focus()
        page.keyboard.press("]")
        expect(card(page, "under_way").get_by_role("link")).to_be_focused()
        card(page, "under_way").get_by_role("button", name="Move to").click()
        card(page, "under_way").get_by_role("button", name="Done", exact=True).click()
        expect(card(page, "done")).to_be_visible()
        page.locator("#toasts").get_by_role("button", name="Undo").last.click()
        expect(card(page, "under_way")).to_be_visible()


def test_whys_are_asked_one_after_another_without_leaving_the_table(page_as):
    with page_as("manager", language="en") as page:
        page.goto("/p/SVH/plan")
        page.locator("tr", has_text="Prøvedrift").locator("a.why-date").click()
        dialog = page.locator("#modal dialog")
        expect(dialog).to_contain_text("Prøvedrift")
        first = dialog.locator("a.why-to").first
        number = first.inner_text()
        first.click()
        expect(dialog.locator("h2")).not_to_contain_text("Prøvedrift")
        assert number
        dialog.get_by_role("link", name="Latest finish").click()
        expect(dialog.locator("[aria-current]")).to_have_text("Latest finish")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


@pytest.mark.parametrize("screen", ["desktop", "narrow"])
def test_drawings_and_the_month_fit_their_screen(page_as, screen):
    with page_as("manager", screen=screen) as page:
        for address in (
            *("/p/SVH/plan/milestones", "/p/SVH/plan/calendar", "/p/SVH/plan/board"),
            *("/p/SVH/plan/export", "/p/SVH/plan/export?format=print", "/my-tasks"),
        ):
            page.goto(address)
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(over) == 0, address
