"""The draft of a report in a real browser: kept while it is written, by two people at once."""

from tests.browser.waiting import expect

DRAFT = "/p/SVH/reports/3"


def write(page, name, text):
    """Type in a section and wait until the portal says that it is kept."""
    with page.expect_response(lambda answer: answer.url.endswith("/save")) as answered:
        page.fill(f"textarea[name={name}]", text)
    assert answered.value.ok
    return answered.value.json()


def test_what_is_written_is_kept_without_pressing_anything(page_as):
    with page_as("coordinator") as page:
        page.goto(DRAFT)
        said = write(page, "next", "Støpe bassengbunnen")["said"]
        page.locator("[data-saved]", has_text=said).wait_for()
        page.reload()
        expect(page.locator("textarea[name=next]")).to_have_value("Støpe bassengbunnen")


def test_two_people_in_one_section_are_shown_each_others_text(page_as):
    with page_as("coordinator") as hers, page_as("manager") as his:
        hers.goto(DRAFT)
        his.goto(DRAFT)
        write(hers, "problems", "Hennes tekst")
        write(his, "problems", "Hans tekst")
        box = his.locator("#clash-problems")
        box.get_by_text("Hennes tekst").wait_for()
        expect(his.locator("textarea[name=problems]")).to_have_value("Hans tekst")
        write(hers, "done", "Hun skriver videre")
        hers.reload()
        expect(hers.locator("textarea[name=problems]")).to_have_value("Hennes tekst")
        his.on("dialog", lambda dialog: dialog.accept())
