"""Moments of a week, walked as people walk them; how much each takes stands in docs/moments.md."""

import io
import re
import time

import pytest
from PIL import Image
from tests.browser.counting import Hand, keep
from tests.browser.meeting_room import call, held, stored
from tests.browser.serving import demo_portal
from tests.browser.test_journey import Words
from tests.browser.waiting import expect

WORDS = Words("nb")


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: what is signed and decided here would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def named(page, role, msgid, **values):
    return page.get_by_role(role, name=WORDS(msgid, **values), exact=True)


def test_monday_morning_everyone_overdue_is_reminded(page_as):
    with page_as("coordinator") as page:
        hand = Hand(page)
        page.goto("/")
        for heading in ("To prepare", "My week", "Since Friday"):
            expect(page.get_by_role("heading", name=WORDS(heading)).first).to_be_visible()
        behind = page.locator("#chase .work-list li").count()
        assert behind >= 1
        hand.click(page.locator("#chase button"), "Purr alle")
        page.locator("#toasts").get_by_text(re.compile(r"\d")).first.wait_for()
    keep("Mandag morgen: purr alle som er på etterskudd", hand)


def test_the_customer_calls_and_a_promise_is_noted(page_as):
    with page_as("manager") as page:
        page.goto("/p/NSS/")
        hand = Hand(page)
        hand.press("t", "t")
        dialog = page.locator("dialog[open]")
        dialog.locator("[name=who]").wait_for()
        hand.fill(dialog.locator("[name=who]"), "Berit Strand (Kundesenteret)", "hvem")
        promised = dialog.locator("[name=promised]")
        hand.fill(promised, "Sende ny brukerliste innen fredag", "hva som ble lovet, og når")
        hand.press("Enter", "Enter")
        dialog.wait_for(state="detached")
        page.goto("/p/NSS/promises")
        row = page.locator("tbody tr").filter(has_text="Sende ny brukerliste")
        expect(row).to_contain_text("Berit Strand")
        expect(row).to_contain_text(re.compile(r"\d\d\.\d\d\.\d{4}"))
    assert hand.interactions <= 4
    keep("Kunden ringer: telefonnotat med løfte", hand)


def test_what_is_agreed_in_a_meeting_is_one_line(page_as, visitors):
    meeting = call(visitors, ["Fremdrift"])
    with page_as("coordinator") as page:
        page.goto(meeting.address)
        hand = Hand(page)
        line = page.locator(f"#line-{meeting.items[0]}")
        hand.fill(line, "/a @kari fre Sjekke leveransen", "én linje: /a @kari fre …")
        hand.press("Enter", "Enter")
        born = page.locator(f"#born-{meeting.items[0]}")
        born.get_by_role("link", name=re.compile("Sjekke leveransen")).wait_for()
        expect(born).to_contain_text("Kari Nordmann")
    assert hand.interactions <= 2
    keep("I møtet: et aksjonspunkt", hand)


def test_a_photo_of_the_site_goes_straight_into_the_item(page_as, visitors):
    meeting = call(visitors, ["Betong"])
    with page_as("coordinator", screen="phone") as page:
        page.goto(meeting.address)
        hand = Hand(page)
        hand.click(page.locator(".live-photo summary"), "Legg til et bilde")
        chosen = page.locator(f"#photo-{meeting.items[0]}")
        hand.give(chosen, "riss.jpg", "image/jpeg", _picture(), "bildet (kameraet åpner seg)")
        shown = page.locator(f"#born-{meeting.items[0]} .live-photos img")
        expect(shown).to_be_visible()
        address = shown.get_attribute("src")
        assert page.request.get(address).headers["content-type"] == "image/jpeg"
    assert hand.interactions <= 2
    keep("Befaringen: et bilde rett i saken", hand)


def _picture():
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "gray").save(drawn, "JPEG")
    return drawn.getvalue()


def test_each_contractor_is_mailed_own_points_only(page_as, visitors):
    firms = (("Bygg AS", "bygg@firma.example"), ("Elektro AS", "elektro@firma.example"))
    points = ("Forskaling i akse 4", "Føringer i tak")
    meeting = held(visitors, points, contractors=firms)
    with page_as("coordinator") as page:
        page.goto(meeting.page)
        hand = Hand(page)
        hand.click(page.get_by_role("link", name=WORDS("Publish the minutes")).first, "Publiser")
        send = page.locator("dialog[open] .form-actions [type=submit]")
        hand.click(send, "Publiser og send")
        page.locator("#minutes").wait_for()
    keep("Etter byggemøtet: hver entreprenør får sine egne punkter", hand)
    sent = mails_to(visitors, [address for _name, address in firms])
    for (_name, address), own, others in zip(firms, points, reversed(points), strict=True):
        with page_as(None) as page:
            page.goto(re.search(r"/m/[^\s?]+", sent[address])[0])
            expect(page.locator("main")).to_contain_text(own)
            expect(page.locator("main")).not_to_contain_text(others)


def mails_to(visitors, addresses):
    """The minutes as they were mailed, which happens in its own time."""
    mails = """select "to", body from notifications_outboxmail where key like 'meeting:minutes:%'"""
    for _turn in range(600):
        sent = dict(stored(visitors.portal, mails))
        if set(addresses) <= set(sent):
            return sent
        time.sleep(0.1)
    raise AssertionError(f"no mail to {addresses}, but to {sorted(sent)}")


def test_the_monthly_report_writes_itself_and_is_signed(page_as):
    with page_as("manager") as page:
        page.goto("/p/SVH/reports")
        hand = Hand(page)
        hand.click(page.locator("main .ds-button[data-variant=primary]").first, "utkastet")
        page.locator("form.report-form").wait_for()
        page.wait_for_load_state()
        written = page.locator("form.report-form textarea").evaluate_all(
            "all => all.filter(one => one.value.trim()).length"
        )
        assert written >= 3
        hand.click(named(page, "button", "Sign the report"), "Signer")
        page.wait_for_url("**/send")
        page.goto(page.url.removesuffix("/send"))
        expect(page.locator("#about")).to_contain_text("Kari Nordmann")
        answer = page.request.get(page.url + "/slides")
        assert answer.body().startswith(b"PK")
    keep("Månedsrapporten: skrevet av seg selv, signert", hand)


def test_the_owner_decides_from_the_phone(page_as):
    with page_as("owner", screen="phone") as page:
        page.goto("/")
        hand = Hand(page)
        hand.click(page.locator("#decide a").first, "saken i innboksen eller på Min side")
        form = page.locator("#decide form")
        form.wait_for()
        hand.click(form.locator("[name=alternative]").first, "alternativ")
        hand.fill(form.locator("[name=reason]"), "Gir minst forsinkelse.", "begrunnelse")
        hand.click(form.get_by_role("button", name=WORDS("Decide"), exact=True), "Beslutt")
        page.get_by_role("link", name=WORDS("Read the decision")).wait_for()
    keep("Styringsgruppa: beslutt fra telefonen", hand)
