"""The weekly timesheet: one hand on a phone, the keyboard at a desk, and the week approved."""

import re

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect

REACH = 0.55
"""How far up a phone the thumb of the hand that holds it gets, counted from the bottom."""
LEAST = 44
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: weeks are sent and approved here."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def total(page):
    return page.locator(".hours-total [data-week-sum]")


def cells_of_the_day(page):
    return page.locator(".hours-grid td:visible .hours-cell")


def within_reach(page, what):
    """It is big enough, and stands where the thumb is."""
    box = what.bounding_box()
    height = page.viewport_size["height"]
    assert box["height"] >= LEAST, what
    assert box["y"] >= height * (1 - REACH), what
    assert box["y"] + box["height"] <= height, what


@pytest.mark.parametrize("screen", ["phone", "narrow"])
def test_a_week_fits_a_phone_and_has_what_it_needs_at_the_thumb(page_as, screen):
    with page_as("member", screen=screen) as page:
        page.goto("/hours")
        assert page.evaluate(OVERFLOW) <= 0
        for button in page.locator(".hours-actions button").all():
            within_reach(page, button)
        for day in page.locator(".hours-days label").all():
            within_reach(page, day)
        for what in page.locator(".hours-grid td:visible :is(.hours-cell, .hours-step)").all():
            box = what.bounding_box()
            assert min(box["width"], box["height"]) >= LEAST, what
        for cell in page.locator(".hours-cell").all():
            assert cell.get_attribute("inputmode") == "decimal"
        assert [*axe(page)] == []


def test_hours_are_given_with_one_hand_and_sent(page_as):
    with page_as("member", screen="phone") as page:
        page.goto("/hours")
        page.get_by_role("link", name=re.compile("Uken etter")).click()
        page.wait_for_url("**week=*")
        page.get_by_role("button", name="Som planlagt").click()
        page.locator(".toast").wait_for()
        expect(total(page)).to_have_text(re.compile(r"[1-9]"))
        page.reload()
        expect(total(page)).to_have_text(re.compile(r"[1-9]"))
        before = float(total(page).inner_text().replace(",", "."))
        page.locator(".hours-days label").nth(2).click()
        shown = page.locator("td[data-step='2']:visible")
        expect(page.locator("td[data-step='0']:visible")).to_have_count(0)
        more = shown.first.locator("button.hours-step").last
        assert more.bounding_box()["width"] >= LEAST
        more.click()
        more.click()
        expect(total(page)).to_have_text(f"{before + 1:g}".replace(".", ","))
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".hours-state")).to_contain_text("Sendt til godkjenning")
        assert page.locator(".hours-cell").count() == 0


def test_the_arrows_go_from_cell_to_cell_and_the_sums_follow(page_as):
    with page_as("member") as page:
        page.goto("/hours")
        cells = page.locator(".hours-cell")
        cells.first.focus()
        page.keyboard.type("3,5")
        page.keyboard.press("ArrowRight")
        page.keyboard.type("4:15")
        expect(page.locator("tbody [data-row-sum]").first).to_have_text("7,75")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.id") == "h-0-0"
        assert [*axe(page)] == []


def test_what_cannot_be_hours_leads_to_its_cell(page_as):
    with page_as("member") as page:
        page.goto("/hours")
        page.locator(".hours-cell").nth(1).fill("37,5")
        page.get_by_role("button", name="Lagre").click()
        page.locator("a[href='#h-0-1']").click()
        assert page.evaluate("document.activeElement.id") == "h-0-1"
        assert page.locator("#h-0-1").input_value() == "37,5"


def test_nothing_typed_is_lost_where_there_is_no_network(page_as):
    """Without a network nothing is sent; what was typed is there again until it is saved."""
    with page_as("member", screen="phone") as page:
        page.goto("/hours")
        unsaved = page.locator(".hours-unsaved:visible")
        words = page.locator("form[data-hours]").get_attribute
        not_saved, no_network = words("data-unsaved"), words("data-offline")
        expect(unsaved).to_have_count(0)
        page.locator(".hours-days label").nth(3).click()
        cells_of_the_day(page).first.fill("6,5")
        expect(unsaved).to_have_text(not_saved)
        page.context.set_offline(True)
        page.get_by_role("button", name="Lagre").click()
        expect(unsaved).to_have_text(no_network)
        page.context.set_offline(False)
        page.reload()
        page.locator(".hours-days label").nth(3).click()
        expect(cells_of_the_day(page).first).to_have_value("6,5")
        expect(unsaved).to_have_text(not_saved)
        page.get_by_role("button", name="Lagre").click()
        page.locator(".toast").wait_for()
        page.reload()
        expect(unsaved).to_have_count(0)
        expect(page.locator("#h-0-3")).to_have_value("6,5")


def test_many_weeks_are_approved_in_one_go(page_as):
    with page_as("manager") as page:
        page.goto("/p/NSS/team/hours")
        assert [*axe(page)] == []
        page.locator("[data-select-all]").check()
        page.get_by_role("button", name="Godkjenn").click()
        page.locator(".toast").wait_for()
        expect(page.locator("input[name=pick]")).to_have_count(0)
