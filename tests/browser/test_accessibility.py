"""Every page by axe's rules, and what axe cannot see: reflow, spacing, focus, dialogs, keyboard."""

from itertools import groupby, product
from pathlib import Path

import pytest
from tests.browser.places import NO_PAGE, find_places, routes
from tests.browser.visiting import LANGUAGES, SCHEMES

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
    with page_as(bypass_csp=True) as page:
        page.goto("/account/login/")
        page.evaluate("() => { document.querySelector('main').innerHTML = '<img src=\"/x\">' }")
        page.wait_for_load_state("networkidle")
        found = list(_axe(page))
        assert any(line.startswith("image-alt") for line in found)
        page.context.clear_cookies()
