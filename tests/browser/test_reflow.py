"""What axe cannot see: reflow, spacing, focus, skip link, motion."""

import pytest
from tests.browser.looking import axe_and_reflow, look_at, none, too_wide
from tests.browser.waiting import expect

SPACED = """* {line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important} p {margin-bottom: 2em !important}"""
CLIPPED = """() => [...document.querySelectorAll("main *")].filter(e => {
    const style = getComputedStyle(e);
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    return own && e.clientWidth > 1 && style.display !== "inline" && style.overflow === "hidden"
        && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 4)
        && style.textOverflow !== "ellipsis";
}).map(e => e.tagName + ": " + e.textContent.trim().slice(0, 40))"""

A_WIDE_BOX = """() => {
    const box = document.createElement("div");
    box.style.cssText = "width: 700px; height: 1px";
    document.querySelector("main").append(box);
}"""
KEY_PAGES = ("/", "/p/NSS/", "/p/NSS/decisions/gates/G3", "/p/NSS/plan", "/p/NSS/tasks")
FOCUSED = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const holder = at.closest(".ds-field, .pack-card, .top-search") || at;
    const drawn = [at, holder].map(one => getComputedStyle(one)).some(style =>
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none");
    const box = at.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 20);
    const above = document.elementFromPoint(x, y);
    const covered = above && !at.contains(above) && !above.contains(at)
        && ![...(at.labels || [])].some(label => label.contains(above));
    return {what: at.outerHTML.slice(0, 120), ring: drawn,
            hidden: box.bottom < 0 || box.top > innerHeight || Boolean(covered)};
}"""


@pytest.mark.long
def test_no_page_scrolls_sideways_on_320_pixels(visitors, places):
    """Loaded so; the pages that axe looks at become as narrow afterwards."""
    none(look_at(visitors, places, ("nb", "light", "narrow"), too_wide))


def test_what_scrolls_sideways_is_found(page_as):
    with page_as() as page:
        page.goto("/account/login/")
        page.evaluate(A_WIDE_BOX)
        assert any("sideways" in line for line in axe_and_reflow(page))


@pytest.mark.parametrize("address", KEY_PAGES)
def test_wide_spacing_of_text_clips_nothing(page_as, address):
    with page_as("manager", bypass_csp=True) as page:
        page.goto(address)
        page.add_style_tag(content=SPACED)
        assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("address", KEY_PAGES)
def test_focus_is_seen_wherever_tab_leads(page_as, address):
    with page_as("manager") as page:
        page.goto(address)
        stops, wrong = 0, []
        for _press in range(60):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found is None:
                break
            stops += 1
            if not found["ring"] or found["hidden"]:
                wrong.append(found)
        assert stops > 5
        assert wrong == []


def test_the_skip_link_leads_to_the_content(page_as):
    with page_as("coordinator") as page:
        page.goto("/p/NSS/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


def test_a_page_at_rest_moves_nothing_when_motion_is_unwanted(page_as):
    with page_as("coordinator", reduced_motion="reduce") as page:
        page.goto("/p/NSS/")
        page.locator("button[popovertarget=account]").click()
        running = """() => document.getAnimations().filter(one => one.playState === "running"
            && one.effect.getComputedTiming().duration > 1).length"""
        assert page.evaluate(running) == 0
