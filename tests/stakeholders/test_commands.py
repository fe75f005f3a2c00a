"""Contacts, telephone notes and promises: what is kept, who may, and what is refused and why."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from tests import making

from tospann.actions import commands as actions
from tospann.foundation import reactions
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.notifications.models import Notification
from tospann.people import commands as people
from tospann.stakeholders import commands, jobs, queries
from tospann.stakeholders.models import Contact, Note, Promise

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def kari(made):
    return commands.add_contact(
        made.coordinator, made.project, id=new_id(), name="Kari Nes", organisation="Elkraft AS",
        email="Kari@Example.org", phone="+47 900 00 000",
    )  # fmt: skip


def call(made, actor=None, **values):
    return commands.note_call(
        actor or made.member, made.project, id=new_id(), **({"who": "Ola Berg"} | values)
    )


def promise(made, actor=None, **values):
    said = {"text": "Sende tegninger", "to_name": "Fylket"} | values
    return commands.record_promise(actor or made.member, made.project, id=new_id(), **said)


def told(made, role):
    return [n.kind for n in Notification.objects.filter(person=made.people[role]).order_by("pk")]


def test_a_call_makes_note_contact_and_promise_in_one_act(made):
    due = TODAY + timedelta(days=3)
    said = [{"text": "Sende tegninger", "due_on": due}, {"text": "Ringe tilbake", "by": "them"}]
    note = call(made, text="Venter på tegninger.", promises=said)
    ours, theirs = Promise.objects.order_by("number")
    assert note.contact == Contact.objects.get(name="Ola Berg", project=made.project)
    assert (ours.by_person, ours.to_contact, ours.due_on) == (
        made.people[Role.MEMBER], note.contact, due,
    )  # fmt: skip
    assert (theirs.by_contact, theirs.to_person) == (note.contact, made.people[Role.MEMBER])
    assert {ours.born_in, theirs.born_in} == {f"stakeholders.note:{note.pk}"}
    assert ours.born_link == note.get_absolute_url()
    numbers = [note.number, ours.number, theirs.number]
    assert numbers == list(range(note.number, note.number + 3))
    outer = AuditEntry.objects.filter(command="stakeholders.note_call").count()
    assert outer == 1, "the call is one act; what it made lies inside it"


def test_undoing_a_call_takes_back_all_of_it(made):
    call(made, promises=[{"text": "Sende tegninger"}])
    undo(made.member, AuditEntry.objects.get(command="stakeholders.note_call"))
    assert not Note.objects.exists()
    assert not Promise.objects.exists()
    assert not Contact.objects.exists()


def test_a_known_name_is_not_made_twice(made, kari):
    assert call(made, who="kari nes", text="Hei").contact == kari
    assert call(made, who="Kari Nes", organisation="Elkraft as", text="Hei").contact == kari
    other = call(made, who="Kari Nes", organisation="Fylket", text="Hei").contact
    assert other != kari
    assert call(made, contact=kari.pk, text="Hei").contact == kari


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "text"),
        ({"text": "   "}, "text"),
        ({"who": "", "text": "Hei"}, "who"),
        ({"text": "Hei", "contact": new_id()}, "contact"),
        ({"text": "Hei", "promises": [{"text": ""}]}, "promises.0.text"),
        ({"text": "Hei", "promises": [{"text": "x", "by": "nobody"}]}, "promises.0.by"),
        ({"text": "Hei", "promises": [{"text": "x", "person": new_id()}]}, "by_person"),
        ({"text": "x\x00"}, None),
    ],
)
def test_a_note_with_nothing_in_it_or_nobody_is_refused(made, said, field):
    with pytest.raises(Invalid) as refused:
        call(made, **said)
    assert refused.value.field == field
    assert not Note.objects.exists()
    assert not Promise.objects.exists()
    assert not Contact.objects.exists()


def test_the_same_form_twice_is_saved_once(made, kari):
    once = new_id()
    for saved in (
        lambda: commands.note_call(made.member, made.project, id=once, who="Ola", text="Hei"),
        lambda: promise_with(made, once),
        lambda: commands.add_contact(made.member, made.project, id=once, name="Per"),
    ):
        saved()
        with pytest.raises(commands.AlreadySaved):
            saved()
    assert (Note.objects.count(), Promise.objects.count()) == (1, 1)


def promise_with(made, id):
    return commands.record_promise(
        made.member, made.project, id=id, text="Sende tegninger", to_name="Fylket"
    )


def test_a_promise_is_made_by_one_to_somebody(made, kari):
    other = making.project()
    elsewhere = commands.add_contact(other.manager, other.project, id=new_id(), name="Deres")
    stranger = making.person()
    for wrong, field in (
        ({"by_person": made.people[Role.MEMBER].pk, "by_contact": kari.pk}, "by_contact"),
        ({"to_name": ""}, "to_name"),
        ({"by_contact": elsewhere.pk}, "by_contact"),
        ({"to_contact": elsewhere.pk}, "to_contact"),
        ({"by_person": stranger.pk}, "by_person"),
        ({"by_person": made.people[Role.GUEST].pk}, "by_person"),
        ({"text": " "}, "text"),
        ({"activity_uid": 0}, "activity_uid"),
    ):
        with pytest.raises(Invalid) as refused:
            promise(made, **wrong)
        assert refused.value.field == field
    assert promise(made).by_person == made.people[Role.MEMBER], "the default is oneself"


def test_the_whole_team_takes_the_telephone_and_guests_do_not(made):
    for actor in (made.coordinator, made.manager, made.owner, made.member):
        call(made, actor, text="Hei")
    for refused in (
        lambda: call(made, made.guest, text="Hei"),
        lambda: promise(made, made.guest),
        lambda: commands.add_contact(made.guest, made.project, id=new_id(), name="Per"),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_one_settles_ones_own_and_the_keepers_settle_any(made):
    own, others = promise(made), promise(made, made.manager)
    commands.keep_promise(made.member, own)
    with pytest.raises(NotAllowed):
        commands.withdraw_promise(made.member, others, reason="Nei")
    commands.withdraw_promise(made.coordinator, others, reason="Ikke vårt")
    own.refresh_from_db()
    others.refresh_from_db()
    assert (own.state, others.state, others.reason) == ("kept", "withdrawn", "Ikke vårt")
    assert own.settled_at is not None
    with pytest.raises(Invalid):
        commands.break_promise(made.member, own, reason="Ble for sent")
    commands.reopen_promise(made.member, own)
    commands.break_promise(made.member, own, reason="Ble for sent")
    own.refresh_from_db()
    assert own.state == "broken"


def test_who_was_promised_something_may_say_that_it_came(made, kari):
    theirs = promise(
        made, made.coordinator, by_contact=kari.pk, to_person=made.people[Role.MEMBER].pk
    )
    commands.keep_promise(made.member, theirs)


def test_a_contact_with_open_promises_is_not_removed_but_says_which(made, kari):
    one = promise(made, to_contact=kari.pk)
    with translation.override("en"), pytest.raises(Invalid, match="1 open promise is tied to Kari"):
        commands.remove_contact(made.coordinator, kari)
    commands.keep_promise(made.member, one)
    with pytest.raises(NotAllowed):
        commands.remove_contact(made.member, kari)
    commands.remove_contact(made.coordinator, kari)
    kari.refresh_from_db()
    assert not kari.is_active
    assert queries.contact_names(made.project) == []
    assert queries.of_contact(kari) == [one], "what was said is kept"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "kari(at)nes"}, "email"),
        ({"phone": "<script>"}, "phone"),
        ({"person": new_id()}, "person"),
        ({"name": "KARI NES", "organisation": "elkraft AS"}, "name"),
    ],
)
def test_a_contact_must_be_somebody(made, kari, wrong, field):
    with pytest.raises(Invalid) as refused:
        commands.add_contact(
            made.member, made.project, id=new_id(), **({"name": "Per", "email": ""} | wrong)
        )
    assert refused.value.field == field


def test_who_promised_without_noting_it_herself_is_told(made, kari):
    manager = made.people[Role.MANAGER].pk
    one = promise(made, by_person=manager, to_contact=kari.pk, to_name="")
    promise(made)
    reactions.carry_out_owed()
    assert told(made, Role.MANAGER) == ["action"]
    assert told(made, Role.MEMBER) == [], "nobody is told of her own doing"
    notice = Notification.objects.get()
    assert notice.link == one.get_absolute_url()
    with translation.override("en"):
        assert "“Sende tegninger” to Kari Nes" in str(notice)


def test_both_hear_what_became_of_it(made):
    one = promise(made, to_person=made.people[Role.OWNER].pk)
    reactions.carry_out_owed()
    commands.break_promise(made.coordinator, one, reason="Ble for sent")
    reactions.carry_out_owed()
    assert told(made, Role.MEMBER) == ["news"]
    assert told(made, Role.OWNER) == ["news", "news"]


def test_on_the_day_itself_each_is_told_once(made):
    promise(made, due_on=TODAY)
    promise(made, due_on=TODAY + timedelta(days=1))
    settled = promise(made, due_on=TODAY)
    commands.keep_promise(made.member, settled)
    assert jobs.tell_what_is_promised_today.call() == 1
    assert jobs.tell_what_is_promised_today.call() == 0
    assert told(made, Role.MEMBER) == ["due"]


def test_a_leavers_promises_go_to_who_takes_over(made):
    one, other = promise(made), promise(made)
    commands.keep_promise(made.member, other)
    leaver, heir = made.people[Role.MEMBER], made.people[Role.COORDINATOR]
    assert queries.open_count(leaver) == 1
    people.deactivate_person(SYSTEM, leaver, hand_over_to=heir.pk)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.by_person, other.by_person) == (heir, leaver), "what is settled is history"


def test_without_an_heir_a_leader_of_the_project_keeps_the_promise(made):
    one = promise(made)
    people.deactivate_person(SYSTEM, made.people[Role.MEMBER])
    one.refresh_from_db()
    assert one.by_person in (made.people[Role.MANAGER], made.people[Role.COORDINATOR])


def test_a_contact_card_shows_what_the_person_behind_it_owes(made):
    member = made.people[Role.MEMBER]
    actions.add_action(
        made.coordinator, made.project, id=new_id(), title="Ring byggherren", owner=member.pk
    )
    card = commands.add_contact(
        made.coordinator, made.project, id=new_id(), name=member.name, person=member.pk
    )
    assert [row["label"] for row in queries.open_work(card)] == [
        f"{made.project.key}-1 Ring byggherren"
    ]


def test_a_call_that_others_have_built_on_is_not_undone(made):
    note = call(made, text="Hei")
    promise(made, to_contact=note.contact_id)
    with pytest.raises(Stale):
        undo(made.member, AuditEntry.objects.get(command="stakeholders.note_call"))
    assert Note.objects.filter(pk=note.pk).exists()
