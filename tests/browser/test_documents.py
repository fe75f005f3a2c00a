"""Documents in a browser: dropped with their folders, taken names asked about, versions."""

import pytest
from tests.browser.serving import demo_portal
from tests.browser.visiting import Visitors
from tests.browser.waiting import expect


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with demo_portal(tmp_path_factory.mktemp("documents")) as running:
        yield running


@pytest.fixture
def page_as(browser, portal):
    return Visitors(browser, portal).page


def text(name, said):
    return {"name": name, "mimeType": "text/plain", "buffer": said.encode()}


DROPPED = """([name, said]) => {
    const brought = new DataTransfer();
    brought.items.add(new File([said], name, {type: "text/plain"}));
    return brought;
}"""


def test_files_are_chosen_dropped_and_become_versions(page_as):
    with page_as("coordinator") as page:
        page.goto("/p/NSS/documents")
        page.locator(".shelf-tree a", has_text="04 Leveranser").click()
        page.set_input_files("[data-files]", [text("a.txt", "en\nto"), text("b.txt", "b")])
        expect(page.locator(".upload[data-state=done]")).to_have_count(2)
        expect(page.locator("#register-rows tbody tr")).to_have_count(2)

        page.set_input_files("[data-files]", [text("A.txt", "en\ntre"), text("b.txt", "c")])
        asked = page.locator(".upload[data-state=asked]")
        asked.locator("input[type=checkbox]").check()
        asked.locator("button").first.click()
        expect(page.locator(".upload[data-state=version]")).to_have_count(2)
        expect(page.locator("#register-rows tbody tr")).to_have_count(2)

        brought = page.evaluate_handle(DROPPED, ["sluppet.txt", "hei"])
        page.dispatch_event("body", "dragenter", {"dataTransfer": brought})
        expect(page.locator(".drop-hint")).to_be_visible()
        page.dispatch_event(".folder-cards a", "drop", {"dataTransfer": brought})
        expect(page.locator(".upload[data-state=done]")).to_have_count(3)
        page.locator(".folder-cards a").first.click()
        expect(page.locator("#register-rows")).to_contain_text("sluppet.txt")

        page.go_back()
        page.locator("#register-rows tbody a", has_text="a.txt").click()
        page.locator("a[href*='compare']").click()
        expect(page.locator(".difference ins")).to_have_text("tre")
        expect(page.locator(".difference del")).to_have_text("to")


def test_a_document_is_checked_out_on_the_page_and_the_next_one_sees_who_has_it(page_as):
    with page_as("member") as page:
        page.goto("/p/NSS/documents?q=Integrasjoner")
        page.locator("#register-rows tbody a", has_text="Integrasjoner").first.click()
        address = page.url
        page.locator("[popovertarget=document-more]").click()
        page.locator("#document-more a[href$='check-out']").click()
        page.locator("dialog[open] button[type=submit]").click()
        expect(page.locator(".toast").first).to_be_visible()
    with page_as("coordinator") as page:
        page.goto(address)
        expect(page.locator(".ds-alert")).to_contain_text("Amina Said")
        page.locator("a[href$='release']").click()
        page.locator("dialog[open] textarea").fill("Trengs i dag")
        page.locator("dialog[open] button[type=submit]").click()
        expect(page.locator(".ds-alert")).to_have_count(0)
