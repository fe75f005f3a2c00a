"""The telephone rings: who, what and what was promised, in four movements of the hand."""

from tests.browser.counting import Hand
from tests.browser.waiting import expect


def test_a_telephone_note_takes_four_interactions_from_any_project_page(page_as):
    with page_as("coordinator") as page:
        page.goto("/p/FLY/plan")
        hand = Hand(page)
        hand.press("t", "t")
        who = page.locator("#modal input[name=who]")
        who.wait_for()
        expect(who).to_be_focused()
        hand.fill(who, "Trine Moe (Moe Flytting AS)", "who")
        hand.fill(page.locator("#modal input[name=promised]"), "Sende nøkler innen +3d", "promised")
        hand.press("Enter", "Enter")
        page.locator(".toast").wait_for()
        assert hand.interactions <= 4
        assert page.url.endswith("/p/FLY/plan"), "one is back where one was"
        page.goto("/p/FLY/promises")
        row = page.locator("#register-rows tr", has_text="Sende nøkler")
        expect(row).to_contain_text("Trine Moe")
        row.locator("a.ds-link", has_text="Sende nøkler").click()
        page.locator("dd a", has_text="Trine Moe").first.click()
        page.wait_for_url("**/p/FLY/contacts/*")
        expect(page.locator("#promised")).to_contain_text("Sende nøkler")


def test_what_is_missing_is_said_in_the_dialog_and_what_was_typed_stays(page_as):
    with page_as("member") as page:
        page.goto("/p/NSS/notes")
        page.locator("main [hx-get$='/notes/new']").first.click()
        who = page.locator("#modal input[name=who]")
        who.fill("Ola Berg")
        page.locator("#modal button[type=submit]").click()
        page.locator("#modal [aria-invalid=true]").wait_for()
        expect(who).to_have_value("Ola Berg")
        page.locator("#modal textarea[name=text]").fill("Ringer igjen i morgen")
        page.locator("#modal button[type=submit]").click()
        page.locator("#register-rows a.ds-link", has_text="Ringer igjen i morgen").wait_for()


def test_from_my_page_the_key_asks_which_project(page_as):
    with page_as("coordinator") as page:
        page.goto("/")
        page.keyboard.press("t")
        page.locator("#new-form input[name=who]").wait_for()
        expect(page.locator("#new-project")).to_have_count(1)
