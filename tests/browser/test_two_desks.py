"""The case, walked from both desks: drafted, trimmed, asked about, decided on a phone, put back."""

import os
import re
from pathlib import Path

import pytest
from tests.browser.looking import axe
from tests.browser.serving import demo_portal
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


def as_shown(text):
    """An amount as a page writes it, with the space or the comma of its language."""
    return re.compile(text.replace(" ", r"[\s,]"))


class Change(Draft):
    """A draft, whatever the reader's language."""

    def lasts(self, name, days):
        self.cell(name, "duration").dblclick()
        self.press("Control+a")
        self.changed(lambda: self.type(f"{days}d"))

    def costs(self, line, amount):
        """What a line of the budget comes to in the draft."""
        form = self.opened("money")
        lines = form.locator("select[name=line]")
        lines.select_option(lines.locator("option", has_text=line).get_attribute("value"))
        self.sent(form, "amount", amount)

    def freezes_as(self, name):
        """The draft's own box: the plan, as the draft makes it, becomes the baseline."""
        form = self.opened("freeze")
        form.locator("input[name=freezes]").check()
        self.sent(form, "frozen_as", name)

    def opened(self, what):
        box = self.page.locator(".draft-quick").filter(
            has=self.page.locator(f"form[action$='/{what}']")
        )
        box.locator("summary").click()
        return box.locator("form")

    def sent(self, form, field, value):
        form.locator(f"[name={field}]").fill(value)
        form.locator("button[type=submit]").click()
        said = self.page.locator(".draft-step", has_text=as_shown(value))
        expect(said).to_have_count(1)
        expect(self.editor).to_have_attribute("data-revision", re.compile(r"\d"))


LINE = "Opplæring"
MUCH, MONEY = "1 400 000", {"nb": "790 000", "en": "810 000"}
"""For the owner to decide, and for the manager."""
FROZEN = {"nb": "Lengre leveranse", "en": "A longer delivery"}


@pytest.mark.parametrize(
    ("language", "days"),
    [("nb", (60, 46, 47)), pytest.param("en", (75, 51, 52), marks=pytest.mark.long)],
)
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
    language = words.language
    draft = Change(page, opened(page, f"Lenger tid {first}"))
    draft.lasts(LONG, owners)
    draft.costs(LINE, MUCH)
    draft.freezes_as(FROZEN[language])
    draft.decided_by(words("Project owner"))
    draft.lasts(LONG, first)
    draft.decided_by(words("Project owner"))
    draft.costs(LINE, MONEY[language])
    draft.decided_by(words("Project manager"))
    assert list(axe(page)) == []
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
    other.costs(LINE, MONEY[language])
    other.freezes_as(FROZEN[language])
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
    assert list(axe(page)) == []
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
    assert list(axe(page)) == []
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
    """The plan, its baseline, the money, the logs, the action of the condition, the notice; and
    the way back is a case.
    """
    chart = Change(page, f"{PLAN}/chart")
    expect(chart.cell(LONG, "duration")).to_have_text(re.compile(rf"^{second} "))
    key = case.split("/decisions/", maxsplit=1)[0]
    page.goto(f"{key}/plan/revisions")
    in_force = page.locator("#baselines li").first
    expect(in_force).to_contain_text(FROZEN[language])
    look(page, f"revisions-{language}")
    page.goto(f"{PLAN}?q={LONG}")
    expect(page.locator("td.is-drift").first).to_have_text(words("as frozen"))
    page.goto(f"{key}/money")
    expect(page.locator("main tr", has_text=LINE)).to_contain_text(as_shown(MONEY[language]))
    look(page, f"money-{language}")
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
    page.wait_for_url(CASE)
    back = page.locator("#alternatives")
    expect(back).to_contain_text(LONG)
    expect(back).to_contain_text(words("Change a budget line"))
    expect(back).to_contain_text(words.part("Removes the baseline “%(name)s”."))
    expect(back).to_contain_text(FROZEN[language])
    look(page, f"reversal-{language}")
