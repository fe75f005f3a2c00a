"""The pages of reports: what each role sees, what is kept, and what they cost."""

import io
import re

import pypdf
import pytest
from pptx import Presentation
from tests.home import seeing
from tests.reports import reporting

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import OwedReaction
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification, OutboxMail
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.reports import commands, mailing, queries, recipients
from tospann.reports.drafting import draft
from tospann.reports.models import ReportSending, SignedReport, StatusReport
from tospann.stakeholders import commands as stakeholders

pytestmark = pytest.mark.django_db
LIST_QUERIES = 8
DRAFT_QUERIES = 48
SIGNED_QUERIES = 10


@pytest.fixture
def made():
    return reporting.project(name="Svømmehall <nord>")


@pytest.fixture
def visit(client, made):
    def as_role(role):
        client.cookies["language"] = "en"
        return seeing.sign_in(client, made.people[role])

    return as_role


def at(made, number="", what=""):
    return reporting.at(made, number, what) if number else f"/p/{made.project.key}/reports"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_reports_there_are(
    client, rows, django_assert_num_queries
):
    made = reporting.project()
    for _one in range(rows):
        reporting.signed(made)
    seeing.sign_in(client, made.people[Role.MEMBER])
    client.get(at(made))
    with django_assert_num_queries(LIST_QUERIES):
        text = client.get(at(made)).text
    assert text.count(f'href="{at(made)}/1"') == 1
    assert text.count("/slides") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_draft_costs_the_same_however_much_there_is_to_tell(
    client, rows, django_assert_num_queries
):
    made = reporting.project(rows)
    reporting.signed(made)
    reporting.draft(made)
    seeing.sign_in(client, made.people[Role.COORDINATOR])
    client.get(at(made, 2))
    with django_assert_num_queries(DRAFT_QUERIES):
        text = client.get(at(made, 2)).text
    assert text.count("<td>Milepæl ") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_signed_report_costs_the_same_however_much_it_says(
    client, rows, django_assert_num_queries
):
    made = reporting.project(rows)
    reporting.signed(made)
    seeing.sign_in(client, made.people[Role.MEMBER])
    client.get(at(made, 1))
    with django_assert_num_queries(SIGNED_QUERIES):
        client.get(at(made, 1))


def test_from_draft_to_mail_as_two_people_do_it(visit, made):
    client = visit(Role.COORDINATOR)
    begun = client.post(at(made) + "/new", follow=True)
    assert "Filled in from the portal" in begun.text
    sent = client.post(at(made, 1, "save"), {"done": "Taket er tett", "then": "submit"})
    assert sent.status_code == 302
    assert client.post(at(made, 1, "sign")).status_code == 403
    client = visit(Role.MANAGER)
    assert "Taket er tett" in client.get(at(made, 1)).text
    signed = client.post(at(made, 1, "sign"))
    assert signed["Location"].endswith("/reports/1/send")
    typed = {"role": ["role:owner"], "person": [f"person:{made.people[Role.MEMBER].pk}"]}
    assert client.post(at(made, 1, "send"), typed).status_code == 302
    sending = ReportSending.objects.get()
    assert {one["email"] for one in sending.receivers} == {
        made.people[Role.OWNER].email,
        made.people[Role.MEMBER].email,
    }
    again = client.get(at(made, 1, "send")).text
    ticked = [box for box in re.findall(r"<input[^>]+checkbox[^>]*>", again) if "checked" in box]
    ticked = [box for box in ticked if "name=" in box]
    assert len(ticked) == 2, "whom it went to is remembered"


def test_a_contact_without_an_account_gets_the_report_with_its_pdf(made):
    contact = stakeholders.add_contact(
        made.member, made.project, id=new_id(), name="Rolf Strand", email="rolf@example.org"
    )
    signed = reporting.signed(made)
    chosen = [{"kind": "contact", "value": str(contact.pk)}]
    OwedReaction.objects.all().delete()
    receivers = recipients.receivers(made.project, chosen)
    commands.send_report(
        made.manager,
        signed,
        id=new_id(),
        receivers=[commands.Receiver(**one) for one in receivers],
        remembered=[commands.Recipient(**one) for one in chosen],
        message="God lesning",
    )
    carry_out_owed()
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.attached[0]["media_type"]) == ("rolf@example.org", "application/pdf")
    assert "God lesning" in mail.body
    assert signed.pdf_sha256 in mail.html
    source = mail.attached[0]["source"].partition(":")[2]
    assert mailing.read(source) == queries.pdf_of(signed)
    for sending in ReportSending.objects.all():
        assert mailing.queue(sending) == 0, "nobody gets it twice"


def test_the_manager_signs_her_own_draft_with_one_button(visit, made):
    reporting.draft(made, made.manager)
    answer = visit(Role.MANAGER).post(at(made, 1, "save"), {"done": "Alt", "then": "sign"})
    assert answer.status_code == 302
    assert SignedReport.objects.get().content["sections"][1]["text"] == "Alt"


def test_an_override_without_a_sentence_is_refused_and_nothing_typed_is_lost(visit, made):
    reporting.draft(made)
    typed = {"state_overall": "red", "done": "Nesten alt", "then": "submit"}
    answer = visit(Role.COORDINATOR).post(at(made, 1, "save"), typed)
    assert answer.status_code == 422
    assert "Write why the state differs" in answer.text
    assert "Nesten alt" in answer.text
    assert StatusReport.objects.get().state == "draft"


