"""Dialogs, errors, undo, shortcuts; and the main job where scripts do not run."""

import re

from tests.browser.test_journey import Words
from tests.browser.waiting import expect

WORDS = Words("nb")


def gate_page(page):
    page.goto("/p/NSS/decisions/gates/G3")
    return page.locator(".checklist > li[data-done=no]")


def test_a_dialog_takes_focus_closes_on_escape_and_gives_focus_back(page_as):
    with page_as("coordinator") as page:
        button = gate_page(page).first.locator("a[hx-get]")
        button.focus()
        page.keyboard.press("Enter")
        page.locator("dialog[open] form").wait_for()
        expect(page.locator("dialog[open] :focus")).to_have_count(1)
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
        expect(button).to_be_focused()


def test_a_wrong_form_says_so_in_a_summary_that_has_focus(page_as):
    with page_as("coordinator") as page:
        page.goto("/p/NSS/decisions/new")
        with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            page.locator("main form button[type=submit]").click()
        assert answered.value.status == 422
        page.locator(".ds-error-summary:focus-within").wait_for()
        link = page.locator(".ds-error-summary a").first
        link.click()
        expect(page.locator("[aria-invalid=true]").first).to_be_focused()


def test_undo_brings_a_completed_action_back(page_as):
    with page_as("coordinator") as page:
        page.goto("/p/NSS/tasks")
        page.get_by_role("link", name="Kalle inn til gjennomgang av B-feil", exact=True).click()
        page.locator("main").get_by_role("button", name=WORDS("Complete")).click()
        toast = page.locator("#toasts")
        toast.get_by_role("button", name=WORDS("Undo")).click()
        page.locator("main").get_by_role("button", name=WORDS("Complete")).wait_for()


def test_ctrl_k_finds_a_page_and_question_mark_tells_the_keys(page_as):
    with page_as("coordinator") as page:
        page.goto("/p/NSS/")
        page.keyboard.press("Control+k")
        page.locator("#palette[open]").wait_for()
        page.keyboard.press("Escape")
        page.locator("#palette[open]").wait_for(state="detached")
        page.keyboard.press("?")
        page.locator("#shortcuts[open]").wait_for()
        page.keyboard.press("Escape")
        expect(page.locator("#shortcuts[open]")).to_have_count(0)
        page.keyboard.press("/")
        expect(page.locator("[data-search]")).to_be_focused()


def test_single_key_shortcuts_can_be_switched_off(page_as):
    with page_as("member") as page:
        page.goto("/p/NSS/")
        page.locator("button[popovertarget=account]").click()
        page.locator("[data-shortcut-switch]").uncheck()
        page.keyboard.press("Escape")
        page.goto("/p/NSS/")
        page.keyboard.press("?")
        page.keyboard.press("Control+k")
        page.locator("#palette[open]").wait_for()
        expect(page.locator("#shortcuts[open]")).to_have_count(0)


def test_without_scripts_a_point_is_settled_and_a_case_decided(page_as):
    with page_as("coordinator", java_script_enabled=False) as page:
        points = gate_page(page)
        left = points.count()
        points.first.get_by_role("link").last.click()
        page.get_by_label(WORDS("Not relevant")).check()
        page.get_by_label(re.compile("^" + WORDS("Reason"))).fill("Gjelder ikke oss.")
        page.locator("main").get_by_role("button", name=WORDS("Save")).click()
        page.get_by_text("Gjelder ikke oss.").wait_for()
        expect(page.locator(".checklist > li[data-done=no]")).to_have_count(left - 1)
    with page_as("manager", java_script_enabled=False) as page:
        page.goto("/")
        page.locator("#decide a[href*='/p/SVH/decisions/cases/']").first.click()
        form = page.locator("#decide form")
        chosen = form.locator("input[name=alternative]:checked")
        expect(chosen).to_have_count(1)  # as recommended
        form.get_by_role("button", name=WORDS("Decide")).click()
        page.get_by_role("link", name=WORDS("Read the decision")).wait_for()


def test_without_scripts_one_signs_in_through_a_door(visitors):
    with visitors.page(None, java_script_enabled=False) as page:
        page.goto("/account/login/")
        page.locator("form[action$='/demo/owner'] button").click()
        page.wait_for_url(visitors.portal.url("/"))
        expect(page.get_by_role("button", name="Tor Haugen")).to_have_count(1)
