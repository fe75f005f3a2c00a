"""The pages of meetings: lists, agenda, due things, answers; for each role, with few questions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.meetings import meet

from tospann.actions import commands as actions
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.meetings import commands
from tospann.meetings.models import AgendaItem, Attendance, Cadence, Meeting, Series

pytestmark = pytest.mark.django_db
LIST_QUERIES = 9
MEETING_QUERIES = 14


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def at(name, made, *args):
    return reverse(name, args=[made.project.key, *args])


def series(made, **values):
    values = {"cadence": Cadence.WEEKLY, "duration_minutes": 45, "agenda": ["Fremdrift"]} | values
    line = commands.SeriesLine(
        key="site", name="Byggemøte", participants=[Role.MANAGER, Role.MEMBER], **values
    )
    return commands.add_series(made.manager, made.project, series=[line])[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long(visit, made, rows, django_assert_num_queries):
    for _one in range(rows):
        meet.planned(made)
    client = visit(Role.MEMBER)
    client.get(at("meetings", made))
    with django_assert_num_queries(LIST_QUERIES):
        text = client.get(at("meetings", made)).text
    assert text.count(">Byggemøte &lt;7&gt;</a>") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_meeting_asks_the_same_however_much_there_is(
    visit, made, rows, django_assert_num_queries
):
    meeting = meet.planned(made, items=[f"Sak <{n}>" for n in range(rows)])
    for number in range(rows):
        actions.add_action(
            made.manager,
            made.project,
            id=new_id(),
            title=f"Forfalt {number}",
            due_on=timezone.localdate() - timedelta(days=3),
        )
    client = visit(Role.COORDINATOR)
    client.get(at("meeting", made, meeting.number))
    with django_assert_num_queries(MEETING_QUERIES):
        text = client.get(at("meeting", made, meeting.number)).text
    assert text.count("Sak &lt;") >= rows
    assert text.count('name="about" value="actions.action:') == rows


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", ["meetings", "held_meetings", "meeting_series"])
def test_empty_pages_say_what_to_do(visit, made, name, language):
    client = visit(Role.COORDINATOR)
    answer = client.get(at(name, made), headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text
    assert at("new_meeting", made) in answer.text


def test_from_a_series_everything_is_filled_in(visit, made):
    series(made)
    client = visit(Role.COORDINATOR)
    address = at("new_meeting", made) + "?series=site"
    answer = client.post(address, meet.as_sent(client.get(address).text))
    assert answer.status_code == 302, answer.text
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.duration_minutes) == ("Byggemøte", 45)
    assert [item.title for item in meeting.items.all()] == ["Fremdrift"]
    called = {one.person_id for one in Attendance.objects.filter(meeting=meeting)}
    assert called == {made.people[Role.MANAGER].pk, made.people[Role.MEMBER].pk}


def test_open_actions_return_next_time(visit, made):
    site = series(made)
    meeting = meet.under_way(made, series=site.pk, title="Byggemøte 1", days=0)
    item = meet.item(meeting, "Fremdrift")
    actions.born(
        made.coordinator,
        made.project,
        title="Bestill stål",
        origin_kind="meeting",
        born_in=item.ref,
        owner=made.people[Role.MEMBER].pk,
    )
    client = visit(Role.COORDINATOR)
    address = at("new_meeting", made) + "?series=site"
    sent = meet.as_sent(client.get(address).text)
    client.post(address, sent | {"title": "Byggemøte 2", "agenda": "Økonomi 5 min"})
    second = Meeting.objects.get(title="Byggemøte 2")
    assert second.items.first().about == f"meetings.meeting:{meeting.pk}"
    assert second.items.get(title="Økonomi").minutes == 5
    text = client.get(at("meeting", made, second.number)).text
    assert "Bestill stål" in text


def test_what_is_due_is_added_with_one_click_and_then_no_longer_proposed(visit, made):
    late = timezone.localdate() - timedelta(days=1)
    action = actions.add_action(
        made.manager, made.project, id=new_id(), title="Send tegning", due_on=late
    )
    meeting = meet.planned(made)
    client = visit(Role.COORDINATOR)
    about = f"actions.action:{action.pk}"
    client.post(at("add_due", made, meeting.number), {"about": about})
    client.post(at("add_due", made, meeting.number), {"about": about})
    item = AgendaItem.objects.get(meeting=meeting, about=about)
    assert item.title == "Send tegning"
    assert f'value="{about}"' not in client.get(at("meeting", made, meeting.number)).text


def test_the_agenda_is_ordered_with_buttons(visit, made):
    meeting = meet.planned(made, items=("A", "B"))
    client = visit(Role.COORDINATOR)
    to = at("move_item", made, meet.item(meeting, "B").pk)
    part = client.post(to, {"to": "up"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.text.index("<strong>B</strong>") < part.text.index("<strong>A</strong>")
    assert client.post(to, {"to": "sideways"}).status_code == 422


def test_a_stale_change_is_a_conflict(visit, made):
    meeting = meet.planned(made)
    client = visit(Role.COORDINATOR)
    address = at("edit_meeting", made, meeting.number)
    old = meet.as_sent(client.get(address).text)["version"]
    commands.change_meeting(made.manager, meeting, title="Først", duration_minutes=30)
    typed = {"title": "Sist", "duration_minutes": 30, "version": old}
    assert client.post(address, typed).status_code == 409
    assert meet.again(meeting).title == "Først"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER])
def test_others_see_and_answer_but_do_not_change(visit, made, role):
    meeting = meet.planned(made, roles=(role,))
    client = visit(role)
    text = client.get(at("meeting", made, meeting.number)).text
    assert at("cancel_meeting", made, meeting.number) not in text
    mine = Attendance.objects.get(meeting=meeting)
    assert (
        client.post(at("answer_invitation", made, mine.pk), {"answer": "maybe"}).status_code == 302
    )
    assert meet.again(mine).answer == "maybe"
    title = {"title": "Nei", "duration_minutes": 30}
    assert client.post(at("edit_meeting", made, meeting.number), title).status_code == 403


def test_guests_find_nothing(visit, made):
    meeting = meet.planned(made)
    assert visit(Role.GUEST).get(at("meeting", made, meeting.number)).status_code == 404


def test_a_series_is_added_and_changed(visit, made):
    client = visit(Role.MANAGER)
    typed = {"name": "Ukemøte", "cadence": "weekly", "duration_minutes": 30, "agenda": "A\nB"}
    assert client.post(at("new_series", made), typed).status_code == 302
    one = Series.objects.get(name="Ukemøte")
    assert one.agenda == ["A", "B"]
    typed |= {"agenda": "C", "version": one.version}
    assert client.post(at("edit_series", made, one.key), typed).status_code == 302
    assert Series.objects.get(pk=one.pk).agenda == ["C"]
    assert "Ukemøte" in client.get(at("meeting_series", made)).text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_meeting_is_held_and_its_minutes_published_from_the_pages(visit, made, language):
    meeting = meet.planned(made, days=0, starts_at=timezone.now())
    client = visit(Role.COORDINATOR)
    said = {"Accept-Language": language}
    assert client.post(at("start_meeting", made, meeting.number)).status_code == 302
    commands.save_item_text(made.member, meet.item(meeting, "Fremdrift"), text="**To** uker")
    assert client.post(at("end_meeting", made, meeting.number)).status_code == 302
    page = client.get(at("publish_minutes", made, meeting.number), headers=said)
    sent = meet.as_sent(page.text)
    assert client.post(at("publish_minutes", made, meeting.number), sent).status_code == 302
    shown = client.get(at("meeting", made, meeting.number), headers=said)
    assert "<strong>To</strong> uker" in shown.text
    pdf = client.get(at("minutes_pdf", made, meeting.number))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    again = client.post(at("publish_minutes", made, meeting.number), sent)
    assert again.status_code == 422
    remark = {"text": "Tre uker", "item": str(meet.item(meeting, "Fremdrift").pk)}
    member = visit(Role.MEMBER)
    assert member.post(at("new_remark", made, meeting.number), remark).status_code == 302
    assert "Tre uker" in member.get(at("meeting", made, meeting.number), headers=said).text
    assert visit(Role.OWNER).get(at("new_remark", made, meeting.number)).status_code == 404


def test_a_meeting_without_minutes_has_no_pdf(visit, made):
    meeting = meet.planned(made)
    assert visit(Role.MANAGER).get(at("minutes_pdf", made, meeting.number)).status_code == 404
    refused = visit(Role.MANAGER).post(
        at("publish_minutes", made, meeting.number), {"remarks_due_on": "+5d"}
    )
    assert refused.status_code == 422


def test_what_was_typed_wrongly_stays_in_the_form(visit, made):
    client = visit(Role.COORDINATOR)
    typed = {"title": "Oppstart", "day": "i morgen", "clock": "25:99", "duration_minutes": "60"}
    answer = client.post(at("new_meeting", made), typed | {"others": "Kari, kari@@x"})
    assert answer.status_code == 422
    assert 'value="25:99"' in answer.text
    assert not Meeting.objects.exists()
