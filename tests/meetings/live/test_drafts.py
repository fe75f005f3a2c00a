"""Drafts: the same sent twice counts once, and whatever anybody typed is somewhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests.meetings import meet

from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid
from tospann.meetings import commands
from tospann.meetings.live import drafts, queries
from tospann.meetings.live.drafts import Written
from tospann.meetings.live.models import Desk, ItemDraft, KeptText
from tospann.meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
STATE_QUERIES = 7
WRITE_QUERIES = 17


@pytest.fixture
def item(meeting):
    return meet.item(meeting, "Forrige møte")


class Page:
    """An open page, as the script keeps it."""

    def __init__(self, actor, item):
        self.actor, self.item = actor, item
        self.client, self.sequence, self.heard, self.base = uuid4(), 0, 0, ""

    def send(self, text, *, answered=True, again=False):
        if not again:
            self.sequence += 1
        sent = Written(self.client, self.sequence, text, self.base, self.heard)
        saved = drafts.write(self.actor, self.item, sent)
        if answered:
            self.heard, self.base = self.sequence, saved.draft.text
        return saved


def text(item):
    return ItemDraft.objects.get(item=item).text


def test_the_same_sequence_again_changes_nothing(made, item):
    page = Page(made.coordinator, item)
    page.send("En")
    page.send("En\nTo", answered=False)
    at = Desk.objects.get().sequence
    assert page.send("En\nTo", again=True).draft.text == "En\nTo"
    assert (text(item), Desk.objects.get().sequence) == ("En\nTo", at)


def test_typing_on_after_a_lost_answer_counts_nothing_twice(made, item):
    page = Page(made.coordinator, item)
    page.send("En", answered=False)
    page.send("En\nTo", answered=False)
    Page(made.manager, item).send("Fra Kari")
    page.send("En\nTo\nTre")
    assert sorted(text(item).split("\n")) == ["En", "Fra Kari", "To", "Tre"]


def test_two_who_add_lines_are_joined_and_two_who_change_one_are_both_kept(made, item):
    ingrid, kari = Page(made.coordinator, item), Page(made.manager, item)
    ingrid.send("Dato 1.5\nLinje")
    kari.base = "Dato 1.5\nLinje"
    kari.send("Dato 2.5\nLinje\nKaris linje")
    saved = ingrid.send("Dato 3.5\nLinje")
    assert text(item) == "Dato 2.5\nLinje\nKaris linje"
    assert saved.kept == "Dato 3.5"
    ingrid.base = "Dato 3.5\nLinje"
    ingrid.send("Dato 3.5 kl. 10\nLinje")
    assert KeptText.objects.get().text == "Dato 3.5 kl. 10", "one typed on; it is one text"
    drafts.settle_kept(item, KeptText.objects.get().pk, join=True)
    assert text(item) == "Dato 2.5\nLinje\nKaris linje\nDato 3.5 kl. 10"


def test_too_much_is_refused_or_kept_but_never_cut(made, item):
    page = Page(made.coordinator, item)
    with pytest.raises(Invalid):
        page.send("x" * (drafts.MOST_CHARACTERS + 1))
    with pytest.raises(Invalid):
        page.send("\x00")
    page.sequence = 0
    page.send("x" * drafts.MOST_CHARACTERS)
    saved = Page(made.manager, item).send("og dette")
    assert len(text(item)) == drafts.MOST_CHARACTERS
    assert saved.kept.strip() == "og dette"


def test_who_types_holds_the_item_until_a_while_after(made, item):
    Page(made.coordinator, item).send("Hei")
    draft = ItemDraft.objects.get(item=item)
    assert draft.holder == made.coordinator.person_id
    Page(made.manager, item).send("Hei\nHopp")
    assert ItemDraft.objects.get(item=item).holder == made.coordinator.person_id
    with time_machine.travel(timezone.now() + drafts.HELD_FOR + timedelta(seconds=1)):
        assert ItemDraft.objects.get(item=item).holder is None
        Page(made.manager, item).send("Hei\nHopp\nHurra")
        assert ItemDraft.objects.get(item=item).holder == made.manager.person_id
        drafts.let_go(made.coordinator, item)
        assert ItemDraft.objects.get(item=item).holder == made.manager.person_id
        drafts.let_go(made.manager, item)
        assert ItemDraft.objects.get(item=item).holder is None


def test_a_record_that_is_changed_elsewhere_is_joined_with_the_draft(made, item):
    Page(made.coordinator, item).send("Utkast")
    commands.save_item_text(made.manager, item, text="Skrevet i skjema")
    shown = queries.room(made.coordinator, item.meeting).items[0]
    assert set(shown.text.split("\n")) == {"Utkast", "Skrevet i skjema"}
    commands.end_meeting(made.coordinator, meet.again(item.meeting))
    assert set(meet.again(item).text.split("\n")) == {"Utkast", "Skrevet i skjema"}


def news(actor, meeting, since):
    found, desk, _head = queries.under_way(meeting.project, meeting.number)
    return queries.news(actor, found, desk, since)


def test_news_are_what_came_after(made, meeting, item):
    page = Page(made.coordinator, item)
    page.send("En")
    first = news(made.manager, meeting, 0)
    assert [told["text"] for told in first.items] == ["En"]
    assert first.items[0]["by"] == made.coordinator.name
    assert first.items[0]["own"] is False
    assert news(made.coordinator, meeting, 0).items[0]["own"] is True
    assert news(made.manager, meeting, first.sequence).items == []
    Page(made.member, meet.item(meeting, "Fremdrift <ny>")).send("To")
    later = news(made.manager, meeting, first.sequence)
    assert [told["text"] for told in later.items] == ["To"]


@pytest.mark.parametrize("others", [1, 3])
def test_asking_and_writing_cost_the_same_however_many_write(
    visit, made, meeting, item, others, django_assert_num_queries
):
    for _one in range(others):
        Page(made.manager, item).send(f"Linje {_one}")
    client = visit(Role.COORDINATOR)
    where = [meeting.project.key, meeting.number]
    with django_assert_num_queries(STATE_QUERIES):
        told = client.get(reverse("live_state", args=where) + "?since=0&head=999999").json()
    assert len(told["items"][0]["text"].split("\n")) == others
    sent = {"client": str(uuid4()), "sequence": "1", "text": "Ny", "base": ""}
    with django_assert_num_queries(WRITE_QUERIES):
        answer = client.post(
            reverse("live_text", args=[*where, item.pk]),
            sent,
            headers={"Accept": "application/json"},
        )
    assert answer.json()["text"].endswith("\nNy")


def test_a_removed_item_takes_its_draft_along(made):
    meeting = meet.planned(made)
    item = AgendaItem.objects.filter(meeting=meeting).first()
    Page(made.coordinator, item).send("Notat")
    commands.remove_item(made.coordinator, item)
    assert not ItemDraft.objects.exists()
