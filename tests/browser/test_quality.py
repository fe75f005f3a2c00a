"""From a failed test on a phone to what the customer accepts, and the gate that follows."""

import re

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.test_sharing import CUSTOMER, its_mail, stored
from tests.browser.waiting import expect
from tests.browser.walking import WALKS, Walk, fits
from tests.documents.test_attachments import photo

HOME = "/p/NSS/quality"
DELIVERABLE, ROUND, TEST = "Innsyn for innbyggere", "Kundetest 3", "Åpne egen sak"
POINT = "Ingen kritiske feil står igjen"


@pytest.fixture(scope="module", params=WALKS)
def look(request):
    return request.param


@pytest.fixture(scope="module")
def portal(tmp_path_factory, look):
    """One of its own: a gate gets a new point, and a deliverable is accepted."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def examine(walk, page, name):
    assert list(axe(page)) == []
    fits(page)
    walk.picture(page, f"quality-{name}")


def test_a_fault_is_found_corrected_and_the_deliverable_accepted(page_as, portal, look):
    walk = Walk(page_as, look)
    with walk.somebody("coordinator") as page:
        gate = adds_a_rule(page, portal)
        plans(walk, page)
        holds(page, gate, "yes")
    with walk.somebody("member", screen="phone") as page:
        tries(walk, page, "A", note="Får se andres sak")
    with walk.somebody("coordinator") as page:
        holds(page, gate, "no")
        walk.picture(page, "gate-points")
        corrects(walk, page)
    with walk.somebody("member", screen="phone") as page:
        tries(walk, page, "passed")
    with walk.somebody("manager") as page:
        holds(page, gate, "yes")
        shares(page)
        puts_forward(page)
    with walk.somebody(None, screen="phone") as visitor:
        accepts(walk, visitor, portal)
    with walk.somebody("manager") as page:
        is_accepted(page)
        page.goto(HOME)
        examine(walk, page, "overview")


def adds_a_rule(page, portal):
    """To the next gate that is not decided; gives its page."""
    asked = """select gate.code from projects_gate gate
        join projects_project project on project.id = gate.project_id
        where project.key = 'NSS' and gate.state = 'open' order by gate.position"""
    gate = f"/p/NSS/decisions/gates/{stored(portal, asked)[0][0]}"
    page.goto(f"{gate}/rules")
    page.locator("a[href*='rule=no_open_faults']").click()
    form = page.locator("main form", has=page.locator("[name=text]"))
    form.locator("[name=text]").fill(POINT)
    form.locator("[name=grade]").select_option("A")
    form.locator("button[type=submit]").first.click()
    page.wait_for_url(re.compile(rf"{gate}$"))
    return gate


def holds(page, gate, answer):
    page.goto(gate)
    expect(page.locator("#checklist li", has_text=POINT)).to_have_attribute("data-done", answer)


def plans(walk, page):
    """A deliverable, and a round with one test of it."""
    page.goto(f"{HOME}/deliverables")
    page.locator("main a[href$='/deliverables/new']").first.click()
    form = page.locator("#modal form")
    form.locator("[name=title]").fill(DELIVERABLE)
    form.locator("[name=criteria]").fill("Bare egne saker vises")
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/deliverables/\d+$"))
    examine(walk, page, "deliverable")
    page.goto(f"{HOME}/rounds")
    page.locator("main a[href$='/rounds/new']").first.click()
    form = page.locator("#modal form")
    form.locator("[name=title]").fill(ROUND)
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/rounds/\d+$"))
    page.locator("main a[href$='/add-cases-to']").click()
    form = page.locator("#modal form")
    form.locator("[name=titles]").fill(TEST)
    form.locator("button[type=submit]").click()
    expect(page.locator("#tests")).to_contain_text(TEST)
    examine(walk, page, "round")


def tries(walk, page, came, note=""):
    """Two taps: the test, and what came of it."""
    page.goto(f"{HOME}/rounds")
    page.get_by_role("link", name=ROUND).first.click()
    page.locator(".test-row", has_text=TEST).click()
    examine(walk, page, f"try-{came}")
    if note:
        page.locator("[name=note]").fill(note)
        taken = {"name": "bevis.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 480)}
        page.locator("[name=photo]").set_input_files(taken)
    page.locator(f"button[name=result][value={came}]").click()
    page.wait_for_url(re.compile(r"/rounds/\d+$"))


def corrects(walk, page):
    page.goto(f"{HOME}/nonconformities")
    page.get_by_role("link", name=TEST).first.click()
    expect(page.locator("#results img")).to_have_count(1)
    examine(walk, page, "nonconformity")
    page.locator("main a[href$='/correct']").click()
    form = page.locator("#modal form")
    form.locator("[name=cause]").fill("Tilgangen ble ikke spurt om")
    form.locator("[name=correction]").fill("Den spørres om ved hvert oppslag")
    form.locator("button[type=submit]").click()
    expect(page.locator("main a[href$='/reopen']")).to_have_count(1)


def shares(page):
    page.goto(f"{HOME}/deliverables")
    page.get_by_role("link", name=DELIVERABLE).first.click()
    page.locator("main a[href*='/sharing/of/quality.deliverable/']").click()
    page.locator("main a[href$='/new']").first.click()
    form = page.locator("#modal form")
    form.locator("input[name=kind][value=guest]").check()
    form.locator("[name=email]").fill(CUSTOMER)
    form.locator("[name=name]").fill("Ola Kunde")
    form.locator("button[type=submit]").click()
    expect(page.locator("#principals")).to_contain_text(CUSTOMER)


def puts_forward(page):
    page.goto(f"{HOME}/deliverables")
    page.get_by_role("link", name=DELIVERABLE).first.click()
    page.locator("main a[href$='/forward']").click()
    form = page.locator("#modal form")
    room = form.locator("ds-suggestion", has=page.locator("select[name=share]"))
    room.locator("input").press_sequentially("Ola")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(room.locator("data")).to_contain_text("Ola Kunde")
    form.locator("button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Ola Kunde")


def accepts(walk, visitor, portal):
    link = re.search(r"/room/\S+", its_mail(visitor, portal, "shared"))[0]
    visitor.goto(link)
    visitor.wait_for_url(re.compile(r"/rooms/NSS/$"))
    visitor.locator("#gate button[type=submit]").click()
    code = re.search(r"\d{6}", its_mail(visitor, portal, "code"))[0]
    visitor.locator("[name=code]").fill(code)
    visitor.locator("#gate form").first.locator("button[type=submit]").click()
    box = visitor.locator("#delivered-1")
    expect(box).to_contain_text(DELIVERABLE)
    examine(walk, visitor, "room")
    box.locator("[name=name]").fill("Ola Kunde")
    box.locator("button[value=accepted]").click()
    expect(visitor.locator("#deliverables .tag")).to_have_attribute("data-tone", "success")


def is_accepted(page):
    page.goto(f"{HOME}/deliverables")
    page.get_by_role("link", name=DELIVERABLE).first.click()
    expect(page.locator("h1 + .tag, .page-header .tag").first).to_have_attribute(
        "data-tone", "success"
    )
    page.goto("/p/NSS/decisions/log")
    expect(page.locator("main")).to_contain_text(DELIVERABLE)
