"""The life of a report: drafted, sent for signature, returned, signed, and never changed again."""

import hashlib
import io
from datetime import timedelta

import pypdf
import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from tests.home import seeing
from tests.reports import reporting

import planengine as engine
from planengine.instants import DAY
from tospann.actions import commands as actions
from tospann.cases import commands as cases
from tospann.foundation import triggers
from tospann.foundation.audit import canonical, digest, verify
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.planning.skeleton import no_earlier
from tospann.reports import commands, queries, signing
from tospann.reports.drafting import autosave, draft
from tospann.reports.models import ReportSending, SignedReport, StatusReport
from tospann.risks import commands as risks

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return reporting.project()


def sections(report):
    content = draft.content(draft.ground(queries.report(report.project, report.number)))
    return {row["key"]: row["text"] for row in content["sections"]}


def keep(actor, report, **posted):
    return autosave.keep(actor, queries.report(report.project, report.number), posted)


def test_a_draft_writes_itself_from_what_happened(made):
    owner = made.people[Role.MEMBER].pk
    action = actions.add_action(
        made.coordinator, made.project, id=new_id(), title="Ring elverket", owner=owner
    )
    actions.complete_action(made.member, action)
    risks.raise_problem(made.member, made.project, id=new_id(), title="Lekkasje i taket")
    plan = Plan.objects.get(project=made.project)
    planning.report_progress(made.coordinator, plan, uid=1, percent=100)
    texts = sections(reporting.draft(made))
    assert "Milestone reached: Milepæl 0" in texts["done"]
    assert "Ring elverket" in texts["done"]
    assert "Milestone: Milepæl 1" in texts["next"]
    assert "Lekkasje i taket" in texts["problems"]
    assert "1 action is overdue" in texts["problems"]


def test_the_second_report_tells_only_what_is_new(made):
    owner = made.people[Role.MEMBER].pk
    for title in ("Gammel", "Ny"):
        if title == "Ny":
            reporting.signed(made)
        action = actions.add_action(
            made.coordinator, made.project, id=new_id(), title=title, owner=owner
        )
        actions.complete_action(made.member, action)
    texts = sections(reporting.draft(made))
    assert "Ny" in texts["done"]
    assert "Gammel" not in texts["done"]


def test_a_milestone_shows_where_it_stood_last_time(made):
    reporting.signed(made)
    plan = Plan.objects.get(project=made.project)
    later = engine.day(seeing.day(21)) * DAY + 16 * 3600
    edit = engine.edit_to_json(engine.SetConstraint(3, no_earlier(later)))
    planning.apply_edits(made.manager, plan, base_revision=plan.revision, edits=[edit])
    report = reporting.draft(made)
    content = draft.content(draft.ground(queries.report(made.project, report.number)))
    row = next(row for row in content["facts"]["milestones"] if row["uid"] == 3)
    assert row["trend"] == "later"
    assert row["previous"] == seeing.day(0).isoformat()
    assert row["now"] == seeing.day(21).isoformat()


def test_a_waiting_case_stands_first_and_makes_its_area_yellow(made):
    case = cases.open_case(
        made.coordinator, made.project, id=new_id(), title="Utsette åpningen", recommendation="Ja"
    )
    case = cases.submit_case(made.coordinator, case)
    report = reporting.draft(made)
    content = draft.content(draft.ground(queries.report(made.project, report.number)))
    assert content["sections"][0]["key"] == "needed"
    assert "Utsette åpningen" in content["sections"][0]["text"]
    assert content["overall"]["light"] in {"amber", "red"}


def test_only_one_report_is_under_way(made):
    reporting.draft(made)
    with pytest.raises(Invalid):
        reporting.draft(made)


def test_an_override_demands_a_sentence_and_shows_what_was_proposed(made):
    report = reporting.draft(made)
    keep(made.coordinator, report, state_overall="red")
    with pytest.raises(Invalid, match="Overall"):
        commands.submit_report(made.coordinator, report)
    keep(made.coordinator, report, note_overall="Leverandøren er konkurs.")
    sent = commands.submit_report(made.coordinator, report)
    overall = sent.evidence["overall"]
    assert (overall["light"], overall["is_override"]) == ("red", True)
    assert overall["proposed"] != "red"


def test_the_coordinator_cannot_sign_and_is_told_what_to_do_instead(made):
    report = reporting.submitted(made)
    with pytest.raises(NotAllowed, match=r"[Ss]end"):
        signing.sign(made.coordinator, queries.report(made.project, report.number))
    with pytest.raises(NotAllowed):
        signing.sign(made.member, queries.report(made.project, report.number))
    assert not SignedReport.objects.exists()


def test_the_manager_who_prepares_herself_signs_at_once(made):
    report = reporting.draft(made, made.manager)
    signing.sign(made.manager, queries.report(made.project, report.number))
    assert queries.signed(made.project, report.number).signed_by == made.people[Role.MANAGER]


def test_the_figures_are_frozen_when_it_is_sent_whatever_happens_later(made):
    report = reporting.submitted(made)
    before = report.evidence["facts"]["plan"]["percent"]
    plan = Plan.objects.get(project=made.project)
    planning.report_progress(made.coordinator, plan, uid=2, percent=100)
    signing.sign(made.manager, queries.report(made.project, report.number))
    content = queries.signed(made.project, report.number).content
    assert content["facts"]["plan"]["percent"] == before


def test_a_returned_report_is_written_again_with_the_figures_of_now(made):
    report = reporting.submitted(made)
    back = commands.return_report(made.manager, report, reason="Oppdater tallene")
    assert (back.state, back.evidence) == ("returned", {})
    again = commands.submit_report(made.coordinator, back)
    assert again.state == "submitted"
    assert again.return_reason == ""


