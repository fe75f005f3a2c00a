"""Filling in a template: saved as one types, by two at once, then sent, approved and kept."""

import re

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.visiting import Visitors
from tests.browser.waiting import expect

TEMPLATE = "/p/SVH/documents/templates/project_initiation_document"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: what is approved here would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def page_as(browser, portal):
    return Visitors(browser, portal).page


def opened(page):
    page.goto(TEMPLATE)
    page.locator("#filled a").first.click()
    expect(page.locator("[data-filling]")).to_be_visible()
    return page.url


def saved(page):
    """Until the server has it: the line then says when, and no longer who wrote before."""
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved \d+:\d\d$"))


def field(page, name):
    return page.locator(f"[name='v:{name}']")


def test_what_one_types_is_kept_and_the_other_sees_it(page_as):
    with page_as("coordinator", language="en") as mine, page_as("manager", language="en") as theirs:
        theirs.goto(opened(mine))
        field(mine, "policies").fill("Universal design.\nTimber where it can be.")
        saved(mine)
        expect(field(theirs, "policies")).to_have_value(re.compile("Timber"))
        field(theirs, "policies").fill("Universal design.\nTimber where it can be.\nNo plastics.")
        saved(theirs)
        mine.reload()
        expect(field(mine, "policies")).to_have_value(re.compile("No plastics"))
        mine.locator("#field-policies").get_by_role("link", name="What stood here before").click()
        expect(mine.locator("#earlier")).to_contain_text("Energikarakter A")


def test_rows_are_added_moved_and_removed_by_keyboard(page_as):
    with page_as("coordinator", language="en") as page:
        opened(page)
        rows = page.locator("[data-field='main_products'] [data-row]")
        expect(rows).to_have_count(3)
        page.locator("[data-field='main_products'] [data-do='add']").press("Enter")
        page.keyboard.type("Parking")
        saved(page)
        rows.nth(3).locator("[data-do='up']").press("Enter")
        rows.nth(0).locator("[data-do='remove']").press("Enter")
        expect(rows).to_have_count(3)
        with page.expect_response(re.compile("/save$")):
            rows.nth(0).locator("textarea").first.fill("Water plant")
        page.reload()
        names = [rows.nth(at).locator("textarea").first for at in range(3)]
        for name, said in zip(names, ("Water plant", "Parking", "Driftsopplegg"), strict=True):
            expect(name).to_have_value(said)


@pytest.mark.parametrize("screen", ["desktop", "phone", "narrow"])
def test_the_page_fits_its_screen_and_is_told_to_everybody(page_as, screen):
    with page_as("coordinator", language="nb", screen=screen) as page:
        opened(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert list(axe(page)) == []


def test_the_coordinator_sends_it_the_owner_approves_it_and_the_file_is_kept(page_as):
    with page_as("coordinator", language="en") as page:
        address = opened(page)
        page.locator("#send").get_by_label("What is new in this version").fill("For BP3")
        page.get_by_role("button", name="Send for decision").click()
        page.get_by_role("link", name="Open the case").click()
        case = page.url
    with page_as("owner", language="en") as page:
        page.goto(case)
        page.locator("#decide input[name=alternative][value=A]").check()
        page.locator("#decide form").get_by_role("button", name="Decide").click()
        expect(page.locator("#decide")).to_have_count(0)
        page.goto(address)
        expect(page.locator(".page-header")).to_contain_text("Approved")
        expect(page.locator("#versions")).to_contain_text("Tor Haugen")
        with page.expect_download() as download:
            page.get_by_role("link", name="PDF").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
