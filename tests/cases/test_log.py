"""The decision log: three fields, decisions made elsewhere, promises, files; never altered."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.cases import commands
from tospann.cases.models import Decision
from tospann.documents import files
from tospann.documents.models import Attachment
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.stakeholders.commands import add_contact
from tospann.stakeholders.models import Promise

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
LOG_QUERIES = 8
DECISION_QUERIES = 9


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    return making.project()


def record(made, actor=None, **values):
    said = {"title": "Vi <kutter> opsjon 2", "reason": "Dekkes av opsjon 1", "decided_on": DAY}
    return commands.record_decision(
        actor or made.manager, made.project, id=new_id(), **(said | values)
    )


def at(made, name="decision_log", *more):
    return reverse(name, args=[made.project.key, *more])


def test_three_fields_make_a_decision(visit, made):
    typed = {"title": "Vi kutter opsjon 2", "reason": "Dekkes", "decided_on": "2.3.2026"}
    assert visit(Role.MANAGER).post(at(made, "record_decision"), typed).status_code == 302
    one = Decision.objects.get()
    assert (one.title, one.reason, one.decided_on) == ("Vi kutter opsjon 2", "Dekkes", DAY)
    assert (one.decided_by, one.outcome) == (made.people[Role.MANAGER], "recorded")


def test_a_decision_may_promise_somebody_something(visit, made):
    kari = add_contact(made.manager, made.project, id=new_id(), name="Kari Nes", organisation="AS")
    typed = {
        "title": "Vi bygger gangvei", "decided_on": "2.3.2026",
        "promised": "Gangvei før skolestart",
        "promised_to": "Kari Nes (AS)", "promised_due": "15.8.2027",
    }  # fmt: skip
    client = visit(Role.MANAGER)
    without = client.post(at(made, "record_decision"), typed | {"promised_to": ""})
    assert without.status_code == 422
    client.post(at(made, "record_decision"), typed)
    decision, promise = Decision.objects.get(), Promise.objects.get()
    assert (promise.to_contact, promise.by_person) == (kari, made.people[Role.MANAGER])
    assert promise.due_on == date(2027, 8, 15)
    assert promise.born_in == decision.ref
    page = client.get(at(made, "decision", decision.number)).text
    assert "Gangvei før skolestart" in page
    assert promise.born_link == at(made, "decision", decision.number)


def test_a_decision_made_elsewhere_keeps_body_reference_text_and_file(visit, made):
    typed = {
        "title": "Investeringen er vedtatt", "body": "Kommunestyret", "decided_on": "2.3.2026",
        "body_reference": "PS 12/26", "text": "Investeringen <vedtas>.",
        "attachment": SimpleUploadedFile("Særutskrift.pdf", b"%PDF-1.7 ..."),
    }  # fmt: skip
    client = visit(Role.COORDINATOR)
    assert client.post(at(made, "record_outside_decision"), typed).status_code == 302
    one = Decision.objects.get()
    assert (one.body, one.body_reference, one.decided_by) == ("Kommunestyret", "PS 12/26", None)
    page = client.get(at(made, "decision", one.number)).text
    assert "Investeringen &lt;vedtas&gt;." in page
    assert "PS 12/26" in page
    file = Attachment.objects.get()
    assert (file.name, file.born_in) == ("Særutskrift.pdf", one.ref)
    assert file.get_absolute_url() in page
    assert b"".join(client.get(file.get_absolute_url())) == b"%PDF-1.7 ..."


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": ""},
        {"title": " "},
        {"decided_on": "i morgen"},
        {"decided_on": ""},
        {"body_reference": "x" * 101},
        {"attachment": SimpleUploadedFile("tom.pdf", b"")},
    ],
)
def test_bad_input_is_said_kept_and_nothing_is_recorded(visit, made, wrong):
    typed = {"title": "Investeringen", "body": "Kommunestyret", "decided_on": "2.3.2026"}
    sent = visit(Role.COORDINATOR).post(at(made, "record_outside_decision"), typed | wrong)
    assert sent.status_code == 422
    assert 'aria-invalid="true"' in sent.text
    assert not Decision.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(visit, made, settings):
    settings.ATTACHMENT_MOST_MEGABYTES = 1
    typed = {"title": "x", "body": "y", "decided_on": "2.3.2026"}
    big = SimpleUploadedFile("x.pdf", b"x" * (2 * files.MEGABYTE))
    client = visit(Role.COORDINATOR)
    sent = client.post(at(made, "record_outside_decision"), typed | {"attachment": big})
    assert sent.status_code == 413
    assert not Decision.objects.exists()


def test_the_coordinator_is_shown_the_form_she_may_use(visit, made):
    client = visit(Role.COORDINATOR)
    page = client.get(at(made, "record_decision")).text
    assert 'name="body"' in page
    assert at(made, "record_outside_decision") in page
    typed = {"title": "Noe", "decided_on": "2.3.2026"}
    assert client.post(at(made, "record_decision"), typed).status_code == 403
    with pytest.raises(NotAllowed):
        record(made, made.coordinator)


def test_a_member_may_record_nothing_and_no_file_of_hers_is_kept(visit, made, tmp_path):
    typed = {"title": "Investeringen", "body": "Kommunestyret", "decided_on": "2.3.2026"}
    upload = {"attachment": SimpleUploadedFile("x.pdf", b"%PDF")}
    client = visit(Role.MEMBER)
    assert client.get(at(made, "record_outside_decision")).status_code == 403
    assert client.post(at(made, "record_outside_decision"), typed | upload).status_code == 403
    assert not (tmp_path / "files").exists()


def test_a_form_sent_twice_records_once(visit, made):
    typed = {"id": str(new_id()), "title": "Ja", "decided_on": "2.3.2026"}
    client = visit(Role.MANAGER)
    for _time in range(2):
        assert client.post(at(made, "record_decision"), typed).status_code == 302
    one = Decision.objects.get()
    with pytest.raises(commands.AlreadyRecorded):
        commands.record_decision(made.manager, made.project, id=one.pk, title="Ja", decided_on=DAY)


def test_a_decision_is_not_dated_in_the_future(made):
    with pytest.raises(Invalid) as refused:
        record(made, decided_on=timezone.localdate() + timedelta(days=1))
    assert refused.value.field == "decided_on"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_decision SET title = 'Noe annet'",
        "UPDATE cases_decision SET decided_on = '2025-01-01'",
        "DELETE FROM cases_decision",
    ],
)
def test_the_database_itself_refuses_to_alter_a_decision(made, statement):
    record(made)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Decision.objects.get().title == "Vi <kutter> opsjon 2"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_asks_the_same_number_of_questions_however_long(
    visit, made, rows, django_assert_num_queries
):
    for _one in range(rows):
        record(made)
    client = visit(Role.MEMBER)
    client.get(at(made))
    with django_assert_num_queries(LOG_QUERIES):
        text = client.get(at(made)).text
    assert text.count(">Vi &lt;kutter&gt; opsjon 2</a>") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_decision_asks_the_same_number_however_much_is_in_it(
    visit, made, rows, django_assert_num_queries
):
    promises = [{"text": f"Løfte {n}", "to": f"Nabo {n}"} for n in range(rows)]
    kept = [files.keep(f"side {n}".encode(), f"side-{n}.txt") for n in range(rows)]
    attached = [
        {"name": k.name, "media_type": k.media_type, "size": k.size, "sha256": k.sha256}
        for k in kept
    ]
    one = record(made, promises=promises, attachments=attached)
    client = visit(Role.MEMBER)
    client.get(at(made, "decision", one.number))
    with django_assert_num_queries(DECISION_QUERIES):
        text = client.get(at(made, "decision", one.number)).text
    assert text.count(">Løfte ") == rows
    assert text.count("side-") >= rows


def test_the_log_is_narrowed_by_how_it_was_decided_and_taken_along(visit, made):
    record(made, title="Alene")
    record(made, title="Ute", body="Kommunestyret")
    client = visit(Role.MEMBER)
    assert ">Ute<" not in client.get(at(made) + "?way=alone").text
    assert ">Alene<" not in client.get(at(made) + "?way=outside").text
    assert client.get(at(made) + "?format=csv").status_code == 200
    for strange in ("way=%00", "outcome=x", "page=x", "sort=%27"):
        assert client.get(f"{at(made)}?{strange}").status_code == 200


def test_programs_read_it_too(visit, made):
    one = record(made, body="Kommunestyret", text="Vedtas.")
    client = visit(Role.MEMBER)
    base = f"/api/v1/projects/{made.project.key}"
    got = client.get(f"{base}/decisions/{one.number}")
    assert got.status_code == 200, got.text
    shown = got.json()
    assert (shown["text"], shown["body"]) == ("Vedtas.", "Kommunestyret")
    assert client.get(f"{base}/decisions").json()["count"] == 1
    assert client.get(f"{base}/decisions/999").status_code == 404
