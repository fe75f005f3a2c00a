"""Assertions that wait: a page says what it will in its own time, on a busy machine too."""

LONGEST = 60_000
"""Milliseconds until something that must come is given up; nobody waits for what is there."""


def expect(what):
    """Playwright's own, with our patience: ``expect(locator).to_have_text(…)``."""
    from playwright.sync_api import expect as wait_until

    wait_until.set_options(timeout=LONGEST)
    return wait_until(what)


def all_is_kept(page):
    """Whatever was typed is with the server: the browser keeps none of it any more."""
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
