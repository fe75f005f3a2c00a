"""The portal's main job, walked by the people who do it, with mouse and keyboard, in nb and en."""

import os
import re
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override
from pypdf import PdfReader
from tests import oracles
from tests.browser.waiting import expect

ROOT = Path(__file__).parents[2]
OWN_PLAN = ROOT / "tests/planengine/fixtures/pier.xml"
PICTURES = ROOT / "docs/pictures"
LARGEST_PICTURE = 150_000
NAMES = {"nb": "Ny ungdomsskole", "en": "New lower secondary school"}
KEYS = {"nb": "UNG", "en": "LSS"}
PACKS = {"nb": "Offentlig prosjekt", "en": "Public-sector project"}
CONDITION = {"nb": "Avklare tomten med grunneieren", "en": "Settle the site with the landowner"}
REASON = {"nb": "Gjelder ikke et nybygg.", "en": "Does not concern a new building."}
SITUATION = {"nb": "Elevtallet øker med 140.", "en": "There will be 140 more pupils."}
RECOMMENDED = {"nb": "Behovet er godt dokumentert.", "en": "The need is well documented."}
MANAGER, OWNER = "Kari Nordmann", "Tor Haugen"


def the_plan():
    if oracles.SAMPLE.exists():
        return oracles.SAMPLE
    sys.stderr.write(f"{oracles.WITHOUT} The journey imports {OWN_PLAN.name}.\n")
    return OWN_PLAN


class Words:
    """The portal's own words in one language."""

    def __init__(self, language):
        self.language = language

    def __call__(self, msgid, **values):
        with override(self.language):
            said = gettext(msgid)
        return said % values if values else said

    def part(self, msgid):
        """The words before the first value, to find a sentence by."""
        return self(msgid).split("%(")[0].strip()


def picture(page, name, language):
    """A picture for the README, when asked for: the Norwegian journey's."""
    if os.environ.get("TOSPANN_PICTURES") != "1" or language != "nb":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => { document.getElementById('toasts')?.replaceChildren(); scrollTo(0, 0) }")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, scale="css", animations="disabled")
    if file.stat().st_size > LARGEST_PICTURE:
        file.unlink()
        page.screenshot(path=file.with_suffix(".jpg"), type="jpeg", quality=80, scale="css")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_from_a_pack_to_a_decided_gate_and_its_status_page(page_as, language):
    words, key = Words(language), KEYS[language]
    if language == "nb":
        assert words("Decide") != "Decide", "the Norwegian words are not compiled"
        with page_as(None) as page:
            page.goto("/account/login/")
            picture(page, "sign-in", language)
        with page_as("manager") as page:
            page.goto("/p/SVH/")
            picture(page, "overview", language)
    with page_as("coordinator", language=language) as page:
        start_the_project(page, words)
        import_the_plan(page, words)
        gate = settle_the_checklist(page, words)
        prepare_the_gate(page, words, gate)
        she_cannot_pass_it(page, words)
        case = page.url
    with page_as("owner", language=language, screen="phone") as page:
        page.goto(case)
        picture(page, "case-on-a-phone", language)
    with page_as("owner", language=language) as page:
        before = states_of_phases(page, key)
        decide_with_a_condition(page, words, case)
        assert states_of_phases(page, key) != before
        the_condition_is_an_action(page, words)
        decided = the_decision_is_logged_with_its_evidence(page, words)
        the_status_page_is_a_pdf(page, words, decided)


def start_the_project(page, words):
    language = words.language
    page.goto("/projects/new")
    page.get_by_label(words("What is the project called?")).fill(NAMES[language])
    labelled(page, words("Key")).fill(KEYS[language])
    finish = timezone.localdate() + timedelta(days=700)
    page.get_by_label(words("End date")).fill(finish.strftime("%d.%m.%Y"))
    choose(page, words("Project manager"), MANAGER)
    choose(page, words("Project owner"), OWNER)
    page.locator(".pack-card").filter(has_text=PACKS[language]).click()
    page.get_by_role("button", name=words("Start the project")).click()
    page.wait_for_url(f"**/p/{KEYS[language]}/")
    expect(page.locator("h1")).to_contain_text(NAMES[language])


def choose(page, label, name):
    """Type part of a name into a choice with search, and take the hit."""
    box = labelled(page, label)
    box.click()
    box.press_sequentially(name.split()[0])
    page.get_by_role("option", name=name).first.click()


def labelled(form, label):
    """The field with this label, whatever the label goes on to say."""
    return form.get_by_label(re.compile("^" + re.escape(label) + r"\b")).first


def import_the_plan(page, words):
    language = words.language
    menu = page.locator("nav.side")
    menu.get_by_role("link", name=words("Plan"), exact=True).click()
    page.locator("main").get_by_role("link", name=words("Import a plan")).click()
    page.locator("input[type=file]").set_input_files(the_plan())
    page.get_by_role("button", name=words("Read the file")).click()
    page.wait_for_url("**/plan/import/*-*")
    for part in ("Kept", "Not kept"):
        expect(page.get_by_role("heading", name=words(part), exact=True)).to_be_visible()
    page.locator("#preview tbody tr").nth(3).wait_for()
    picture(page, "import-report", language)
    name = page.locator("#preview tbody tr").nth(2).inner_text().split("\t")[1].strip()
    page.get_by_role("button", name=words("Bring the plan in")).click()
    page.wait_for_url(f"**/p/{KEYS[language]}/plan")
    expect(page.locator("main")).to_contain_text(name.split("\n")[-1].strip())


