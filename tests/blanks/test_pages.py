"""Filling in a template in the browser's own way: forms that post, pages that answer."""

import json
from io import BytesIO

import pypdf
import pytest
from docx import Document as WordFile
from tests.blanks import filling
from tests.blanks.filling import full_form, of, start

from tospann.blanks import content
from tospann.blanks.models import Comment, Earlier, Edition, EditionState, FilledState, Value
from tospann.budget import commands as budget
from tospann.documents import blobs
from tospann.documents.models import Document
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.packs import library

pytestmark = pytest.mark.django_db
KEYS = [one.key for one in library.documents()]
PAGE_QUERIES = 27


@pytest.fixture
def made():
    return filling.project()


@pytest.fixture
def visit(client, made):
    def as_role(role):
        client.force_login(made.people[role], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_role


def save(client, filled, sent, **more):
    return client.post(of("save_filled", filled), sent.urlencode(),
                       content_type="application/x-www-form-urlencoded", **more)  # fmt: skip


def autosave(client, filled, field, text, base):
    sent = {f"n:{field}": base, f"v:{field}": text}
    answer = client.post(of("save_filled", filled), sent, HTTP_ACCEPT="application/json")
    return answer.status_code, json.loads(answer.content)


def budgeted(made):
    line = budget.FirstLine(code="100", name="Bygg")
    budget.start_budget(made.manager, made.project, id=new_id(), lines=[line])


@pytest.mark.parametrize("key", KEYS)
def test_every_template_that_ships_is_filled_in_printed_and_read_back(visit, made, key):
    client = visit(Role.COORDINATOR)
    filled = start(client, made, key)
    sent = full_form(filled)
    assert save(client, filled, sent).status_code == 302
    written = content.now(filled, "nb")
    for name, value in sent.items():
        if name.startswith("v:"):
            kind = written.form.by_address[name[2:]].kind
            assert written.values[name[2:]] == filling.READ.get(kind, value.rstrip() or None)
    # What the page shows is what is typed again without changing anything.
    numbers = dict(Value.objects.filter(filled=filled).values_list("field", "number"))
    again = full_form(filled)
    assert save(client, filled, again).status_code == 302
    assert dict(Value.objects.filter(filled=filled).values_list("field", "number")) == numbers
    page = client.get(of("filled", filled))
    assert page.status_code == 200
    assert "<tekst>" not in page.text

    pdf = client.get(of("filled_pdf", filled))
    assert pdf.content.startswith(b"%PDF")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf.content
    read = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(pdf.content)).pages)
    word = WordFile(BytesIO(client.get(of("filled_docx", filled)).content))
    said = "\n".join(p.text for p in word.paragraphs)
    for section in written.form.sections:
        shown = [one for one in section.fields if not one.restricted]
        assert not shown or section.title in said
        for one in shown:
            assert one.label in said
    assert filled.title in read


def test_the_page_asks_the_same_number_of_questions_however_many_rows(
    visit, made, django_assert_num_queries
):
    client = visit(Role.COORDINATOR)
    filled = start(client, made)
    client.get(of("filled", filled))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(of("filled", filled))
    save(client, filled, full_form(filled))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(of("filled", filled))


def test_two_who_write_in_the_same_field_are_joined_and_nothing_is_lost(visit, made):
    client = visit(Role.COORDINATOR)
    filled = start(client, made)
    assert autosave(client, filled, "policies", "en\nto\ntre", 0)[1]["numbers"] == {"policies": 1}
    _status, told = autosave(client, filled, "policies", "EN\nto\ntre", 1)
    assert told["numbers"] == {"policies": 2}
    client = visit(Role.MANAGER)
    _status, told = autosave(client, filled, "policies", "en\nto\ntre\nfire", 1)
    assert told["joined"] == {"policies": "EN\nto\ntre\nfire"}
    assert told["numbers"] == {"policies": 3}
    # The same line, changed by both: theirs stands, ours is kept beside and told of.
    _status, told = autosave(client, filled, "policies", "eN\nto\ntre", 1)
    assert told["clashes"] == {"policies": "EN\nto\ntre\nfire"}
    assert Earlier.objects.get(is_beside=True).value == "eN\nto\ntre"
    page = client.get(of("filled_earlier", filled), {"field": "policies"}).text
    assert "eN" in page


def test_what_cannot_be_read_is_kept_as_typed_and_stands_in_the_way(visit, made):
    client = visit(Role.COORDINATOR)
    filled = start(client, made, "project_brief")
    _status, told = autosave(client, filled, "budget", "om lag en million", 0)
    assert "1\xa0234,5" in told["problems"]["budget"]
    assert content.now(filled, "nb").values["budget"] == "om lag en million"
    answer = client.post(of("send_filled", filled))
    assert answer.status_code == 422
    assert "Budsjett" in answer.text or "Budget" in answer.text


def test_what_is_missing_is_named_and_nothing_is_sent(visit, made):
    client = visit(Role.COORDINATOR)
    filled = start(client, made)
    assert client.post(of("send_filled", filled)).status_code == 422
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("role", "status", "state"),
    [
        (Role.MANAGER, 302, FilledState.PUBLISHED),
        (Role.COORDINATOR, 302, FilledState.PUBLISHED),
        (Role.MEMBER, 403, FilledState.DRAFT),
    ],
)
def test_whoever_keeps_the_registers_enters_a_document_at_once(visit, made, role, status, state):
    client = visit(role)
    filled = start(client, made, "lessons_log")
    save(client, filled, full_form(filled))
    assert client.post(of("send_filled", filled)).status_code == status
    filled.refresh_from_db()
    assert filled.state == state


