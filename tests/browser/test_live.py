"""What others change shows on an open page by itself, but never in the middle of typing."""

import re

from tests.browser.test_journey import Words
from tests.browser.waiting import expect

WORDS = Words("nb")
CHANGES = re.compile("/changes")


def add_action(page, title):
    """From another page: quick add below the list."""
    page.goto("/p/NSS/tasks")
    form = page.locator(".register-quick form")
    form.locator("[name=title]").fill(title)
    form.get_by_role("button", name=WORDS("Add")).click()
    link(page, title).wait_for()


def link(page, title):
    return page.locator("#register-rows").get_by_role("link", name=title, exact=True)


def test_a_list_shows_what_another_adds(page_as):
    with page_as("manager") as kari, page_as("coordinator") as ingrid:
        kari.goto("/p/NSS/tasks")
        add_action(ingrid, "Måle fukten i betongen")
        link(kari, "Måle fukten i betongen").wait_for()


def test_the_overview_shows_what_another_does(page_as):
    with page_as("manager") as kari, page_as("coordinator") as ingrid:
        kari.goto("/p/SVH/")
        changes = kari.locator("#changes")
        before = changes.inner_text()
        ingrid.goto("/p/SVH/tasks")
        form = ingrid.locator(".register-quick form")
        form.locator("[name=title]").fill("Bestille flisprøver")
        form.get_by_role("button", name=WORDS("Add")).click()
        expect(changes).not_to_have_text(before, use_inner_text=True)


def test_who_has_chosen_rows_is_asked_first(page_as):
    with page_as("manager") as kari, page_as("coordinator") as ingrid:
        kari.goto("/p/NSS/tasks")
        kari.locator("#register-rows button[popovertarget=register-columns]").click()
        add_action(ingrid, "Rydde i kjelleren")
        note = kari.locator(".live-note")
        note.filter(has_text=WORDS("Something here has been changed.")).wait_for()
        expect(link(kari, "Rydde i kjelleren")).to_have_count(0)
        note.get_by_role("button", name=WORDS("Show it")).click()
        link(kari, "Rydde i kjelleren").wait_for()
        note.wait_for(state="detached")


def let_it_ask_again(page, asked):
    """Time passes in steps: what the page does with the last answer takes its own time."""
    for _step in range(600):
        page.clock.run_for(10_000)
        if asked:
            return
        page.wait_for_timeout(100)


def test_nothing_is_asked_when_the_page_is_hidden_or_nobody_is_signed_in(page_as, visitors):
    with page_as("manager") as kari:
        asked = []
        kari.on("request", lambda one: asked.append(one.url) if "/changes" in one.url else None)
        kari.add_init_script(
            "Object.defineProperty(document, 'hidden', {get: () => window.name !== 'seen'})"
        )
        kari.clock.install()
        kari.goto("/p/NSS/tasks")
        kari.clock.run_for(60_000)
        assert asked == []
        kari.evaluate("() => { window.name = 'seen' }")
        with kari.expect_response(CHANGES):
            kari.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        kari.context.clear_cookies()
        asked.clear()
        with kari.expect_response(CHANGES) as answered:
            let_it_ask_again(kari, asked)
        assert answered.value.status == 401
        asked.clear()
        kari.clock.run_for(300_000)
        assert asked == []
        for record in visitors.records:  # the browser itself says that it got a 401
            record.complaints = [one for one in record.complaints if "401" not in one]
