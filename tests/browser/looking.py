"""Going through all pages as people see them, and asking something of each."""

from itertools import groupby, product
from pathlib import Path

from tests.browser.visiting import LANGUAGES, SCHEMES

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"
NARROW = {"width": 320, "height": 640}
RUN_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
STILL = """() => document.getAnimations().every(one =>
    one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""
"""What fades in has not its own colours yet."""
LOOKS = list(product(LANGUAGES, SCHEMES, ("desktop", "phone")))
"""Every page is looked at in one of them, in turn; with ``--long`` in each."""


def share(places, look, config):
    """The pages to look at so: all of them with ``--long``, else those whose turn it is."""
    return places if config.getoption("--long") else places[LOOKS.index(look) :: len(LOOKS)]


def none(findings):
    assert not findings, "\n" + "\n".join(findings)


def look_at(visitors, places, look, examine):
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


def axe_and_reflow(page):
    """What axe finds on the page, and whether it scrolls sideways on 320 pixels."""
    yield from axe(page)
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    yield from too_wide(page)
    page.set_viewport_size(before)


def too_wide(page):
    beyond = page.evaluate(TOO_WIDE)
    if beyond > 0:
        yield f"scrolls {beyond} px sideways"


def axe(page):
    page.wait_for_function(STILL)
    page.evaluate(AXE.read_text())
    for rule in page.evaluate(RUN_AXE, RULES)["violations"]:
        yield f"{rule['id']}: " + " | ".join(node["html"][:160] for node in rule["nodes"][:3])
