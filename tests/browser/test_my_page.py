"""My page with the mouse and the keyboard: work ticked off, something new, the letter answered."""

import re

from tests.browser.waiting import expect

LINK = re.compile(r'href="([^"]*/answer/[^"]+)"')


def test_a_tick_finishes_work_without_leaving_and_undo_brings_it_back(page_as):
    with page_as("coordinator") as page:
        page.goto("/")
        first = page.locator(".week-list li").first
        what = first.locator("a.ds-link").inner_text()
        page.evaluate("window.stayed = true")
        first.locator("button.tick").click()
        toast = page.locator(".toast", has_text=what)
        toast.wait_for()
        assert page.evaluate("window.stayed") is True
        expect(page.locator("#week")).not_to_contain_text(what)
        toast.locator("button.toast-undo").click()
        page.wait_for_function("() => !window.stayed")
        page.locator("#week", has_text=what).wait_for()


def test_another_date_is_given_in_a_dialog(page_as):
    with page_as("coordinator") as page:
        page.goto("/")
        page.evaluate("window.stayed = true")
        page.locator(".week-tools a").first.click()
        dialog = page.locator("dialog[open]")
        dialog.locator("input[name=until]").fill("+5d")
        dialog.locator("button[type=submit]").click()
        page.locator(".toast").wait_for()
        expect(dialog).to_have_count(0)
        assert page.evaluate("window.stayed") is True


def test_a_new_action_from_my_page_takes_a_key_a_line_and_enter(page_as):
    with page_as("coordinator") as page:
        page.goto("/")
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.locator("#new-form input[name=title]:focus").wait_for()
        chosen = page.locator("#new-project").input_value()
        page.keyboard.type("Kjøpe inn kaffe")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/p/{chosen}/tasks*")
        page.locator(".toast").wait_for()


def test_the_project_above_the_form_decides_where_it_goes_and_keeps_what_is_typed(page_as):
    with page_as("coordinator") as page:
        page.goto("/portfolio")
        page.locator("button[popovertarget=new-menu]").click()
        page.locator('#new-menu a[href="/new/action"]').click()
        page.locator("#new-form input[name=title]:focus").wait_for()
        page.keyboard.type("Bestille esker")
        choice = page.locator("#new-project")
        other = "FLY" if choice.input_value() != "FLY" else "NSS"
        choice.select_option(other)
        form = page.locator(f'#new-form form[action*="/p/{other}/"][data-begun]')
        form.wait_for()
        expect(form.locator("input[name=title]")).to_have_value("Bestille esker")
        form.locator("button[type=submit]").click()
        page.wait_for_url(f"**/p/{other}/tasks*")
        page.locator(".toast").wait_for()


def test_a_link_of_the_letter_is_answered_on_a_phone_by_whoever_is_not_signed_in(page_as):
    with page_as("member") as page:
        page.goto("/monday-letter")
        links = LINK.findall(page.content())
    with page_as(None, screen="phone") as page:
        page.goto(links[2])
        page.locator("textarea").fill("Venter på tegninger")
        page.locator("form.form button[type=submit]").click()
        page.locator("[role=status]:not(#toasts)").wait_for()
        page.goto("/")
        assert "/account/login" in page.url
