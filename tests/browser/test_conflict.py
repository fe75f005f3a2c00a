"""From a request for somebody's time to one decision that changes the plans of two projects."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect
from tests.browser.walking import WALKS, Walk, fits

SCARCE = "Amina Said"
MONEY = {"nb": "kr", "en": "NOK"}
TRIES = 200
"""Times the page is asked for until the worker has found the conflict and its ways out."""


@pytest.fixture(scope="module", params=WALKS)
def look(request):
    return request.param


@pytest.fixture(scope="module")
def portal(tmp_path_factory, look):
    """One of its own: the decision changes its plans."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def accessible(page):
    assert list(axe(page)) == []


def day(days):
    return (timezone.localdate() + timedelta(days=days)).strftime("%d.%m.%Y")


def test_asked_offered_agreed_in_conflict_and_decided_for_both_plans(page_as, look):
    walk = Walk(page_as, look)
    words = walk.words
    with walk.somebody("manager") as page:
        request = she_is_asked_for(page, words)
    with walk.somebody("line_manager") as page:
        she_is_offered(page, words)
    with walk.somebody("manager") as page:
        the_offer_is_accepted(page, words, request)
        revisions = {key: revision_of(page, key) for key in ("NSS", "SVH")}
    with walk.somebody("portfolio_leader") as page:
        address = the_conflict_waits(page, words)
        three_ways_out(page, words)
        walk.picture(page, "conflict")
        it_is_decided_once(page, words)
    with walk.somebody("manager") as page:
        for key, before in revisions.items():
            assert revision_of(page, key) == before + 1
            page.goto(f"/p/{key}/decisions/log")
            expect(page.locator("main")).to_contain_text(SCARCE)
    with walk.somebody("portfolio_leader", screen="phone") as page:
        page.goto(address)
        expect(page.locator("main")).to_contain_text(words("Chosen"))
        accessible(page)
        fits(page)


def she_is_asked_for(page, words):
    page.goto("/p/SVH/team/requests/new")
    form = page.locator("main form.form, main form").last
    form.locator("[name=role]").fill("Testleder for adgangssystemet")
    choose(page, form, words, SCARCE)
    form.locator("[name=percent]").fill("20")
    form.locator("[name=starts_on]").fill(day(52))
    form.locator("[name=ends_on]").fill(day(80))
    form.locator("button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Testleder for adgangssystemet")
    link = page.get_by_role("link", name="Testleder for adgangssystemet")
    if link.count():
        link.first.click()
    page.wait_for_url(re.compile(r"/team/requests/\d+$"))
    accessible(page)
    return page.url


def choose(page, form, words, name):
    """Type part of a name into the choice with search, and take the hit."""
    box = form.get_by_label(re.compile("^" + re.escape(words("A certain person")))).first
    box.click()
    box.press_sequentially(name.split()[0])
    page.get_by_role("option", name=name).first.click()


def she_is_offered(page, words):
    page.goto("/line")
    accessible(page)
    page.get_by_role("link", name="Testleder for adgangssystemet").first.click()
    row = page.locator("tr", has_text=SCARCE).filter(has=page.locator("a[href*='/offer']"))
    page.goto(row.first.locator("a[href*='/offer']").first.get_attribute("href"))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/line/requests/[0-9a-f-]+$"))
    expect(page.locator("main")).to_contain_text(SCARCE)


def the_offer_is_accepted(page, words, request):
    page.goto(request)
    page.get_by_role("button", name=words("Accept the offer")).click()
    expect(page.locator("main")).to_contain_text(SCARCE)
    page.goto("/p/SVH/team/agreements")
    expect(page.locator("main")).to_contain_text(SCARCE)
    accessible(page)


def revision_of(page, key):
    return page.request.get(f"/api/v1/projects/{key}/plan").json()["revision"]


def the_conflict_waits(page, words):
    """On the portfolio's page, once the worker has found it and tried the ways out."""
    for _time in range(TRIES):
        page.goto("/portfolio")
        link = page.locator("#conflicts, section").get_by_role("link", name=SCARCE)
        if link.count():
            break
    accessible(page)
    link.first.click()
    expect(page.locator("h1")).to_contain_text(SCARCE)
    for _time in range(TRIES):
        if page.locator(".way-out").count() == 3:
            break
        page.reload()
    return page.url


def three_ways_out(page, words):
    assert page.locator(".way-out").count() == 3
    for way in page.locator(".way-out").all():
        expect(way).to_contain_text(words("Solves it"))
        assert way.locator("tbody tr").count() == 2
        expect(way.locator("tbody")).to_contain_text(MONEY[words.language])
    accessible(page)


def it_is_decided_once(page, words):
    page.locator("input[name=way][value=A]").check()
    page.locator("[name=reason]").fill("Begge har slakk der det gjelder.")
    page.get_by_role("button", name=words("Decide"), exact=True).click()
    expect(page.locator("main")).to_contain_text(words("Decided: %(what)s", what="").strip()[:8])
    assert page.locator("input[name=way]").count() == 0
