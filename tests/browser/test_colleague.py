"""A colleague is away: one page, one act, one undo; as the manager does it, and on a phone."""

import re

import pytest
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect

WEEK = "/p/NSS/team/week"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: what is handed over here would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def card(page, name):
    return page.locator("main .card", has=page.get_by_role("heading", name=re.compile(name)))


def things(page, name):
    return card(page, name).locator(".owed-line").count()


def test_everything_of_a_colleague_is_taken_care_of_and_taken_back(page_as):
    with page_as("manager") as page:
        page.goto(WEEK)
        before = things(page, "Amina Said")
        assert before > 2
        card(page, "Amina Said").locator("a[href*='/team/cover/']").click()
        expect(page).to_have_url(re.compile(r"/team/cover/"))
        page.locator("select[name=to]").select_option(label="Ingrid Lund")
        page.locator(".cover-start button[type=submit]").click()
        expect(page).to_have_url(re.compile(r"to="))
        assert page.locator("form.cover select").count() >= before
        page.locator("form.cover button[type=submit]").click()
        expect(page).to_have_url(re.compile(rf"{WEEK}$"))
        expect(card(page, "Amina Said").locator(".owed-line")).to_have_count(0)
        with page.expect_response(re.compile(r"/undo/")):
            page.locator(".toast-undo").click()
        expect(card(page, "Amina Said").locator(".owed-line")).to_have_count(before)


def test_on_a_phone_nothing_has_to_be_pulled_sideways(page_as):
    with page_as("manager") as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(WEEK)
        address = card(page, "Per Aas").locator("a[href*='/team/cover/']").get_attribute("href")
        for path in (WEEK, address, "/p/NSS/team/retrospectives", "/p/NSS/team/delivered"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
