"""A project closes: what is left, why the criteria are met, what was learned, and the decision."""

import pytest
from tests.browser.serving import demo_portal
from tests.browser.waiting import expect

CLOSE = "/p/FLY/close"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: a closed project would surprise other tests."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def evaluate_everything(page):
    page.goto(f"{CLOSE}/evaluation")
    open_, done = page.get_by_text("Evaluer", exact=True), page.get_by_text("Endre evalueringen")
    count = open_.count()
    for number in range(1, count + 1):
        open_.first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Oppfylt", exact=True).check()
        dialog.get_by_label("Hvorfor mener du det?").fill("Alle flyttet inn til avtalt dag.")
        dialog.get_by_role("button", name="Lagre").click()
        expect(done).to_have_count(number)
    assert count > 0


def test_a_project_is_evaluated_learned_from_and_closed(page_as):
    with page_as("coordinator") as page:
        page.goto(CLOSE)
        expect(page.get_by_role("heading", name="Hva som gjenstår")).to_be_visible()
        carry_on_what_is_open(page)
        page.goto(f"{CLOSE}/lessons")
        page.get_by_role("link", name="Noter en erfaring").first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Hva skjedde?").fill("Nettet kom tre uker etter møblene.")
        dialog.get_by_label("Hva bør andre gjøre?").fill(
            "Bestill nett før leiekontrakten signeres."
        )
        dialog.get_by_role("button", name="Lagre erfaringen").click()
        expect(page.get_by_text("Bare i prosjektet")).to_be_visible()
        page.get_by_role("button", name="Del med virksomheten").click()
        expect(page.get_by_text("Delt med virksomheten").first).to_be_visible()
        page.goto("/lessons?q=nett+leiekontrakt")
        expect(page.get_by_text("Nettet kom tre uker etter møblene.")).to_be_visible()
        evaluate_everything(page)
        page.goto(CLOSE)
        page.get_by_role("link", name="Be prosjekteieren avslutte prosjektet").click()
        page.get_by_role("button", name="Avslutt prosjektet").click()
        expect(page.get_by_text("Prosjekteieren er bedt om å avslutte prosjektet.")).to_be_visible()
        case = page.locator("#decision a").first.get_attribute("href")
    with page_as("line_manager", screen="phone") as page:
        page.goto(case)
        form = page.locator("#decide form")
        form.locator("[name=alternative][value=A]").check()
        form.locator("[name=reason]").fill("Alt er overlevert.")
        form.get_by_role("button", name="Beslutt", exact=True).click()
        expect(page.get_by_role("link", name="Les beslutningen")).to_be_visible()
        page.goto(CLOSE)
        expect(page.get_by_role("heading", name="Prosjektet er avsluttet")).to_be_visible()
        expect(page.get_by_role("link", name="Arkivpakke")).to_be_visible()


def carry_on_what_is_open(page):
    carried = page.get_by_role("link", name="Før videre: ")
    for left in range(carried.count(), 0, -1):
        carried.first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Hvem fører den videre?").fill("Eiendomsavdelingen")
        dialog.get_by_label("Hvorfor besluttes den ikke før avslutningen?").fill("Gjelder neste år")
        dialog.get_by_role("button", name="Lagre").click()
        expect(carried).to_have_count(left - 1)
