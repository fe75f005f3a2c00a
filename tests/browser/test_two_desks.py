"""The case, walked from both desks: drafted, trimmed, asked about, decided on a phone, put back."""

import os
import re
from pathlib import Path

import pytest
from tests.browser.serving import demo_portal
from tests.browser.test_accessibility import _axe
from tests.browser.test_drafts import LONG, PLAN, Draft, opened
from tests.browser.test_journey import Words
from tests.browser.waiting import expect

PICTURES = os.environ.get("TOSPANN_LOOK", "")
CASE = re.compile(r"/decisions/cases/\d+$")


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One of its own: the decision changes its plan."""
    with demo_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def look(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


class Change(Draft):
    """A draft, whatever the reader's language."""

    def lasts(self, name, days):
        self.cell(name, "duration").dblclick()
        self.press("Control+a")
        self.changed(lambda: self.type(f"{days}d"))


@pytest.mark.parametrize(("language", "days"), [("nb", (60, 46, 47)), ("en", (75, 51, 52))])
def test_two_desks(page_as, language, days):
    words, (owners, first, second) = Words(language), days
    with page_as("coordinator", language=language) as page:
        case = prepared(page, words, owners, first, second)
    with page_as("manager", language=language, screen="phone") as page:
        asks(page, words, case)
    with page_as("coordinator", language=language) as page:
        answers(page, words, case)
    with page_as("manager", language=language, screen="phone") as page:
        decision = approves(page, words, case, language)
    with page_as("coordinator", language=language) as page:
        everything_is_there(page, words, case, decision, second, language)


def prepared(page, words, owners, first, second):
    """The owner's at first; trimmed until the manager may decide; then a second alternative."""
    draft = Change(page, opened(page, f"Lenger tid {first}"))
    draft.lasts(LONG, owners)
    draft.decided_by(words("Project owner"))
    draft.lasts(LONG, first)
    draft.decided_by(words("Project manager"))
    look(page, f"draft-{words.language}")
    page.locator(".draft-ends a[href$='/submit']").click()
    form = page.locator("#modal dialog")
    form.locator("input[name=title]").fill(f"Mer tid til leveranse 3 ({words.language})")
    form.locator("textarea[name=recommendation]").fill("Gi leveransen mer tid.")
    form.locator("input[name=later]").check()
    form.locator("button[type=submit]").click()
    page.wait_for_url(CASE)
    case = page.url
    other = Change(page, opened(page, f"Enda lenger {second}"))
    other.lasts(LONG, second)
    page.locator(".draft-ends a[href$='/submit']").click()
    form = page.locator("#modal dialog")
    chosen = form.locator("select[name=case] option", has_text=f"({words.language})")
    form.locator("select[name=case]").select_option(chosen.get_attribute("value"))
    form.locator("button[type=submit]").click()
    page.wait_for_url(CASE)
    assert page.url == case
    page.goto(f"{case}/edit")
    page.locator("main input[name=recommended][value=B]").check()
    page.locator("main textarea[name=recommendation]").fill("Velg B.")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(CASE)
    page.locator("form[action$='/submit'] button").click()
    expect(page.locator("#decide")).to_have_count(0)
    assert list(_axe(page)) == []
    return case


def asks(page, words, case):
    page.goto(case)
    page.locator("a[href$='/return'], button[hx-get$='/return'], [data-dialog$='/return']").click()
    page.locator("#modal textarea[name=question]").fill("Rekker vi skolestart?")
    page.locator("#modal button[type=submit]").click()
    expect(page.locator("#discussion")).to_contain_text("Rekker vi skolestart?")


def answers(page, words, case):
    page.goto(case)
    page.locator("#discussion textarea[name=text]").fill("Ja, med to ukers margin.")
    page.locator("#discussion button[type=submit]").click()
    expect(page.locator("#discussion")).to_contain_text("margin")
    page.locator("form[action$='/submit'] button").click()
    expect(page.locator("form[action$='/submit']")).to_have_count(0)


def approves(page, words, case, language):
    page.goto(case)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert list(_axe(page)) == []
    look(page, f"case-phone-{language}")
    box = page.locator("#decide")
    box.locator("input[name=alternative][value=B]").check()
    box.locator("textarea[name=reason]").fill("Godt begrunnet.")
    box.locator("input[name=condition]").fill(f"Varsle leverandøren ({language})")
    box.locator("input[name=condition_due]").fill("+5d")
    box.locator("button[type=submit]").click()
    page.wait_for_url(CASE)
    expect(page.locator("#decide")).to_have_count(0)
    page.locator("main a[href*='/decisions/log/']").first.click()
    page.wait_for_url(re.compile(r"/decisions/log/\d+$"))
    look(page, f"decision-phone-{language}")
    return page.url


def everything_is_there(page, words, case, decision, second, language):
    """The plan, the logs, the action of the condition, the notice; and the way back is a case."""
    chart = Change(page, f"{PLAN}/chart")
    expect(chart.cell(LONG, "duration")).to_have_text(re.compile(rf"^{second} "))
    key = case.split("/decisions/", maxsplit=1)[0]
    title = f"Mer tid til leveranse 3 ({language})"
    for place in ("log", "changes"):
        page.goto(f"{key}/decisions/{place}")
        expect(page.locator("main")).to_contain_text(title)
    look(page, f"changes-{language}")
    page.goto(f"{key}/tasks")
    expect(page.locator("main")).to_contain_text(f"Varsle leverandøren ({language})")
    page.goto("/inbox")
    expect(page.locator("main")).to_contain_text(title)
    page.goto(decision)
    page.locator("a[href*='reverses=']").click()
    page.locator("main textarea[name=recommendation]").fill("Det gikk raskere likevel.")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile(r"/decisions"))
    page.locator("main a[href*='/decisions/cases/']", has_text=title).first.click()
    expect(page.locator("#alternatives")).to_contain_text(LONG)
    look(page, f"reversal-{language}")
