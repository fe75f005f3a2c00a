"""A document's pages drawn while one waits, and found by the words on them."""

import os

import pytest
from tests.browser.serving import demo_portal
from tests.browser.visiting import Visitors
from tests.browser.waiting import expect
from tests.documents import hostile


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with demo_portal(tmp_path_factory.mktemp("previews")) as running:
        yield running


@pytest.fixture
def page_as(browser, portal):
    return Visitors(browser, portal).page


def look(page, name):
    """Pictures for whoever wants to see it: LOOK=folder pytest …"""
    if folder := os.environ.get("LOOK"):
        for width, scheme in ((1440, "light"), (390, "light"), (1440, "dark")):
            page.set_viewport_size({"width": width, "height": 1000})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)


FOUND = """asked => fetch("/api/v1/search?q=" + encodeURIComponent(asked))
    .then(answer => answer.json()).then(hits => hits.length > 0)"""


def test_what_was_uploaded_is_shown_and_found(page_as):
    data = hostile.pdf(text="Kontrakten om badehallen er signert")
    file = {"name": "Badeanlegg.pdf", "mimeType": "application/pdf", "buffer": data}
    with page_as("coordinator") as page:
        page.goto("/p/SVH/documents")
        page.set_input_files("[data-files]", [file])
        expect(page.locator(".upload[data-state=done]")).to_have_count(1)
        page.locator("#register-rows").get_by_role("link", name="Badeanlegg.pdf").first.click()
        image = page.locator("img.preview-page").first
        expect(image).to_be_visible(timeout=60_000)
        assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") > 500
        look(page, "preview")
        page.wait_for_function(FOUND, arg="badehallens kontrakt", polling=500)
        page.goto("/search?q=badehallens+kontrakt")
        expect(page.locator(".hits").get_by_role("link", name="Badeanlegg.pdf")).to_be_visible()
        assert "Kontrakten" in page.locator("mark").all_inner_texts()
        page.goto("/search?q=plan")
        look(page, "search")
