"""A meeting that several people write in at once: seen by all, and nothing lost."""

import re
import uuid
from contextlib import contextmanager

import pytest
from tests.browser.meeting_room import call, stored
from tests.browser.test_journey import Words
from tests.browser.waiting import all_is_kept, expect

WORDS = Words("nb")
INGRID = "Ingrid Lund"
NO_CONTACT = re.compile("ERR_INTERNET_DISCONNECTED|ERR_FAILED")


@pytest.fixture
def meeting(visitors):
    return call(visitors, ["Forrige møte", "Fremdrift", "Eventuelt"])


@pytest.fixture
def room(page_as, meeting):
    """Opens the meeting as somebody."""

    @contextmanager
    def opened(role, **options):
        with page_as(role, **options) as page:
            page.goto(meeting.address)
            yield page

    return opened


def minutes(page, meeting, number=0):
    return page.locator(f"#text-{meeting.items[number]}")


def card(page, meeting, number=0):
    return page.locator(f"#item-{meeting.items[number]}")


def forgive_no_contact(visitors):
    """A browser without contact says so itself; anything else it complains about still counts."""
    for record in visitors.records:
        record.complaints = [one for one in record.complaints if not NO_CONTACT.search(one)]


def test_what_one_types_another_sees_with_who_is_writing(room, meeting):
    with room("coordinator") as ingrid, room("manager") as kari:
        minutes(ingrid, meeting).press_sequentially("Referatet ble godkjent.")
        note = card(kari, meeting).locator(".live-writes")
        note.filter(has_text=WORDS("%(name)s is writing …", name=INGRID)).wait_for()
        expect(minutes(kari, meeting)).not_to_be_editable()
        expect(minutes(kari, meeting)).to_have_value("Referatet ble godkjent.")
        minutes(ingrid, meeting, 1).focus()
        expect(minutes(kari, meeting)).to_be_editable()
        minutes(kari, meeting).press("Control+End")
        minutes(kari, meeting).press_sequentially("\nKari følger opp.")
        expect(minutes(ingrid, meeting)).to_have_value("Referatet ble godkjent.\nKari følger opp.")


def test_a_lock_that_nobody_holds_any_more_ends_by_itself(room, meeting):
    with room("manager") as kari:
        with room("coordinator") as ingrid:
            minutes(ingrid, meeting).press_sequentially("Påbegynt")
            expect(minutes(kari, meeting)).to_have_value("Påbegynt")
            expect(minutes(kari, meeting)).not_to_be_editable()
        expect(minutes(kari, meeting)).to_be_editable()
        expect(card(kari, meeting).locator(".live-writes")).to_have_text("")


def test_the_network_drops_and_what_was_typed_meanwhile_arrives_once(room, meeting, visitors):
    with room("manager") as kari, room("coordinator") as ingrid:
        field = minutes(ingrid, meeting)
        field.press_sequentially("Først")
        expect(minutes(kari, meeting)).to_have_value("Først")
        ingrid.context.set_offline(True)
        field.press_sequentially("\nEn\nTo\nTre")
        said = ingrid.locator("[data-status]")
        said.filter(has_text=WORDS("Not saved yet: %(n)s lines wait", n=3)).wait_for()
        ingrid.locator(f"#line-{meeting.items[0]}").fill("/a @ingrid fre Måle opp rommet")
        ingrid.locator(f"#line-{meeting.items[0]}").press("Enter")
        expect(minutes(kari, meeting)).to_have_value("Først")
        minutes(kari, meeting, 1).press_sequentially("Kari skriver et annet sted.")
        ingrid.context.set_offline(False)
        expect(minutes(kari, meeting)).to_have_value("Først\nEn\nTo\nTre")
        card(kari, meeting).get_by_role("link", name=re.compile("Måle opp rommet")).wait_for()
        expect(minutes(ingrid, meeting, 1)).to_have_value("Kari skriver et annet sted.")
        expect(said).to_have_text("")
        forgive_no_contact(visitors)
    actions = "select count(*) from actions_action where title = ?"
    assert stored(visitors.portal, actions, "Måle opp rommet") == [(1,)]


def test_an_answer_that_never_arrives_counts_nothing_twice(room, meeting, visitors):
    with room("manager") as kari, room("coordinator") as ingrid:
        lost = []

        def lose_the_answer(route):
            answer = route.fetch()
            if len(lost) < 2 and answer.ok:
                lost.append(answer.status)
                route.abort()
            else:
                route.fulfill(response=answer)

        ingrid.route(re.compile("/text$"), lose_the_answer)
        minutes(ingrid, meeting).press_sequentially("Alle linjer", delay=120)
        minutes(ingrid, meeting).press_sequentially("\nkommer én gang", delay=60)
        expect(minutes(kari, meeting)).to_have_value("Alle linjer\nkommer én gang")
        expect(minutes(ingrid, meeting)).to_have_value("Alle linjer\nkommer én gang")
        all_is_kept(ingrid)
        assert len(lost) == 2
        forgive_no_contact(visitors)


