"""A project closes: what is left, why the criteria are met, what was learned, and the decision."""

import pytest
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect
from tests.browser.walking import WALKS, Walk, fits

CLOSE = "/p/FLY/close"


@pytest.fixture(scope="module", params=WALKS)
def look(request):
    return request.param


@pytest.fixture(scope="module")
def portal(tmp_path_factory, look):
    """One of its own: a closed project would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def evaluate_everything(page, words):
    page.goto(f"{CLOSE}/evaluation")
    open_ = page.get_by_text(words("Evaluate"), exact=True)
    done = page.get_by_text(words("Change the evaluation"))
    count = open_.count()
    for number in range(1, count + 1):
        open_.first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(words("Met"), exact=True).check()
        dialog.get_by_label(words("Why do you say so?")).fill("Alle flyttet inn til avtalt dag.")
        dialog.get_by_role("button", name=words("Save")).click()
        expect(done).to_have_count(number)
    assert count > 0


def test_a_project_is_evaluated_learned_from_and_closed(page_as, look):
    walk = Walk(page_as, look)
    words = walk.words
    with walk.somebody("coordinator") as page:
        page.goto(CLOSE)
        expect(page.get_by_role("heading", name=words("What is left"), exact=True)).to_be_visible()
        carry_on_what_is_open(page, words)
        page.goto(f"{CLOSE}/lessons")
        page.get_by_role("link", name=words("Note a lesson")).first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(words("What happened?")).fill("Nettet kom tre uker etter møblene.")
        dialog.get_by_label(words("What should others do?")).fill(
            "Bestill nett før leiekontrakten signeres."
        )
        dialog.get_by_role("button", name=words("Save the lesson")).click()
        expect(page.get_by_text(words("Only in the project"))).to_be_visible()
        page.get_by_role("button", name=words("Share with the organisation")).click()
        expect(page.get_by_text(words("Shared with the organisation")).first).to_be_visible()
        page.goto("/lessons?q=nett+leiekontrakt")
        expect(page.get_by_text("Nettet kom tre uker etter møblene.")).to_be_visible()
        evaluate_everything(page, words)
        walk.picture(page, "closing-evaluated")
        page.goto(CLOSE)
        fits(page)
        walk.picture(page, "closing")
        page.get_by_role("link", name=words("Put the closing up for decision")).click()
        page.get_by_role("button", name=words("Close the project")).click()
        waits = words.part("Waits for a decision by: %(who)s.")
        expect(page.locator("#decision")).to_contain_text(waits)
        case = page.locator("#decision a").first.get_attribute("href")
    with walk.somebody("line_manager", screen="phone") as page:
        page.goto(case)
        form = page.locator("#decide form")
        form.locator("[name=alternative][value=A]").check()
        form.locator("[name=reason]").fill("Alt er overlevert.")
        form.get_by_role("button", name=words("Decide"), exact=True).click()
        expect(page.get_by_role("link", name=words("Read the decision"))).to_be_visible()
        page.goto(CLOSE)
        expect(page.get_by_role("heading", name=words("The project is closed"))).to_be_visible()
        expect(page.get_by_role("link", name=words("Archive package"))).to_be_visible()


def carry_on_what_is_open(page, words):
    carried = page.get_by_role("link", name=words("Carry on") + ": ")
    for left in range(carried.count(), 0, -1):
        carried.first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(words("Who carries it on?")).fill("Eiendomsavdelingen")
        dialog.get_by_label(words("Why is it not decided before closing?")).fill("Gjelder neste år")
        dialog.get_by_role("button", name=words("Save")).click()
        expect(carried).to_have_count(left - 1)
