"""Every page by axe's rules, and what axe cannot see: reflow, spacing, focus, dialogs, keyboard."""

from itertools import groupby, product
from pathlib import Path

import pytest
from tests.browser.places import NO_PAGE, find_places, routes
from tests.browser.visiting import LANGUAGES, SCHEMES
from tests.browser.waiting import expect

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
LOOKS = list(product(LANGUAGES, SCHEMES, ("desktop", "phone")))
FIRST, *OTHERS = LOOKS
"""Everyday: every page in the first look, and each of the others on every seventh page."""
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"
SPACED = """* {line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important} p {margin-bottom: 2em !important}"""
CLIPPED = """() => [...document.querySelectorAll("main *")].filter(e => {
    const style = getComputedStyle(e);
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    return own && e.clientWidth > 1 && style.display !== "inline" && style.overflow === "hidden"
        && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 4)
        && style.textOverflow !== "ellipsis";
}).map(e => e.tagName + ": " + e.textContent.trim().slice(0, 40))"""

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


@pytest.fixture(scope="module")
def found(visitors):
    return find_places(visitors)


@pytest.fixture(scope="module")
def places(found):
    return found[0]


def test_every_address_is_a_known_page_or_said_to_be_none(found):
    places, refuse_get = found
    known = {place.route for place in places} | refuse_get | set(NO_PAGE)
    _none([route for route in routes() if route not in known])


def _none(findings):
    assert not findings, "\n" + "\n".join(findings)


def _look_at(visitors, places, look, examine):
    """What ``examine(page)`` finds on each place, in one window for each person."""
    language, scheme, screen = look
    findings = []
    for who, theirs in groupby(sorted(places, key=lambda p: str(p.who)), key=lambda p: p.who):
        with visitors.page(who, language=language, scheme=scheme, screen=screen) as page:
            for place in theirs:
                answer = page.goto(place.address)
                if not answer.ok:
                    findings.append(f"{place.route} {place.address} answers {answer.status}")
                found = [*examine(page), *visitors.records[-1].told()]
                findings += [f"{place.route} {place.address} {what}" for what in found]
    return findings


def _axe(page):
    page.evaluate(AXE.read_text())
    for rule in page.evaluate(RUN_AXE, RULES)["violations"]:
        yield f"{rule['id']}: " + " | ".join(node["html"][:160] for node in rule["nodes"][:3])


def test_axe_finds_nothing_on_any_page(visitors, places):
    _none(_look_at(visitors, places, FIRST, _axe))


@pytest.mark.parametrize("look", OTHERS, ids="-".join)
def test_axe_finds_nothing_on_some_pages_in_each_other_look(visitors, places, look, request):
    if request.config.getoption("--long"):
        some = places
    else:
        some = places[OTHERS.index(look) :: len(OTHERS)]
    _none(_look_at(visitors, some, look, _axe))


def test_axe_does_find_what_is_wrong(page_as):
    with page_as() as page:
        page.goto("/account/login/")
        page.evaluate("() => document.querySelector('main').append(new Image())")
        assert any(line.startswith("image-alt") for line in _axe(page))


def _too_wide(page):
    beyond = page.evaluate(TOO_WIDE)
    if beyond > 0:
        yield f"scrolls {beyond} px sideways"


def test_no_page_scrolls_sideways_on_320_pixels(visitors, places):
    _none(_look_at(visitors, places, ("nb", "light", "narrow"), _too_wide))


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
