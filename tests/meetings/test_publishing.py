"""Minutes that are out are never changed; remarks have a deadline; then they are locked."""

import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests import making
from tests.meetings import meet

from tospann.actions import commands as actions
from tospann.documents import blobs
from tospann.foundation import audit, triggers
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail
from tospann.meetings import commands, publishing
from tospann.meetings.commands.publishing import ChangedMeanwhile
from tospann.meetings.jobs import lock_what_is_due
from tospann.meetings.minutes import content_of, fingerprint, for_external
from tospann.meetings.models import Attendance, Meeting, MeetingState, PublishedMinutes
from tospann.meetings.queries import proposals

pytestmark = pytest.mark.django_db
KARI = ("Kari <Rør>", "kari@ror.example", "Rør AS")
OLA = ("Ola Elektro", "ola@el.example", "Elektro AS")


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def written(made, **values):
    """A meeting under way with something noted in it."""
    meeting = meet.under_way(made, days=0, **values)
    item = meet.item(meeting, "Fremdrift")
    commands.save_item_text(made.coordinator, item, text="To uker foran <planen>\nSånn er det.")
    actions.born(
        made.coordinator,
        made.project,
        title="Bestille stål",
        owner=made.people[Role.MEMBER].pk,
        origin_kind="meeting",
        born_in=item.ref,
    )
    return meeting


def due(days=5):
    return timezone.localdate() + timedelta(days=days)


def published(made, **values):
    meeting = written(made, **values)
    return publishing.publish(made.coordinator, meeting, due()).result


def test_publishing_ends_the_meeting_and_freezes_what_it_says(made):
    out = published(made)
    meeting = Meeting.objects.get()
    assert meeting.state == MeetingState.PUBLISHED
    assert meeting.ended_at is not None
    assert fingerprint(out.content) == out.sha256
    item = out.content["items"][1]
    assert item["text"] == "To uker foran <planen>\nSånn er det."
    assert [row["title"] for row in item["born"]] == ["Bestille stål"]
    action = made.project.actions.get()
    actions.change_action(made.manager, action, title="Noe annet")
    assert meet.again(out).content == out.content


def test_the_pdf_is_tagged_says_it_all_and_is_the_one_that_was_recorded(made):
    out = published(made)
    data = blobs.read(out.pdf_sha256)
    pdf = pypdf.PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    for said in ("Byggemøte <7>", "To uker foran <planen>", "Bestille stål", "2/"):
        assert said in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712  # pypdf's own kind
    assert pdf.trailer["/Root"]["/Lang"] == "nb"
    assert len(data) == out.pdf_size


def test_the_log_keeps_the_fingerprints_and_not_the_text(made):
    published(made)
    details = AuditDetail.objects.filter(entry__command="meetings.publish_minutes")
    kept = audit.canonical(details.get().changes)
    assert "Bestille" not in kept
    assert PublishedMinutes.objects.get().sha256 in kept


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meetings_publishedminutes SET sha256 = 'x'",
        "UPDATE meetings_publishedminutes SET content = '{}'",
        "DELETE FROM meetings_publishedminutes",
    ],
)
def test_the_database_itself_refuses_to_change_them(made, statement):
    published(made)
    assert triggers.missing() == []
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert PublishedMinutes.objects.count() == 1


@pytest.mark.postgres_only
def test_the_table_cannot_be_emptied(made):
    published(made)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE meetings_publishedminutes CASCADE")


def test_published_twice_they_stay_as_they_were(made):
    out = published(made)
    with pytest.raises(Invalid):
        publishing.publish(made.manager, out.meeting, due(9))
    assert meet.again(out.meeting).remarks_due_on == due()
    assert PublishedMinutes.objects.count() == 1


def test_nothing_changes_in_a_meeting_whose_minutes_are_out(made):
    meeting = published(made).meeting
    item = meet.item(meeting, "Fremdrift")
    with pytest.raises(Invalid):
        commands.save_item_text(made.coordinator, item, text="Rettet")
    with pytest.raises(Invalid):
        commands.add_item(made.coordinator, meeting, id=new_id(), title="Glemt")
    with pytest.raises(Invalid):
        commands.set_attendance(made.coordinator, meeting.attendances.all()[0], is_present=True)


