"""A supplier's change order becomes a case that moves money and plan; and whose the reserve is."""

import re

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect

HOME = "/p/SVH/money/contracts"
CASE = re.compile(r"/decisions/cases/\d+$")
TITLE, LINE, TASK = "Ekstra sluk i garderoben", "Bygning", "Fundament og bæresystem"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: the decisions change its contracts, its money and its plan."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def digits(text):
    return int(re.sub(r"\D", "", text.split(",")[0]))


def budgeted(page):
    """What the line may cost, in kroner."""
    page.goto("/p/SVH/money")
    row = page.locator("main tbody tr", has_text=LINE)
    return digits(row.locator("td[data-label]").filter(has_text="kr").first.inner_text())


def finish(page):
    page.goto(f"/p/SVH/plan?q={TASK}")
    return page.locator("main tbody tr", has_text=TASK).first.inner_text()


def sum_now(page):
    page.goto(HOME)
    page.get_by_role("link", name="Totalentreprise ny svømmehall").click()
    return digits(
        page.locator(".figures .figure strong, .figures dd, .figure-value").first.inner_text()
    )


def test_a_change_order_moves_contract_budget_and_plan(page_as):
    with page_as("coordinator") as page:
        before = (sum_now(page), budgeted(page), finish(page))
        case = put_forward(page)
        assert (sum_now(page), budgeted(page), finish(page)) == before
    with page_as("owner", screen="phone") as page:
        approve(page, case)
    with page_as("manager") as page:
        assert sum_now(page) == before[0] + 60_000
        assert budgeted(page) == before[1] + 60_000
        assert finish(page) != before[2]
        page.goto(f"{HOME}/changes")
        row = page.locator("main tbody tr", has_text=TITLE)
        expect(row.locator(".tag")).to_have_attribute("data-tone", "success")


def put_forward(page):
    page.goto(HOME)
    page.get_by_role("link", name="Totalentreprise ny svømmehall").click()
    assert [*axe(page)] == []
    page.locator("main a[href*='/changes/new']").first.click()
    form = page.locator("#modal dialog form")
    form.locator("[name=title]").fill(TITLE)
    form.locator("[name=amount]").fill("60 000")
    form.locator("[name=days]").fill("3")
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/contracts/changes$"))
    page.get_by_role("link", name=TITLE).click()
    assert [*axe(page)] == []
    page.locator("main a[href$='/forward']").click()
    form = page.locator("#modal dialog form")
    form.locator("[name=money][value=line]").check()
    form.locator("button[type=submit]").click()
    page.wait_for_url(CASE)
    expect(page.locator("#alternatives")).to_contain_text(TASK)
    page.locator("form[action$='/submit'] button").click()
    expect(page.locator("form[action$='/submit']")).to_have_count(0)
    return page.url


def approve(page, case):
    page.goto(case)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("#decide")
    box.locator("input[name=alternative][value=A]").check()
    box.locator("textarea[name=reason]").fill("Nødvendig for godkjenningen.")
    box.locator("button[type=submit]").click()
    page.wait_for_url(CASE)
    expect(page.locator("#decide")).to_have_count(0)


def test_the_owners_reserve_is_refused_to_the_manager_and_granted_by_the_owner(page_as):
    with page_as("manager") as page:
        left = owners_reserve(page)
        page.goto("/p/SVH/money")
        page.get_by_role("link", name=LINE).click()
        page.locator("main a[href$='/release/owner']").click()
        form = page.locator("#modal dialog form")
        form.locator("[name=amount]").fill("500 000")
        form.locator("[name=reason]").fill("Grunnforhold")
        form.locator("button[type=submit]").click()
        expect(page.locator("[role=status], .toast").first).to_be_visible()
        assert owners_reserve(page) == left, "asked for, and nothing is released"
        page.goto("/p/SVH/decisions")
        page.locator("main a[href*='/decisions/cases/']", has_text=LINE).first.click()
        page.wait_for_url(CASE)
        case = page.url
        expect(page.locator("#decide")).to_have_count(0)
    with page_as("owner", screen="phone") as page:
        approve(page, case)
        assert owners_reserve(page) == left - 500_000


def owners_reserve(page):
    """What is left of it, as the page of a line says it."""
    page.goto("/p/SVH/money")
    page.get_by_role("link", name=LINE).click()
    shown = page.locator("#reserves .budget-reserve").nth(1).inner_text()
    return digits(re.search(r"([\d\s\u00a0]+)kr", shown)[1])


@pytest.mark.parametrize("screen", ["phone", "narrow"])
def test_the_pages_fit_the_screen(page_as, screen):
    with page_as("coordinator", screen=screen) as page:
        for path in ("", "/notices", "/changes", "/invoices", "/procurements", "/parties"):
            page.goto(f"{HOME}{path}")
            width = page.evaluate("innerWidth")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            link = page.locator("main td.is-link a").first
            link.click()
            page.wait_for_load_state()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
            assert [*axe(page)] == []
