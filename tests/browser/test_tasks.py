"""The board and the list of tasks by keyboard and pointer, as the demo's people use them."""

from tests.browser.waiting import expect

BOARD = "/p/NSS/tasks/board"
TITLE = "Avtale servicenivå for drift"


def card(page, stage):
    return page.locator(f"[data-stage={stage}] [data-card]", has_text=TITLE)


def test_a_card_is_moved_by_key_and_by_menu(page_as):
    with page_as("manager", language="en") as page:
        page.goto(BOARD)
        card(page, "not_started").get_by_role("link").focus()
        page.keyboard.press("]")
        expect(card(page, "under_way")).to_be_visible()
        expect(card(page, "under_way").get_by_role("link")).to_be_focused()
        expect(page.locator("#toasts")).to_contain_text("Under way")
        card(page, "under_way").get_by_role("button", name="Move to").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(card(page, "done")).to_be_visible()
        for stage in ("under_way", "not_started"):
            page.locator("[data-card]", has_text=TITLE).get_by_role("link").focus()
            page.keyboard.press("[")
            expect(card(page, stage)).to_be_visible()


def test_a_card_is_dragged(page_as):
    with page_as("manager", language="en") as page:
        page.goto(BOARD)
        first = page.locator("[data-stage=not_started] [data-card]").first
        title = first.get_by_role("link").inner_text()
        first.locator(".board-top").drag_to(page.locator("[data-stage=under_way] .board-heading"))
        moved = page.locator("[data-stage=under_way] [data-card]", has_text=title)
        expect(moved).to_be_visible()


def test_a_row_is_edited_where_it_stands(page_as):
    with page_as("manager", language="en") as page:
        page.goto("/p/NSS/tasks")
        row = page.locator("tr", has_text=TITLE)
        row.get_by_role("link", name="Edit").focus()
        page.keyboard.press("Enter")
        due = page.locator(".row-edit").get_by_label("Due date")
        due.fill("22.11.2031")
        due.press("Enter")
        expect(page.locator("tr", has_text=TITLE)).to_contain_text("22 Nov 2031")
        expect(page.locator(".row-edit")).to_have_count(0)


def test_one_cell_is_edited_by_the_keyboard_alone(page_as):
    with page_as("manager", language="en") as page:
        page.goto("/p/NSS/tasks")
        at = page.locator("tr", has_text=TITLE).locator("button.cell-edit[id$=due_on]")
        name = at.get_attribute("id")
        at.focus()
        page.keyboard.press("Enter")
        field = page.locator(f"input#{name}")
        expect(field).to_be_focused()
        field.fill("some day")
        field.press("Enter")
        expect(page.locator(".cell-form [role=alert]")).to_contain_text("Write a date")
        expect(field).to_have_value("some day")
        field.fill("24.11.2031")
        field.press("Enter")
        shown = page.locator(f"button#{name}")
        expect(shown).to_contain_text("24 Nov 2031")
        expect(shown).to_be_focused()
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".cell-form")).to_have_count(0)


def test_ticked_rows_are_changed_together(page_as):
    with page_as("manager", language="en") as page:
        page.goto("/p/NSS/tasks")
        page.locator("[data-select]").nth(0).check()
        page.locator("[data-select]").nth(1).check()
        expect(page.locator("[data-bulk-count]")).to_have_text("2")
        page.get_by_role("button", name="Change the chosen").click()
        page.get_by_label("Priority").select_option("high")
        page.get_by_role("button", name="Change them").click()
        expect(page.locator("#toasts")).to_contain_text("2 actions were changed")
