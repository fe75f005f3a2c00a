"""A document on its way to a customer: a case, a mail, a code, the room on a phone, and its end."""

import os
import re
import sqlite3
import uuid
from pathlib import Path

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.test_journey import Words
from tests.browser.waiting import expect

PICTURES = os.environ.get("TOSPANN_LOOK", "")
DOCUMENT, CUSTOMER = "Leveransenotat 2.docx", "ola.kunde@example.org"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: sharing is stopped in it."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def look(page, name):
    assert list(axe(page)) == []
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def stored(portal, question, *values):
    """What the portal's database says, read beside it."""
    with sqlite3.connect(f"file:{portal.data}/tospann.sqlite3?mode=ro", uri=True) as database:
        return database.execute(question, values).fetchall()


def its_mail(page, portal, key):
    """What the outbox holds for the customer: the worker writes it in its own time."""
    asked = """select body from notifications_outboxmail
               where "to" = ? and key like ? order by id desc limit 1"""
    for _look in range(600):
        if found := stored(portal, asked, CUSTOMER, f"{key}:%"):
            return found[0][0]
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail {key}")


def test_to_the_customer_and_back(page_as, portal):
    with page_as("coordinator") as page:
        document = proposes_to_share(page, portal)
    with page_as("manager") as page:
        approves_the_case(page, portal)
    with page_as(None, screen="phone") as visitor:
        comes_in(visitor, portal)
        with page_as("coordinator") as page:
            asks_for_acceptance(page, document)
        accepts(visitor)
        with page_as("manager") as page:
            the_decision_is_there(page)
            stops_all_sharing(page)
        is_shut_out(visitor, portal)


def proposes_to_share(page, portal):
    """The coordinator may prepare it; she is told who decides. Gives the document's address."""
    number = stored(portal, "select number from documents_document where name = ?", DOCUMENT)
    document = f"/p/NSS/documents/{number[0][0]}"
    page.goto(document)
    look(page, "document")
    page.locator(".sharing-chip").click()
    expect(page.locator("#principals")).to_contain_text("Kari Nordmann")
    look(page, "who-sees")
    page.locator("main a[href$='/new']").first.click()
    form = page.locator("#modal form")
    form.locator("input[name=kind][value=guest]").check()
    form.locator("[name=email]").fill(CUSTOMER)
    form.locator("[name=name]").fill("Ola Kunde")
    look(page, "share-form")
    form.locator("button[type=submit]").click()
    expect(page.locator("body")).to_contain_text(Words("nb").part("Sent as a proposal. %(why)s"))
    expect(page.locator("#principals")).not_to_contain_text(CUSTOMER)
    return document


def approves_the_case(page, portal):
    newest = """select found.number from cases_case found
        join projects_project project on project.id = found.project_id
        where project.key = 'NSS' and found.state = 'submitted' order by found.id desc"""
    page.goto(f"/p/NSS/decisions/cases/{stored(portal, newest)[0][0]}")
    look(page, "share-case")
    box = page.locator("#decide")
    box.locator("button[type=submit]").first.click()
    expect(page.locator("#decide")).to_have_count(0)


def comes_in(visitor, portal):
    """By the link in the mail and the code in another; then the link's address is spent."""
    link = re.search(r"/room/\S+", its_mail(visitor, portal, "shared"))[0]
    visitor.goto(link)
    visitor.wait_for_url(re.compile(r"/rooms/NSS/$"))
    expect(visitor.locator("main")).not_to_contain_text(DOCUMENT)
    look(visitor, "room-gate-phone")
    visitor.locator("#gate button[type=submit]").click()
    code = re.search(r"\d{6}", its_mail(visitor, portal, "code"))[0]
    visitor.locator("[name=code]").fill(code)
    visitor.locator("#gate form").first.locator("button[type=submit]").click()
    expect(visitor.locator("#documents")).to_contain_text(DOCUMENT)


def asks_for_acceptance(page, document):
    page.goto(document)
    page.locator("a[href*='/room/ask/']").click()
    form = page.locator("#modal form")
    form.locator("[name=title]").fill("Leveranse 2")
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/p/NSS/room$"))
    look(page, "room-settings")


def accepts(visitor):
    visitor.reload()
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 390
    look(visitor, "room-phone")
    box = visitor.locator("section", has_text="Leveranse 2").first
    box.locator("[name=name]").fill("Ola Kunde")
    box.locator("button[value=yes]").click()
    expect(visitor.locator("#answered")).to_contain_text("Leveranse 2")
    look(visitor, "room-accepted-phone")


def the_decision_is_there(page):
    page.goto("/p/NSS/decisions/log")
    expect(page.locator("main")).to_contain_text("Leveranse 2")


def stops_all_sharing(page):
    page.goto("/p/NSS/sharing")
    look(page, "shares")
    page.locator("a[href$='/sharing/stop']").click()
    form = page.locator("#modal form")
    form.locator("[name=reason]").fill("Feil mottaker")
    form.locator("button[type=submit]").click()
    expect(page.locator("#stopped")).to_contain_text("Ola Kunde")


def is_shut_out(visitor, portal):
    """Everywhere at once: the room, the document's page, the file and the link."""
    number = "select id from documents_document where name = ?"
    pk = str(uuid.UUID(stored(portal, number, DOCUMENT)[0][0]))
    inside = f"{portal.address}/rooms/NSS/"
    link = re.search(r"/room/\S+", its_mail(visitor, portal, "shared"))[0]
    ways = ("", f"documents/{pk}", f"documents/{pk}/file")
    for address in (*(inside + way for way in ways), portal.url(link)):
        assert visitor.request.get(address).status == 404, address
