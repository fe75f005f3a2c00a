"""The plan's chart: edited in place by keyboard, pointer and menu, by people at the same time."""

import re

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect

CHART = "/p/FLY/plan/chart"
BOTH = "/p/NSS/plan/chart"
"""One that coordinator and manager take part in."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: what is changed in this plan would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


class Chart:
    """The chart as somebody works in it."""

    def __init__(self, page, address=CHART):
        self.page = page
        self.grid = page.get_by_role("treegrid")
        page.goto(address)
        self.editor = page.locator("plan-editor[data-revision]")
        self.editor.wait_for()

    @property
    def revision(self):
        return int(self.editor.get_attribute("data-revision"))

    def row(self, name):
        called = self.page.locator(".plan-name", has_text=re.compile(f"^{re.escape(name)}$"))
        return self.page.locator(".plan-row:not([hidden])").filter(has=called)

    def column(self, called):
        """Where a column stands, by what it is called or by its key."""
        told = "titles => titles.map(one => [one.innerText, one.dataset.key])"
        titles = self.page.locator(".plan-title").evaluate_all(told)
        return next(place for place, names in enumerate(titles) if called in names)

    def cell(self, name, label):
        return self.row(name).locator(f"[data-column='{self.column(label)}']")

    def day(self, name, label):
        """What a cell of days shows, without the pin before it."""
        return re.compile(rf"{re.escape(self.cell(name, label).inner_text().split()[-1])}\s*$")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, name, label):
        """The cursor on a cell, by the keyboard alone."""
        self.grid.focus()
        self.press("Control+Home", "Home")
        number = self.row(name).get_attribute("aria-rowindex")
        self.press(*["ArrowDown"] * (int(number) - 2))
        for _step in range(self.column(label)):
            self.page.keyboard.press("ArrowRight")
        expect(self.cell(name, label)).to_have_class(re.compile("is-here"))

    def changed(self, act):
        """Do something, and wait until the plan is at the next revision."""
        after = self.revision + 1
        act()
        expect(self.editor).to_have_attribute("data-revision", str(after))

    def type(self, text):
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


def test_a_task_is_added_named_placed_and_taken_back_by_the_keyboard(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Avslutte", "Oppgave")
        chart.changed(lambda: chart.press("Insert"))
        chart.to("Ny oppgave", "Oppgave")
        chart.changed(lambda: chart.type("Rydde kjelleren"))
        expect(chart.cell("Rydde kjelleren", "Varighet")).to_have_class(re.compile("is-here"))
        assert chart.cell("Rydde kjelleren", "Start").inner_text().strip() in {
            "",
            "Ikke plassert i tid ennå",
        }
        chart.to("Rydde kjelleren", "Varighet")
        chart.changed(lambda: chart.type("3d"))
        expect(chart.cell("Rydde kjelleren", "Varighet")).to_have_text("3 d")
        expect(chart.cell("Rydde kjelleren", "Start")).to_have_text(re.compile(r"\d\d\.\d\d\.\d\d"))
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.cell("Rydde kjelleren", "Varighet")).to_have_text("1 d")
        chart.changed(lambda: chart.press("Control+y"))
        expect(chart.cell("Rydde kjelleren", "Varighet")).to_have_text("3 d")
        chart.to("Rydde kjelleren", "Oppgave")
        chart.changed(lambda: chart.press("Delete"))
        expect(chart.row("Rydde kjelleren")).to_have_count(0)
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.row("Rydde kjelleren")).to_have_count(1)


def test_the_whole_journey_needs_no_pointer(page_as):
    """From the top of the page: added, placed under another, tied, moved, cut, and taken back."""
    with page_as("coordinator") as page:
        chart = Chart(page)
        for _step in range(80):
            chart.press("Tab")
            if chart.grid.evaluate("grid => grid === document.activeElement"):
                break
        chart.press("Control+End", "Home", "ArrowRight")
        for name in ("Male", "Pusse"):
            chart.changed(lambda: chart.press("Insert"))
            chart.changed(lambda name=name: chart.type(name))
            chart.to(name, "Varighet")
            chart.changed(lambda: chart.type("2d"))
            chart.to(name, "Oppgave")
        chart.press("Shift+ArrowUp")
        expect(page.locator(".plan-row[aria-selected=true]")).to_have_count(2)
        chart.to("Pusse", "Oppgave")
        chart.changed(lambda: chart.press("Alt+Shift+ArrowRight"))
        expect(chart.row("Pusse")).to_have_attribute("aria-level", "3")
        expect(chart.row("Male")).to_have_attribute("aria-expanded", "true")
        chart.press("ArrowUp", "ArrowLeft")
        expect(chart.row("Pusse")).to_have_count(0)
        chart.press("ArrowRight")
        chart.to("Pusse", "Oppgave")
        chart.changed(lambda: chart.press("Alt+Shift+ArrowLeft"))
        chart.press("Control+x", "Control+Home")
        chart.changed(lambda: chart.press("Control+v"))
        expect(chart.row("Pusse")).to_have_attribute("aria-posinset", "1")
        for _undone in range(2):
            chart.changed(lambda: chart.press("Control+z"))
        expect(chart.row("Pusse")).to_have_attribute("aria-level", "3")


def test_what_holds_a_task_and_its_working_days_have_cells(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page, f"{CHART}?c=number.name.constraint.deadline.slack.after")
        chart.to("Overlevere til mottaker", "constraint")
        chart.changed(lambda: chart.type("SNET +40d"))
        expect(chart.cell("Overlevere til mottaker", "constraint")).to_contain_text("tidligst")
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.cell("Overlevere til mottaker", "constraint")).to_have_text("")


def test_what_is_typed_stands_there_until_it_is_refused(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        was = chart.cell("Overlevere til mottaker", "Varighet").inner_text()
        held = []

        def hold(route):
            held.append(route)

        page.route("**/plan/operations", hold)
        chart.to("Overlevere til mottaker", "Varighet")
        chart.type("99999 år")
        expect(chart.cell("Overlevere til mottaker", "Varighet")).to_have_text("99999 år")
        expect(chart.row("Overlevere til mottaker")).to_have_class(re.compile("is-waiting"))
        held[0].continue_()
        expect(chart.cell("Overlevere til mottaker", "Varighet")).to_have_text(was)


def test_a_way_of_looking_is_in_the_address_and_kept_by_name(page_as):
    with page_as("manager") as page:
        chart = Chart(page, BOTH)
        page.locator("[popovertarget=plan-filters]").click()
        page.locator("#plan-milestones").check()
        expect(page.locator("[data-plan-count]")).to_have_text("1")
        page.keyboard.press("Escape")
        page.get_by_text("Måned", exact=True).click()
        assert "milestones=1" in page.url
        assert "zoom=month" in page.url
        page.locator("[popovertarget=plan-views]").click()
        page.locator("#plan-view-name").fill("Bare milepæler")
        page.get_by_role("button", name="Lagre visningen").click()
        expect(page.locator(".toast")).to_be_visible()
        chart = Chart(page, BOTH)
        every = page.locator(".plan-row:not([hidden])").count()
        page.locator("[popovertarget=plan-views]").click()
        page.get_by_role("link", name="Bare milepæler").click()
        expect(page.locator("[data-plan-count]")).to_have_text("1")
        expect(chart.editor).to_have_attribute("data-revision", re.compile(r"\d"))
        assert page.locator(".plan-row:not([hidden])").count() < every


def test_the_border_of_the_table_is_moved_by_the_keyboard(page_as):
    with page_as("coordinator") as page:
        Chart(page)
        border = page.get_by_role("separator")
        was = int(border.get_attribute("aria-valuenow"))
        border.focus()
        page.keyboard.press("ArrowRight")
        expect(border).to_have_attribute("aria-valuenow", str(was + 20))
        page.keyboard.press("ArrowLeft")


def test_what_is_not_understood_is_said_and_nothing_is_changed(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        was = chart.cell("Overlevere til mottaker", "Varighet").inner_text()
        chart.to("Overlevere til mottaker", "Varighet")
        chart.type("tull")
        expect(page.locator(".toast", has_text="tull")).to_be_visible()
        expect(chart.cell("Overlevere til mottaker", "Varighet")).to_have_text(was)


def test_a_later_bar_moves_what_waits_for_it(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        after = chart.day("Sluttrapport og erfaringer", "Start")
        chart.to("Overlevere til mottaker", "Varighet")
        chart.changed(lambda: chart.type("9d"))
        expect(chart.cell("Sluttrapport og erfaringer", "Start")).not_to_have_text(after)
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.cell("Sluttrapport og erfaringer", "Start")).to_have_text(after)


def test_a_bar_is_moved_with_the_arrow_keys_and_held_by_a_pin_one_sees(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        was = chart.day("Overlevere til mottaker", "Start")
        chart.to("Overlevere til mottaker", "Oppgave")
        chart.press("End", "Enter", *["ArrowRight"] * 2)
        chart.changed(lambda: chart.press("Enter"))
        expect(chart.cell("Overlevere til mottaker", "Start")).not_to_have_text(was)
        expect(chart.row("Overlevere til mottaker").locator(".plan-pin")).to_have_count(1)
        chart.press("Enter", "ArrowRight", "Escape")
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.cell("Overlevere til mottaker", "Start")).to_have_text(was)


def test_what_another_changes_arrives_without_a_reload(page_as):
    with page_as("coordinator") as mine, page_as("manager") as hers:
        here, there = Chart(mine, BOTH), Chart(hers, BOTH)
        here.to("Konsept", "Oppgave")
        there.to("Konsept", "Oppgave")
        there.changed(lambda: there.type("Konsept og valg"))
        expect(here.row("Konsept og valg")).to_have_count(1, timeout=15_000)
        there.changed(lambda: there.press("Control+z"))


def test_two_change_the_same_row_and_neither_loses_anything(page_as, visitors):
    with page_as("coordinator") as mine, page_as("manager") as hers:
        here, there = Chart(mine, BOTH), Chart(hers, BOTH)
        here.to("Konsept", "Oppgave")
        here.press("F2")
        mine.keyboard.type("Konsept, halvt skrevet")
        there.to("Konsept", "Oppgave")
        there.changed(lambda: there.type("Konseptfasen"))
        was = here.revision
        # What is being typed stays; what it is done on is the plan as it has become.
        expect(mine.locator(".plan-field")).to_have_value("Konsept, halvt skrevet")
        here.press("Enter")
        expect(here.editor).to_have_attribute("data-revision", str(was + 2))
        expect(there.row("Konsept, halvt skrevet")).to_have_count(1)
        assert int(there.revision) == was + 2
        # It was tried on the plan as it had been first, and the browser writes that down.
        assert all("409" in told for told in visitors.records[-2].told())


def test_a_phone_shows_what_is_due_and_records_it_by_one_tap(page_as):
    with page_as("coordinator", screen="phone") as page:
        page.goto(BOTH)
        expect(page.get_by_role("link", name="Denne uken")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        first = page.locator(".plan-soon li").first
        name = first.locator("a[href*='/tasks/']").first.inner_text()
        box = first.get_by_role("button", name="Ferdig").bounding_box()
        assert box["height"] >= 44
        first.get_by_role("button", name="Ferdig").click()
        expect(page.locator(".toast")).to_be_visible()
        expect(page.locator(".plan-soon").get_by_role("link", name=name, exact=True)).to_have_count(
            0
        )


def test_a_bar_is_dragged_and_two_are_tied_with_the_pointer(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Overlevere til mottaker", "Oppgave")
        chart.press("End")
        uid = chart.row("Overlevere til mottaker").get_attribute("data-uid")
        bar = page.locator(f".plan-lane[data-uid='{uid}'] .plan-bar")
        box = bar.bounding_box()
        middle = (box["x"] + 12, box["y"] + box["height"] / 2)

        def drag():
            page.mouse.move(*middle)
            page.mouse.down()
            page.mouse.move(middle[0] + 24, middle[1], steps=5)
            page.mouse.up()

        was = chart.day("Overlevere til mottaker", "Start")
        chart.changed(drag)
        expect(chart.cell("Overlevere til mottaker", "Start")).not_to_have_text(was)
        chart.changed(lambda: page.locator("[data-plan=undo]").click())
        expect(chart.cell("Overlevere til mottaker", "Start")).to_have_text(was)


def test_a_filter_leaves_what_matches_and_what_it_lies_under(page_as):
    with page_as("coordinator") as page:
        Chart(page)
        page.locator("[data-plan-search]").fill("mottaker")
        expect(page.locator(".plan-row:not([hidden])")).to_have_count(2)
        page.locator("[data-plan-search]").fill("finnes ikke")
        expect(page.locator("#plan-nothing")).to_be_visible()


def test_whoever_may_only_look_changes_nothing(page_as):
    with page_as("portfolio_leader") as page:
        chart = Chart(page)
        chart.grid.focus()
        chart.press("ArrowDown", "F2", "Delete", "Insert")
        assert page.locator(".plan-field").count() == 0
        assert page.locator("[data-plan=add]").count() == 0


def test_a_lost_connection_is_said_and_nothing_typed_is_lost(page_as, visitors):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Avstemme regnskapet", "Oppgave")
        page.context.set_offline(True)
        chart.type("Avstemme alt")
        expect(page.locator("#plan-state")).to_have_attribute("data-tone", "warning")
        after = chart.revision + 1
        page.context.set_offline(False)
        expect(chart.editor).to_have_attribute("data-revision", str(after), timeout=40_000)
        expect(chart.row("Avstemme alt")).to_have_count(1)
        assert all("DISCONNECTED" in told for told in visitors.records[-1].told())


def test_what_somebody_else_decides_is_asked_before_it_is_proposed(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Overlevere til mottaker", "Varighet")
        chart.type("40d")
        asked = page.locator("#plan-ask")
        expect(asked).to_be_visible()
        asked.locator("button[value='']").click()
        expect(chart.cell("Overlevere til mottaker", "Varighet")).not_to_have_text("40 d")


def test_what_somebody_else_decides_may_become_a_draft(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Overlevere til mottaker", "Varighet")
        chart.type("40d")
        page.locator("#plan-ask button[value=draft]").click()
        page.wait_for_url(re.compile(r"/plan/drafts/[0-9a-f-]{36}$"))
        expect(Chart(page, page.url).cell("Overlevere til mottaker", "Varighet")).to_have_text(
            "40 d"
        )


def test_rows_of_a_spreadsheet_are_pasted(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Overlevere til mottaker", "Oppgave")
        pasted = """grid => {
            const data = new DataTransfer();
            data.setData("text/plain", "Bestille flagg\\t2 d\\nHeise flagg\\t1 d");
            grid.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""".replace("\\\\", "\\")
        chart.changed(lambda: chart.grid.evaluate(pasted))
        expect(chart.row("Heise flagg")).to_have_count(1)
        expect(chart.cell("Bestille flagg", "Varighet")).to_have_text("2 d")
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.row("Heise flagg")).to_have_count(0)


def test_a_row_is_dragged_by_its_number(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Siste del av arbeidet", "Oppgave")
        name, below = "Siste del av arbeidet", "Klar til overlevering"
        was = [chart.row(one).get_attribute("aria-posinset") for one in (name, below)]
        assert was == sorted(was)
        grip, target = (
            chart.row(one).locator(".is-number").bounding_box() for one in (name, below)
        )

        def drag():
            page.mouse.move(grip["x"] + 10, grip["y"] + 17)
            page.mouse.down()
            page.mouse.move(target["x"] + 10, target["y"] + 30, steps=6)
            page.mouse.up()

        chart.changed(drag)
        expect(chart.row(name)).to_have_attribute("aria-posinset", was[1])
        chart.changed(lambda: chart.press("Control+z"))
        expect(chart.row(name)).to_have_attribute("aria-posinset", was[0])


def test_the_menu_of_a_row_opens_where_one_right_clicks(page_as):
    with page_as("coordinator") as page:
        chart = Chart(page)
        chart.to("Siste del av arbeidet", "Oppgave")
        chart.row("Klar til overlevering").click(button="right")
        menu = page.locator("#plan-context")
        expect(menu).to_be_visible()
        expect(chart.row("Klar til overlevering")).to_have_class(re.compile("is-current"))
        at, row = menu.bounding_box(), chart.row("Klar til overlevering").bounding_box()
        assert row["x"] <= at["x"] <= row["x"] + row["width"]
        assert list(axe(page)) == []
        menu.locator("[data-plan=why]").click()
        expect(menu).to_be_hidden()
        expect(page.locator("#modal dialog")).to_be_visible()


def test_a_decision_that_a_task_waits_for_stands_in_the_chart(page_as):
    with page_as("manager") as page:
        page.goto("/p/SVH/plan/chart")
        page.locator("plan-editor[data-revision]").wait_for(state="attached")
        mark = page.locator(".plan-wait:visible").first
        expect(mark).to_have_attribute("title", re.compile("SVH-"))
        mark.click(force=True)
        page.wait_for_url(re.compile(r"/p/SVH/decisions/cases/\d+$"))


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_chart_is_a_treegrid_axe_finds_nothing_wrong_with(page_as, screen):
    with page_as("coordinator", screen=screen) as page:
        page.goto(CHART)
        page.locator("plan-editor[data-revision]").wait_for(state="attached")
        assert list(axe(page)) == []
        if screen == "desktop":
            row = page.get_by_role("row", level=2).first
            assert row.get_attribute("aria-posinset") == "1"
            assert int(page.get_by_role("treegrid").get_attribute("aria-rowcount")) >= 19
