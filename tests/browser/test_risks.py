"""A risk is raised in seconds, and found through the matrix with the keyboard alone."""

import re

import pytest
from tests.browser.waiting import expect

THREAT = "Kranen står i sterk vind"


def test_a_member_raises_a_risk_and_finds_it_by_its_cell(page_as):
    with page_as("member") as page:
        page.goto("/p/SVH/risks")
        page.locator("main a[href$='/risks/new']").first.click()
        dialog = page.locator("dialog[open]")
        dialog.locator("[name=title]").fill(THREAT)
        dialog.locator("[name=probability]").select_option("5")
        dialog.locator("[name=impact]").select_option("4")
        dialog.locator("[name=title]").press("Enter")
        page.wait_for_url(re.compile(r"/p/SVH/risks/\d+$"))
        expect(page.locator("h1")).to_have_text(re.compile("^" + THREAT))
        expect(page.locator("#level .level").first).to_have_attribute("data-rank", "4")
        page.goto("/p/SVH/risks/matrix")
        cell = page.locator("a[href*='now=5x4']")
        cell.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"now=5x4"))
        expect(page.get_by_role("link", name=THREAT)).to_have_count(1)


@pytest.mark.parametrize("screen", ["phone", "narrow"])
def test_the_matrix_fits_the_screen(page_as, screen):
    with page_as("coordinator", screen=screen) as page:
        page.goto("/p/SVH/risks/matrix")
        table = page.locator(".matrix").first
        box, width = table.bounding_box(), page.evaluate("innerWidth")
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        words = "cells => cells.filter(c => c.scrollWidth > c.clientWidth).length"
        assert page.locator(".matrix tbody td").evaluate_all(words) == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