def test_what_another_writes_while_they_are_typeset_is_not_lost(made):
    meeting = commands.end_meeting(made.coordinator, meet.again(written(made)))
    content = content_of(meeting, due())
    kept = publishing.keep_pdf(content, "nb")
    item = meet.item(meeting, "Fremdrift")
    commands.save_item_text(made.manager, item, text="Tre uker foran")
    with pytest.raises(ChangedMeanwhile):
        commands.publish_minutes(
            made.coordinator,
            meeting,
            remarks_due_on=due(),
            language="nb",
            sha256=fingerprint(content),
            pdf_sha256=kept.sha256,
            pdf_size=kept.size,
        )
    assert meet.again(meeting).state == MeetingState.HELD
    out = publishing.publish(made.coordinator, meeting, due()).result
    assert out.content["items"][1]["text"] == "Tre uker foran"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER])
def test_others_do_not_publish(made, role):
    meeting = written(made)
    with pytest.raises(NotAllowed):
        publishing.publish(made.actor(role), meeting, due())
    assert meet.again(meeting).state == MeetingState.UNDER_WAY


def test_each_external_party_gets_only_its_own_points(made):
    meeting = meet.under_way(
        made,
        days=0,
        items=("Rør", "Elektro", "Internt", "Alle"),
        externals=(KARI, OLA),
        own_points_only=True,
    )
    kari, ola = (meet.called(meeting, name) for name in (KARI[0], OLA[0]))
    for title, whose, private in (
        ("Rør", [kari.pk], False),
        ("Elektro", [ola.pk], False),
        ("Internt", [kari.pk], True),
    ):
        item = meet.item(meeting, title)
        commands.change_item(made.coordinator, item, title=title, concerns=whose, private=private)
    out = publishing.publish(made.coordinator, meeting, due()).result

    def seen(one):
        return [item["title"] for item in for_external(out.content, str(one.pk))["items"]]

    assert seen(kari) == ["Rør"]
    assert seen(ola) == ["Elektro"]
    everything = {**out.content, "own_points_only": False}
    shown = for_external(everything, str(kari.pk))["items"]
    assert [item["title"] for item in shown] == ["Rør", "Elektro", "Alle"]


def test_remarks_are_answered_then_the_minutes_are_locked(made):
    meeting = published(made).meeting
    mine = Attendance.objects.get(meeting=meeting, person=made.people[Role.MEMBER])
    remark = commands.remark_on_minutes(made.member, mine, id=new_id(), text="Tre uker")
    with pytest.raises(Invalid):
        commands.lock_minutes(made.coordinator, meet.again(meeting))
    with pytest.raises(NotAllowed):
        commands.answer_remark(made.member, remark, answer="Ja")
    commands.answer_remark(made.coordinator, remark, answer="Tas opp neste gang")
    commands.lock_minutes(made.coordinator, meet.again(meeting))
    with pytest.raises(Invalid):
        commands.remark_on_minutes(made.member, mine, id=new_id(), text="Enda en")


def test_nobody_remarks_for_somebody_else(made):
    meeting = published(made).meeting
    theirs = Attendance.objects.get(meeting=meeting, person=made.people[Role.MANAGER])
    with pytest.raises(NotAllowed):
        commands.remark_on_minutes(made.member, theirs, id=new_id(), text="Jeg sier")


def test_when_the_deadline_has_passed_the_portal_locks_them(made):
    meeting = published(made).meeting
    mine = Attendance.objects.get(meeting=meeting, person=made.people[Role.MEMBER])
    assert lock_what_is_due.func() == 0
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        with pytest.raises(Invalid):
            commands.remark_on_minutes(made.member, mine, id=new_id(), text="For sent")
        assert lock_what_is_due.func() == 1
        assert lock_what_is_due.func() == 0
    assert meet.again(meeting).state == MeetingState.LOCKED


def test_what_is_open_is_proposed_to_the_next_meeting_until_it_is_done(made):
    published(made)
    later = meet.planned(made)
    assert "Bestille stål" in [one.title for one in proposals(later, [])]
    actions.complete_action(made.member, made.project.actions.get())
    assert "Bestille stål" not in [one.title for one in proposals(later, [])]