def test_two_texts_in_one_place_are_both_shown(visit, made):
    report = reporting.draft(made)
    base = draft.fingerprint(draft.content(draft.ground(report))["sections"][1]["text"])
    visit(Role.COORDINATOR).post(at(made, 1, "save"), {"done": "Hennes tekst", "base_done": base})
    client = visit(Role.MANAGER)
    answer = client.post(at(made, 1, "save"), {"done": "Hans tekst", "base_done": base})
    assert answer.status_code == 409
    assert "Hennes tekst" in answer.text
    assert "Hans tekst" in answer.text


def test_the_script_is_told_the_same(visit, made):
    report = reporting.draft(made)
    base = draft.fingerprint(draft.content(draft.ground(report))["sections"][1]["text"])
    client, headers = visit(Role.COORDINATOR), {"Accept": "application/json"}
    first = {"done": "Hennes", "base_done": base}
    told = client.post(at(made, 1, "save"), first, headers=headers).json()
    assert told["bases"]["done"] == draft.fingerprint("Hennes")
    second = {"done": "Hans", "base_done": base, "next": "Mer"}
    answer = client.post(at(made, 1, "save"), second, headers=headers)
    assert "done" not in answer.json()["bases"], "its fingerprint stays until somebody chooses"
    assert answer.json()["clashes"] == {"done": "Hennes"}
    assert StatusReport.objects.get().texts["next"]["text"] == "Mer"


def test_what_was_typed_into_a_report_that_was_sent_meanwhile_stands_on_the_page(visit, made):
    reporting.submitted(made)
    answer = visit(Role.COORDINATOR).post(at(made, 1, "save"), {"done": "For sent skrevet"})
    assert answer.status_code == 409
    assert "For sent skrevet" in answer.text


def test_the_signer_sees_what_has_changed_since_and_may_return_it(visit, made):
    reporting.submitted(made)
    client = visit(Role.MANAGER)
    assert "The figures have changed" not in client.get(at(made, 1)).text
    plan = Plan.objects.get(project=made.project)
    planning.report_progress(made.coordinator, plan, uid=1, percent=100)
    assert "The figures have changed" in client.get(at(made, 1)).text
    OwedReaction.objects.all().delete()
    assert client.post(at(made, 1, "return"), {"reason": "Hent nye tall"}).status_code == 302
    carry_out_owed()
    told = Notification.objects.get(person=made.people[Role.COORDINATOR])
    assert "Hent nye tall" in str(told)
    assert "Hent nye tall" in visit(Role.COORDINATOR).get(at(made, 1)).text


def test_the_files_of_a_signed_report(visit, made):
    signed = reporting.signed(made)
    client = visit(Role.MEMBER)
    answer = client.get(at(made, 1, "pdf"))
    assert answer.content == queries.pdf_of(signed)
    assert answer["Cache-Control"] == "private, no-store"
    slides = Presentation(io.BytesIO(client.get(at(made, 1, "slides")).content))
    assert len(slides.slides) == 2
    said = [shape.text_frame.text for one in slides.slides for shape in one.shapes
            if shape.has_text_frame]  # fmt: skip
    assert any("Svømmehall <nord>" in text for text in said)
    assert all(one.shapes.title.text_frame.text for one in slides.slides)


def test_a_preview_says_that_it_is_a_draft(visit, made):
    reporting.draft(made)
    answer = visit(Role.COORDINATOR).get(at(made, 1, "pdf"))
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    assert "Draft, not signed" in " ".join(page.extract_text() for page in document.pages)


def test_a_file_is_checked_against_the_signed_one(visit, made):
    signed = reporting.signed(made)
    client = visit(Role.MEMBER)
    right = io.BytesIO(queries.pdf_of(signed))
    right.name = "rapport.pdf"
    assert "byte for byte" in client.post(at(made, 1, "check"), {"file": right}).text
    wrong = io.BytesIO(queries.pdf_of(signed) + b" ")
    wrong.name = "rapport.pdf"
    assert "something in it is different" in client.post(at(made, 1, "check"), {"file": wrong}).text
    typed = {"sha256": signed.pdf_sha256.upper()}
    assert "byte for byte" in client.post(at(made, 1, "check"), typed).text


def test_previous_and_next_lead_through_the_history(visit, made):
    for _one in range(3):
        reporting.signed(made)
    text = visit(Role.MEMBER).get(at(made, 2)).text
    assert f'href="{at(made, 1)}"' in text
    assert f'href="{at(made, 3)}"' in text
    assert visit(Role.MEMBER).get(at(made)).text.count("trend-line") >= 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER])
def test_others_read_a_draft_but_do_not_write(visit, made, role):
    reporting.draft(made)
    client = visit(role)
    page = client.get(at(made, 1))
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert client.post(at(made, 1, "save"), {"done": "Mitt"}).status_code == 403
    assert client.post(at(made) + "/new").status_code == 403


def test_guests_and_strangers_find_nothing(visit, client, made):
    reporting.signed(made)
    visit(Role.GUEST)
    for address in (at(made), at(made, 1), at(made, 1, "pdf"), at(made, 1, "slides")):
        assert client.get(address).status_code == 404
    assert visit(Role.MEMBER).get(at(made, 7)).status_code == 404


def test_how_the_project_reports_is_set_on_a_page(visit, made):
    typed = {
        "form": "small", "cadence": "monthly", "next_due_on": "", "amber_percent": "40",
        "late_milestones_amber": "1", "late_milestones_red": "2",
        "deviations_amber": "1", "deviations_red": "4",
    }  # fmt: skip
    client = visit(Role.COORDINATOR)
    assert client.post(at(made) + "/settings", typed).status_code == 302
    kept = queries.reporting(made.project)
    assert kept.next_due_on is not None
    assert kept.thresholds["amber_percent"] == 40
    assert client.post(at(made) + "/settings", typed | {"version": "0"}).status_code in {409, 422}