def test_what_is_signed_is_a_tagged_pdf_of_at_most_two_pages_with_its_checksum(made):
    signed = reporting.signed(made)
    data = queries.pdf_of(signed)
    assert hashlib.sha256(data).hexdigest() == signed.pdf_sha256
    assert digest(canonical(signed.content)) == signed.content_hash
    document = pypdf.PdfReader(io.BytesIO(data))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "en"
    assert b"pdfuaid:part" in document.trailer["/Root"]["/Metadata"].get_data()
    assert len(document.pages) <= 2
    text = " ".join(page.extract_text() for page in document.pages)
    assert made.people[Role.MANAGER].name in text
    assert "Status report 1" in text
    assert list(verify()) == []


@pytest.mark.parametrize("table", ["signedreport", "statusreport", "reportsending"])
@pytest.mark.parametrize("event", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_database_itself_refuses_every_change_of_what_is_signed(made, table, event):
    signed = reporting.signed(made)
    to = commands.Receiver(name="Kari", email="kari@example.org")
    commands.send_report(made.manager, signed, id=new_id(), receivers=[to], remembered=[])
    if event == "TRUNCATE" and connection.vendor != "postgresql":
        event = "DELETE"
    column = {"signedreport": "state", "statusreport": "number", "reportsending": "message"}
    sql = {
        "UPDATE": f"UPDATE reports_{table} SET {column[table]} = {column[table]}",
        "DELETE": f"DELETE FROM reports_{table}",
        "TRUNCATE": f"TRUNCATE reports_{table} CASCADE",
    }[event]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert SignedReport.objects.count() == StatusReport.objects.count() == 1
    assert ReportSending.objects.count() == 1


@pytest.mark.parametrize("column", ["pdf", "content"])
def test_what_somebody_changes_behind_the_triggers_is_found(made, column):
    signed = reporting.signed(made)
    assert list(queries.faults()) == []
    triggers.drop()
    try:
        changed = {"pdf": b"%PDF-1.7 other", "content": {"overall": {"light": "green"}}}[column]
        rows = models.QuerySet(SignedReport).filter(pk=signed.pk)
        models.QuerySet.update(rows, **{column: changed})
    finally:
        triggers.ensure()
    assert list(queries.faults()) == [f"report 1 of {made.project.key}: not as it was signed"]


def test_a_draft_may_still_be_changed_and_discarded_in_the_database(made):
    report = reporting.draft(made)
    keep(made.coordinator, report, done="Alt")
    fresh = queries.report(made.project, report.number)
    commands.discard_report(made.coordinator, fresh)
    assert not StatusReport.objects.exists()


def test_two_people_in_different_sections_never_disturb_each_other(made):
    report = reporting.draft(made)
    shown = {key: draft.fingerprint(text) for key, text in sections(report).items()}
    keep(made.coordinator, report, done="Hennes", base_done=shown["done"])
    kept = keep(made.manager, report, next="Hans", base_next=shown["next"])
    assert not kept.clashes
    assert sections(report)["done"] == "Hennes"
    assert sections(report)["next"] == "Hans"


def test_two_people_in_one_section_both_keep_their_text(made):
    report = reporting.draft(made)
    base = draft.fingerprint(sections(report)["done"])
    keep(made.coordinator, report, done="Hennes", base_done=base)
    kept = keep(made.manager, report, done="Hans", base_done=base)
    assert kept.clashes == {"done": "Hennes"}
    assert kept.refused == {"done": "Hans"}
    again = keep(made.manager, report, done="Hans", base_done=draft.fingerprint("Hennes"))
    assert not again.clashes
    assert sections(report)["done"] == "Hans"


def test_what_comes_after_one_has_written_is_shown_beside(made):
    report = reporting.draft(made)
    keep(made.coordinator, report, problems="Ingenting å melde")
    risks.raise_problem(made.member, made.project, id=new_id(), title="Brudd på vannrør")
    content = draft.content(draft.ground(queries.report(made.project, report.number)))
    row = next(row for row in content["sections"] if row["key"] == "problems")
    assert row["text"] == "Ingenting å melde"
    assert any("Brudd på vannrør" in line for line in row["new"])


def test_nothing_can_be_typed_into_a_report_that_waits(made):
    report = reporting.submitted(made)
    with pytest.raises(Invalid):
        keep(made.coordinator, report, done="For sent")


def test_members_cannot_write(made):
    report = reporting.draft(made)
    with pytest.raises(NotAllowed):
        keep(made.member, report, done="Mitt")


def test_signing_moves_the_due_date_on(made):
    today = timezone.localdate()
    commands.set_reporting(
        made.manager, made.project, kind="small", cadence="weekly", next_due_on=today
    )
    assert [row["due_on"] for row in queries.due(made.coordinator)] == [today]
    reporting.submitted(made)
    assert queries.due(made.coordinator) == []
    (waiting,) = queries.to_sign(made.manager)
    assert waiting["project_key"] == made.project.key
    assert queries.to_sign(made.coordinator) == []
    signing.sign(made.manager, queries.report(made.project, 1))
    assert queries.reporting(made.project).next_due_on == today + timedelta(days=7)
    assert queries.to_sign(made.manager) == []


def test_the_portfolio_reads_the_latest_state_of_many_in_one_query(made, django_assert_num_queries):
    other = reporting.project()
    first, second = reporting.signed(made), reporting.signed(made)
    del first
    with django_assert_num_queries(1):
        found = queries.latest_state([made.project.pk, other.project.pk])
    assert found == {made.project.pk: (second.state, "same", second.signed_on)}
