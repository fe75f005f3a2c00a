"""From a failed test on a phone to the customer's acceptance, the gate, and what is archived."""

import csv
import hashlib
import io
import json
import re
import zipfile

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.test_closing import carry_on_what_is_open, evaluate_everything
from tests.browser.test_sharing import CUSTOMER, its_mail
from tests.browser.visiting import ADMINISTRATOR
from tests.browser.waiting import expect
from tests.browser.walking import WALKS, Walk, fits
from tests.documents.test_attachments import photo

from tospann.seals.ring import Ring

PROJECT = "/p/FLY"
HOME, GATE = f"{PROJECT}/quality", f"{PROJECT}/decisions/gates/B"
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


def test_from_a_fault_to_a_closed_and_archived_project(page_as, portal, look, tmp_path):
    walk = Walk(page_as, look)
    with walk.somebody("line_manager") as page:
        turns_quality_on(page)
    with walk.somebody("coordinator") as page:
        adds_a_rule(page)
        plans(walk, page)
        holds(page, "yes")
    with walk.somebody("member", screen="phone") as page:
        tries(walk, page, "A", note="Får se andres sak")
    with walk.somebody("coordinator") as page:
        holds(page, "no")
        walk.picture(page, "gate-points")
        corrects(walk, page)
    with walk.somebody("member", screen="phone") as page:
        tries(walk, page, "passed")
    with walk.somebody("line_manager") as page:
        holds(page, "yes")
        shares(page)
        puts_forward(page)
    with walk.somebody(None, screen="phone") as visitor:
        accepts(walk, visitor, portal)
    with walk.somebody("coordinator") as page:
        is_accepted(page)
        page.goto(HOME)
        examine(walk, page, "overview")
        page.goto(f"{PROJECT}/close")
        carry_on_what_is_open(page, walk.words)
        evaluate_everything(page, walk.words)
        case = prepares_the_gate(walk, page)
    with walk.somebody(ADMINISTRATOR, screen="phone") as page:  # who owns this project
        passes_the_gate(walk, page, case)
    with walk.somebody(ADMINISTRATOR) as page:
        archives(walk, page, tmp_path)


def turns_quality_on(page):
    """A small project begins without it."""
    page.goto(f"{PROJECT}/settings/menu")
    form = page.locator("main form", has=page.locator("[name=modules]"))
    form.locator("[name=features][value=quality], [name=modules][value=quality]").first.check()
    form.locator("button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/settings/menu" not in url)


def adds_a_rule(page):
    """To the last gate, which closes the project."""
    page.goto(f"{GATE}/rules")
    page.locator("a[href*='rule=no_open_faults']").click()
    form = page.locator("main form", has=page.locator("[name=text]"))
    form.locator("[name=text]").fill(POINT)
    form.locator("[name=grade]").select_option("A")
    form.locator("button[type=submit]").first.click()
    page.wait_for_url(re.compile(rf"{GATE}$"))


def holds(page, answer):
    page.goto(GATE)
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
    visitor.wait_for_url(re.compile(r"/rooms/FLY/$"))
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
    page.goto(f"{PROJECT}/decisions/log")
    expect(page.locator("main")).to_contain_text(DELIVERABLE)


def prepares_the_gate(walk, page):
    """What is ticked by hand is; what is a rule answers for itself. Gives the case."""
    words = walk.words
    page.goto(GATE)
    by_hand = page.locator("#checklist form button")
    for left in range(by_hand.count(), 0, -1):
        by_hand.first.click()
        expect(by_hand).to_have_count(left - 1)
    page.get_by_role("link", name=words("Prepare the gate")).click()
    form = page.locator("main form", has=page.locator("[name=recommended]"))
    form.locator("[name=recommended][value=proceed]").check()
    form.locator("[name=recommendation]").fill("Kunden har godtatt leveransen.")
    form.locator("button[name=then][value=submit]").click()
    page.wait_for_url("**/decisions/cases/*")
    return page.url


def passes_the_gate(walk, page, case):
    page.goto(case)
    form = page.locator("#decide form")
    form.locator("[name=alternative][value=proceed]").check()
    form.locator("[name=reason]").fill("Alt er prøvd og godtatt.")
    form.get_by_role("button", name=walk.words("Decide"), exact=True).click()
    expect(page.get_by_role("link", name=walk.words("Read the decision"))).to_be_visible()
    page.goto(GATE)
    kept = page.locator("#checklist tr", has_text=POINT)
    expect(kept).to_contain_text(walk.words("Holds"))
    examine(walk, page, "gate-passed")
    page.goto(f"{PROJECT}/close")
    closed = page.get_by_role("heading", name=walk.words("The project is closed"))
    expect(closed).to_be_visible()


def archives(walk, page, folder):
    """The package is made while one waits, fetched, and proves what is in it."""
    page.goto(f"{PROJECT}/close")
    page.get_by_role("link", name=walk.words("Archive package")).click()
    page.get_by_role("button", name=walk.words("Make an archive package")).click()
    page.get_by_role("link", name=walk.words("Show the result")).click(timeout=120_000)
    page.wait_for_url(re.compile(r"/archive$"))
    examine(walk, page, "archive")
    with page.expect_download() as fetched:
        page.get_by_role("link", name=walk.words("Fetch the package")).first.click()
    fetched.value.save_as(folder / "package.zip")
    with zipfile.ZipFile(folder / "package.zip") as packed:
        names = packed.namelist()
        top = next(name for name in names if name.endswith("manifest-sha256.txt"))[:-19]
        manifest = packed.read(f"{top}manifest-sha256.txt")
        listed = dict(line.split("  ", 1)[::-1] for line in manifest.decode().splitlines())
        unlisted = {"manifest-sha256.txt", "manifest-seal.json"}
        assert {name.removeprefix(top) for name in names} - unlisted == set(listed)
        for name, digest in listed.items():
            assert hashlib.sha256(packed.read(top + name)).hexdigest() == digest, name
        seal = json.loads(packed.read(f"{top}manifest-seal.json"))
        key = Ring.published(packed.read(f"{top}keys.json").decode()).find(seal["key"])
        assert key.verifies(bytes.fromhex(seal["signature"]), manifest)
        assert b"<arkiv " in packed.read(f"{top}arkivstruktur.xml")
        read = packed.read(f"{top}audit/journal.csv").decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(read), delimiter=";"))) > 100