def test_judgements_of_people_are_for_the_core_alone_and_never_in_a_file(visit, made):
    client = visit(Role.COORDINATOR)
    filled = start(client, made)
    save(client, filled, full_form(filled))
    name = "Forventning og holdning"
    assert name in client.get(of("filled", filled)).text
    files = [client.get(of("filled_docx", filled)).content]
    assert all(name not in "\n".join(_cells(one)) for one in files)
    member = visit(Role.MEMBER)
    assert name not in member.get(of("filled", filled)).text
    sent = {"n:stakeholders": "1", "r:stakeholders": "n1", "c:stakeholders:n1:name": "Endret"}
    member.post(of("save_filled", filled), sent)
    assert content.now(filled, "nb").values["stakeholders"][0]["name"] != "Endret"


def _cells(data):
    file = WordFile(BytesIO(data))
    return [cell.text for table in file.tables for row in table.rows for cell in row.cells]


def test_a_coordinators_document_becomes_a_case_and_the_owners_yes_writes_the_registers(
    visit, made
):
    from tospann.cases import commands as cases
    from tospann.cases.models import Case, CaseState
    from tospann.projects.models import Goal, Tolerance
    from tospann.stakeholders.models import Contact

    client = visit(Role.COORDINATOR)
    budgeted(made)
    filled = start(client, made)
    save(client, filled, full_form(filled))
    client.post(of("send_filled", filled), {"comment": "Første utgave"})
    filled.refresh_from_db()
    edition = Edition.objects.get()
    assert (filled.state, edition.state) == (FilledState.SUBMITTED, EditionState.SUBMITTED)
    case = Case.objects.get()
    assert edition.case_label == f"{made.project.key}-{case.number}"
    assert not Goal.objects.exists()
    status, _told = autosave(client, filled, "policies", "for sent", 1)
    assert status == 403

    cases.decide(made.owner, case, alternative="A", reason="")
    filled.refresh_from_db()
    edition.refresh_from_db()
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED
    assert (filled.state, edition.state) == (FilledState.APPROVED, EditionState.APPROVED)
    assert edition.settled_by == made.owner.name
    assert {goal.description for goal in Goal.objects.all()} == {"Ærlig <tekst> & mer"}
    assert Tolerance.objects.get(area="time").allowed == "Ærlig <tekst> & mer"
    assert Contact.objects.filter(name="Ærlig <tekst> & mer").count() == 1


def test_a_case_that_is_returned_gives_the_document_back(visit, made):
    from tospann.cases import commands as cases
    from tospann.cases.models import Case, CaseState

    client = visit(Role.COORDINATOR)
    budgeted(made)
    filled = start(client, made)
    save(client, filled, full_form(filled))
    client.post(of("send_filled", filled))
    cases.return_case(made.owner, Case.objects.get(), question="Hvor er målene?")
    carry_out_owed()
    filled.refresh_from_db()
    assert filled.state == FilledState.DRAFT
    assert "Hvor er målene?" in client.get(of("filled", filled)).text
    client.post(of("send_filled", filled))
    assert sorted(Case.objects.values_list("state", flat=True)) == sorted(
        [CaseState.WITHDRAWN, CaseState.SUBMITTED]
    )


def test_what_was_approved_is_kept_as_a_file_that_is_approved_too(visit, made):
    client = visit(Role.COORDINATOR)
    filled = start(client, made, "lessons_log")
    save(client, filled, full_form(filled))
    client.post(of("send_filled", filled))
    while carry_out_owed():
        pass
    kept = Document.objects.get(source=f"blanks.filled:{filled.pk}")
    assert (kept.state, kept.version_number) == ("published", 1)
    with blobs.opened(kept.sha256) as file:
        assert file.read(4) == b"%PDF"
    client.post(of("revise_filled", filled))
    autosave(client, filled, "early_warning", "Endret", 1)
    client.post(of("send_filled", filled), {"comment": "Rettet"})
    while carry_out_owed():
        pass
    kept.refresh_from_db()
    assert (kept.state, kept.version_number, kept.approved_version) == ("published", 2, 2)
    assert Edition.objects.filter(document_id=kept.pk).count() == 2


def test_whoever_wrote_hears_what_is_said_and_settles_it(visit, made):
    client = visit(Role.COORDINATOR)
    filled = start(client, made)
    visit(Role.MANAGER).post(of("comment_on_filled", filled, "frame"), {"text": "Ta med leien."})
    carry_out_owed()
    coordinator = made.people[Role.COORDINATOR]
    assert Notification.objects.filter(person=coordinator, link=of("filled", filled)).exists()
    client = visit(Role.COORDINATOR)
    assert "Ta med leien." in client.get(of("filled", filled)).text
    comment = Comment.objects.get()
    client.post(of("settle_filled_comment", filled, comment.pk))
    comment.refresh_from_db()
    assert comment.settled_by == coordinator
