"""The page of a meeting under way, for each role, and without scripts."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.meetings import meet

from tospann.actions.models import Action
from tospann.documents.models import Attachment
from tospann.foundation.authority import Role
from tospann.foundation.models import AuditEntry
from tospann.meetings import commands
from tospann.meetings.live.models import ItemDraft, KeptText
from tospann.meetings.models import AgendaItem, Attendance
from tospann.people.actors import actor_for

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 18


def at(name, meeting, *more):
    return reverse(name, args=[meeting.project.key, meeting.number, *more])


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER])
def test_everybody_who_is_called_may_write(visit, meeting, role, language):
    client = visit(role)
    client.cookies["language"] = language
    page = client.get(at("live", meeting))
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert "Fremdrift &lt;ny&gt;" in page.text
    assert "Fremdrift <ny>" not in page.text
    assert page.text.count("data-text") == 2


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_asks_the_same_number_of_questions_however_many_items(
    visit, made, items, django_assert_num_queries
):
    meeting = meet.under_way(made, items=[f"Sak {number}" for number in range(items)])
    client = visit(Role.COORDINATOR)
    client.get(at("live", meeting))
    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(at("live", meeting)).text.count("data-text") == items


def test_guests_and_strangers_find_nothing(visit, client, meeting):
    addresses = [at("live", meeting), at("live_state", meeting)]
    visit(Role.GUEST)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.logout()
    assert [client.get(address).status_code for address in addresses] == [302, 302]


def test_who_is_not_called_reads_along(visit, made):
    meeting = meet.under_way(made, roles=(Role.COORDINATOR,))
    client = visit(Role.MEMBER)
    page = client.get(at("live", meeting))
    assert "data-text" not in page.text
    item = meet.item(meeting, "Fremdrift")
    sent = {"text": "Hei", "base": ""}
    assert client.post(at("live_text", meeting, item.pk), sent).status_code == 403
    assert not ItemDraft.objects.exists()


def test_without_scripts_text_is_saved_and_becomes_the_record_when_the_item_ends(visit, meeting):
    first, second = AgendaItem.objects.filter(meeting=meeting)
    client = visit(Role.COORDINATOR)
    client.post(at("live_turn", meeting, first.pk))
    answer = client.post(at("live_text", meeting, first.pk), {"text": "Godkjent.", "base": ""})
    assert answer["Location"].endswith(f"#item-{first.pk}")
    assert "Godkjent." in client.get(at("live", meeting)).text
    assert meet.again(first).text == ""
    before = AuditEntry.objects.filter(scope_id=meeting.project_id, parent=None).count()
    client.post(at("live_turn", meeting, second.pk))
    assert meet.again(first).text == "Godkjent."
    assert meet.again(first).ended_at is not None
    after = AuditEntry.objects.filter(scope_id=meeting.project_id, parent=None).count()
    assert after == before + 1, "going on to the next item is one act"


def test_the_end_of_the_meeting_records_what_is_left(visit, meeting):
    first, second = AgendaItem.objects.filter(meeting=meeting)
    client = visit(Role.COORDINATOR)
    for item in (first, second):
        client.post(at("live_text", meeting, item.pk), {"text": item.title, "base": ""})
    client.post(at("live_end", meeting))
    assert [one.text for one in AgendaItem.objects.filter(meeting=meeting)] == [
        first.title,
        second.title,
    ]
    assert meet.again(meeting).state == "held"


def test_two_plain_forms_on_one_line_keep_both_texts(visit, meeting):
    item = meet.item(meeting, "Forrige møte")
    commands.save_item_text(actor_for(meeting.minutes_by), item, text="Dato 1.5")
    here = at("live_text", meeting, item.pk)
    visit(Role.MANAGER).post(here, {"text": "Dato 2.5", "base": "Dato 1.5"})
    visit(Role.MEMBER).post(here, {"text": "Dato 3.5", "base": "Dato 1.5"})
    assert ItemDraft.objects.get(item=item).text == "Dato 2.5"
    kept = KeptText.objects.get(item=item)
    assert kept.text == "Dato 3.5"
    page = visit(Role.MEMBER).get(at("live", meeting)).text
    assert "Dato 3.5" in page
    visit(Role.MEMBER).post(at("live_kept", meeting, item.pk, kept.pk), {"what": "join"})
    assert ItemDraft.objects.get(item=item).text == "Dato 2.5\nDato 3.5"
    assert not KeptText.objects.exists()


def test_without_scripts_one_line_notes_an_action_and_a_wrong_one_is_kept(visit, made, meeting):
    item = meet.item(meeting, "Forrige møte")
    here, client = at("live_line", meeting, item.pk), visit(Role.COORDINATOR)
    wrong = client.post(here, {"line": "/a @Ingenting fre Ring leverandøren", "id": ""})
    assert wrong.status_code == 422
    assert "/a @Ingenting fre Ring leverandøren" in wrong.text
    name = made.people[Role.MEMBER].name.replace(" ", ".")
    assert client.post(here, {"line": f"/a @{name} fre ring", "id": ""}).status_code == 302
    action = Action.objects.get()
    assert (action.title, action.owner) == ("Ring", made.people[Role.MEMBER])
    assert action.born_in == item.ref
    shown = client.get(at("live", meeting)).text
    assert reverse("action", args=[meeting.project.key, action.number]) in shown


def test_attendance_is_ticked_by_whoever_keeps_the_minutes(visit, made, meeting):
    who = Attendance.objects.get(meeting=meeting, person=made.people[Role.OWNER])
    here = at("live_attendance", meeting, who.pk)
    visit(Role.COORDINATOR).post(here, {"present": "yes"})
    assert meet.again(who).is_present is True
    assert visit(Role.MEMBER).post(here, {"present": "no"}).status_code == 403
    visit(Role.COORDINATOR).post(here, {"present": "no"})
    assert meet.again(who).is_present is False


def test_a_photo_goes_straight_into_the_item(visit, meeting):
    item, drawn = meet.item(meeting, "Forrige møte"), BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    client = visit(Role.MEMBER)
    here = at("live_photo", meeting, item.pk)
    photo = SimpleUploadedFile("byggeplass.png", drawn.getvalue(), "image/png")
    assert client.post(here, {"file": photo}).status_code == 302
    assert Attachment.objects.get().born_in == item.ref
    assert reverse("attachment", args=[meeting.project.key, Attachment.objects.get().pk]) in (
        client.get(at("live", meeting)).text
    )
    assert client.post(here, {}).status_code == 422


def test_something_that_comes_up_gets_a_place_at_the_end(visit, meeting):
    client = visit(Role.COORDINATOR)
    client.post(at("live_item", meeting), {"title": "Fukt i kjelleren"})
    added = meet.item(meeting, "Fukt i kjelleren")
    assert added.number == 3
    assert visit(Role.MEMBER).post(at("live_item", meeting), {"title": "X"}).status_code == 403