def test_a_page_that_is_closed_without_contact_goes_on_where_it_was(room, meeting, visitors):
    with room("coordinator") as ingrid:
        ingrid.context.set_offline(True)
        minutes(ingrid, meeting).press_sequentially("Skrevet uten nett")
        ingrid.wait_for_function("() => Object.keys(localStorage).length > 0")
        ingrid.evaluate("() => location.assign('about:blank')")
        ingrid.wait_for_url("about:blank")
        ingrid.context.set_offline(False)
        ingrid.goto(meeting.address)
        expect(minutes(ingrid, meeting)).to_have_value("Skrevet uten nett")
        all_is_kept(ingrid)
        forgive_no_contact(visitors)
    with room("manager") as kari:
        expect(minutes(kari, meeting)).to_have_value("Skrevet uten nett")


def test_two_who_change_one_line_both_keep_their_words(room, meeting, visitors):
    with room("coordinator") as ingrid, room("manager") as kari:
        minutes(ingrid, meeting).fill("Neste møte 1. mai")
        expect(minutes(kari, meeting)).to_have_value("Neste møte 1. mai")
        expect(minutes(kari, meeting)).to_be_editable()
        kari.context.set_offline(True)
        minutes(kari, meeting).fill("Neste møte 3. mai")
        minutes(ingrid, meeting).fill("Neste møte 2. mai")
        all_is_kept(ingrid)
        kari.context.set_offline(False)
        for page in (kari, ingrid):
            beside = card(page, meeting).locator(".live-beside")
            beside.filter(has_text="Neste møte 3. mai").wait_for()
            expect(minutes(page, meeting)).to_have_value("Neste møte 2. mai")
        join = WORDS("Put it into the minutes")
        card(kari, meeting).get_by_role("button", name=join).click()
        both = "Neste møte 2. mai\nNeste møte 3. mai"
        for page in (kari, ingrid):
            expect(minutes(page, meeting)).to_have_value(both)
            card(page, meeting).locator(".live-beside").wait_for(state="detached")
        forgive_no_contact(visitors)


def test_a_line_is_noted_from_the_text_and_what_is_wrong_is_said(room, meeting):
    with room("coordinator") as ingrid, room("manager") as kari:
        field, preview = minutes(ingrid, meeting), card(ingrid, meeting).locator(".live-preview")
        field.press_sequentially("Vi gikk gjennom planen.\n/a @ingen fre Ny plan")
        preview.filter(has_text="ingen").wait_for()
        expect(preview).to_have_attribute("data-wrong", "yes")
        field.press("Control+End")
        for _letter in "@ingen fre Ny plan":
            field.press("Backspace")
        field.press_sequentially("@kari fre Ny plan")
        preview.filter(has_text="Kari Nordmann").wait_for()
        field.press("Enter")
        card(kari, meeting).get_by_role("link", name=re.compile("Ny plan")).wait_for()
        expect(minutes(kari, meeting)).to_have_value("Vi gikk gjennom planen.\n")
        for line in ("/r Frost i bakken", "/p Heisen er sen", "/v Vi bytter kran"):
            field.press_sequentially(line)
            field.press("Enter")
            title = line.split(" ", 1)[1]
            card(kari, meeting).locator(".live-born").filter(has_text=title).wait_for()
            expect(field).to_have_value("Vi gikk gjennom planen.\n")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_whole_meeting_with_the_keyboard_alone(page_as, visitors, screen):
    meeting = call(visitors, ["Forrige møte", "Fremdrift"], started=False)
    with page_as("coordinator", screen=screen) as page:
        page.goto(meeting.address)
        press(page, WORDS("Start the meeting"))
        page.locator(f"#item-{meeting.items[0]}[data-current=yes]").wait_for()
        page.wait_for_load_state()
        tab_to(page, f"#text-{meeting.items[0]}")
        page.keyboard.type("Godkjent.")
        tab_to(page, f"#line-{meeting.items[0]}")
        page.keyboard.type("/a @kari +3d Sende referatet")
        page.keyboard.press("Enter")
        card(page, meeting).locator(".live-born").filter(has_text="Sende referatet").wait_for()
        press(page, WORDS("Go to this item"))
        page.locator(f"#item-{meeting.items[1]}[data-current=yes]").wait_for()
        page.wait_for_load_state()
        tab_to(page, f"#text-{meeting.items[1]}")
        page.keyboard.type("I rute.")
        press(page, "Tor Haugen", role="checkbox")
        page.get_by_role("checkbox", name="Tor Haugen", checked=True).wait_for()
        all_is_kept(page)
        press(page, WORDS("End the meeting"))
        page.wait_for_url(re.compile(rf"/meetings/{meeting.number}$"))
    texts = "select text from meetings_agendaitem where meeting_id = ? order by position"
    found = stored(visitors.portal, texts, uuid.UUID(meeting.pk).hex)
    assert found == [("Godkjent.",), ("I rute.",)]


def press(page, name, role="button"):
    """Walk to a button with the Tab key and press it."""
    wanted = page.get_by_role(role, name=name).first
    walk(page, lambda: wanted.evaluate("one => one === document.activeElement"))
    page.keyboard.press("Enter")


def tab_to(page, selector):
    walk(page, lambda: page.evaluate("wanted => document.activeElement.matches(wanted)", selector))


def walk(page, there):
    for _stop in range(150):
        if there():
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead there")