def settle_the_checklist(page, words):
    """One point done, one not relevant with a reason, one with a link to evidence."""
    language = words.language
    page.locator("nav.side").get_by_role("link", name=words("Decisions"), exact=True).click()
    page.get_by_role("link", name=words("Phases and gates")).first.click()
    page.locator("#phases tbody a").first.click()
    points = page.locator(".checklist > li")
    points.first.wait_for()
    page.wait_for_load_state()
    gate = page.url
    total = points.count()
    assert total >= 3
    points.nth(0).get_by_role("button", name=words("Done"), exact=True).click()
    expect_settled(page, words, 1, total)

    change(page, words, points.nth(1))
    dialog = page.locator("dialog[open]")
    dialog.get_by_label(words("Not relevant")).check()
    dialog.get_by_role("button", name=words("Save")).click()
    page.locator(
        "dialog[open] .ds-validation-message, dialog[open] ds-error-summary"
    ).first.wait_for()
    dialog.get_by_label(words("Reason")).fill(REASON[language])
    dialog.get_by_role("button", name=words("Save")).click()
    expect_settled(page, words, 2, total)
    expect(points.nth(1)).to_contain_text(REASON[language])

    change(page, words, points.nth(2))
    dialog.get_by_label(words("Done"), exact=True).check()
    dialog.get_by_label(words("Link to evidence")).fill(f"/p/{KEYS[language]}/documents")
    dialog.get_by_role("button", name=words("Save")).click()
    expect_settled(page, words, 3, total)
    expect(points.nth(2).get_by_role("link", name=words("Evidence"))).to_be_visible()
    picture(page, "gate", language)
    return gate


def change(page, words, point):
    point.get_by_role(
        "link", name=re.compile("^" + re.escape(words.part("Change: %(text)s")))
    ).click()
    page.locator("dialog[open] form").wait_for()


def expect_settled(page, words, settled, total):
    lead = words("%(settled)s of %(total)s points settled", settled=settled, total=total)
    page.get_by_text(lead).first.wait_for()


def prepare_the_gate(page, words, gate):
    language = words.language
    expect(page.locator("main")).to_contain_text(words("You may prepare it, not pass it."))
    open_points = page.locator(".checklist > li[data-done=no]").count()
    page.get_by_role("link", name=words("Prepare the gate")).click()
    expect(page.locator("#missing li")).to_have_count(open_points)
    page.get_by_label(words("Proceed")).check()
    page.get_by_label(words("Reason for the recommendation")).fill(RECOMMENDED[language])
    page.get_by_label(words("Situation")).fill(SITUATION[language])
    page.get_by_role("button", name=words("Submit for decision")).click()
    page.wait_for_url("**/decisions/cases/*")


def she_cannot_pass_it(page, words):
    """She is told who can, and has no button for it."""
    with override(words.language):
        from tospann.foundation.authority import ROLE_LABELS, Role

        owner = str(ROLE_LABELS[Role.OWNER])
    expect(page.locator("main")).to_contain_text(owner, ignore_case=True)
    expect(page.locator("#decide")).to_have_count(0)
    page.goto(page.url.split("/cases/")[0] + "/gates")
    page.locator("#phases tbody a").first.click()
    page.wait_for_url("**/decisions/gates/*")
    expect(page.locator("main")).to_contain_text(OWNER)
    page.get_by_role("link", name=words("Open the case")).click()
    page.wait_for_url("**/decisions/cases/*")


def states_of_phases(page, key):
    page.goto(f"/p/{key}/")
    return page.locator(".phases > .phase").evaluate_all(
        "all => all.map(one => one.className + one.dataset.state + one.textContent)"
    )


def decide_with_a_condition(page, words, case):
    language = words.language
    page.goto("/")
    path = urlsplit(case).path
    page.locator(f"#decide a[href='{path}']").click()
    page.wait_for_url(case)
    form = page.locator("#decide form")
    form.get_by_label(words("Proceed")).check()
    labelled(form, words("Condition")).fill(CONDITION[language])
    form.get_by_label(words("Who fulfils the condition")).select_option(label=MANAGER)
    due = timezone.localdate() + timedelta(days=30)
    labelled(form, words("Due")).fill(due.strftime("%d.%m.%Y"))
    form.get_by_role("button", name=words("Decide")).click()
    page.get_by_role("link", name=words("Read the decision")).wait_for()


def the_condition_is_an_action(page, words):
    language = words.language
    page.locator("nav.side").get_by_role("link", name=words("Tasks"), exact=True).click()
    page.get_by_role("link", name=CONDITION[language], exact=True).click()
    page.get_by_role("heading", name=CONDITION[language]).wait_for()
    for said in (MANAGER, CONDITION[language]):
        expect(page.locator("main")).to_contain_text(said)


def the_decision_is_logged_with_its_evidence(page, words):
    language = words.language
    page.locator("nav.side").get_by_role("link", name=words("Decisions"), exact=True).click()
    page.get_by_role("link", name=words("Decision log")).first.click()
    decision = page.locator("#register-rows tbody a").first
    title = decision.inner_text()
    decision.click()
    evidence = page.locator("#evidence tbody")
    evidence.locator("tr").nth(2).wait_for()
    expect(evidence).to_contain_text(REASON[language])
    expect(page.locator("#reason")).to_contain_text(CONDITION[language])
    expect(page.locator("#about")).to_contain_text(OWNER)
    return title


def the_status_page_is_a_pdf(page, words, decided):
    language = words.language
    page.locator("nav.side").get_by_role("link", name=words("Reports"), exact=True).click()
    page.get_by_role("link", name=words("Status page"), exact=True).click()
    link = page.get_by_role(
        "link", name=words("PDF in Norwegian" if language == "nb" else "PDF in English")
    )
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    text = re.sub(r"\s+", " ", text)
    assert NAMES[language] in text
    assert decided in text
