"""What owners say of their actions (late, stuck), what is answered, and what follows."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making

from tospann.actions import commands
from tospann.actions.models import Action, Comment, Stage
from tospann.foundation import reactions
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def add(made, by=Role.COORDINATOR, owner=Role.MEMBER, **values):
    person = made.people[owner].pk if owner else None
    values = {"title": "Ring leverandøren", "owner": person} | values
    return commands.add_action(made.actor(by), made.project, id=new_id(), **values)


def told(made, role):
    reactions.carry_out_owed()
    found = Notification.objects.filter(person=made.people[role]).order_by("id")
    return [(one.kind, str(one)) for one in found]


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize(("due", "becomes"), [(5, 8), (-10, 3), (None, 3)])
def test_whoever_made_it_for_herself_moves_the_date_from_due_or_today(made, due, becomes):
    due_on = None if due is None else day(due)
    action = commands.add_own_action(
        made.member, made.project, id=new_id(), title="Mitt", due_on=due_on
    )
    action = commands.report_late(made.member, action, days=3)
    assert (action.due_on, action.proposed_due_on) == (day(becomes), None)


def test_whoever_was_given_it_asks_and_whoever_gave_it_answers(made):
    action = add(made, due_on=day(1))
    action = commands.report_late(made.member, action, days=4)
    assert (action.due_on, action.proposed_due_on) == (day(1), day(5))
    assert action.flagged_by == made.people[Role.MEMBER]
    kind, text = told(made, Role.COORDINATOR)[-1]
    assert kind == "asked"
    assert "Ring leverandøren" in text
    with pytest.raises(NotAllowed):
        commands.answer_late(made.member, action, accept=True)
    action = commands.answer_late(made.manager, action, accept=True)
    assert (action.due_on, action.proposed_due_on) == (day(5), None)
    assert told(made, Role.MEMBER)[-1][0] == "outcome"
    with pytest.raises(Invalid):
        commands.answer_late(made.manager, action, accept=True)


def test_a_wish_that_is_refused_leaves_the_date(made):
    action = commands.report_late(made.member, add(made, due_on=day(1)), days=4)
    action = commands.answer_late(made.coordinator, action, accept=False)
    assert (action.due_on, action.proposed_due_on) == (day(1), None)


@pytest.mark.parametrize("days", [0, 366])
def test_late_is_between_a_day_and_a_year(made, days):
    with pytest.raises(Invalid):
        commands.report_late(made.member, add(made), days=days)


def test_stuck_is_said_told_and_over_when_it_is_done(made):
    action = add(made)
    action = commands.report_stuck(made.member, action, text="Venter på tegninger")
    assert action.stuck_since is not None
    assert "Venter på tegninger" in told(made, Role.COORDINATOR)[-1][1]
    action = commands.complete_action(made.member, action)
    assert (action.stuck_since, action.stuck_text) == (None, "")


def test_stuck_can_go_on_again(made):
    action = commands.report_stuck(made.member, add(made), text="Venter")
    since = action.stuck_since
    action = commands.report_stuck(made.member, action, text="Venter fortsatt")
    assert action.stuck_since == since, "the first time counts"
    action = commands.release_stuck(made.member, action)
    assert action.stuck_since is None
    with pytest.raises(Invalid):
        commands.release_stuck(made.member, action)


@pytest.mark.parametrize("role", [Role.OWNER, Role.GUEST])
def test_others_say_nothing_of_it(made, role):
    action = add(made)
    for act in (
        lambda: commands.report_late(made.actor(role), action, days=1),
        lambda: commands.report_stuck(made.actor(role), action, text="x"),
        lambda: commands.move_action(made.actor(role), action, to="done"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_condition_of_a_decision_is_never_moved_by_its_owner(made):
    action = add(made, owner=Role.COORDINATOR, by=Role.MANAGER, due_on=day(1))
    making.inside(lambda: _make_condition(action), made.project)
    action.refresh_from_db()
    action = commands.report_late(made.coordinator, action, days=2)
    assert (action.due_on, action.proposed_due_on) == (day(1), day(3))


def _make_condition(action):
    action.origin_kind = "condition"
    action.save()


@pytest.mark.parametrize("start", ["not_started", "under_way", "done"])
@pytest.mark.parametrize("to", ["not_started", "under_way", "done"])
def test_the_board_moves_between_all_columns(made, start, to):
    action = commands.move_action(made.member, add(made), to=start)
    action = commands.move_action(made.member, action, to=to)
    assert action.stage is Stage(to)
    assert (action.done_at is not None) is (to == "done")


def test_many_are_changed_in_one_act_and_undone_in_one(made):
    actions = [add(made, title=f"Sak {n}", due_on=day(n)) for n in range(3)]
    before = AuditEntry.objects.count()
    commands.edit_actions(
        made.manager,
        made.project,
        actions=[one.pk for one in actions],
        change=["owner", "due_on", "priority", "state"],
        owner=made.people[Role.COORDINATOR].pk,
        due_on=day(20),
        priority="high",
        state="under_way",
    )
    assert AuditEntry.objects.count() == before + 1
    changed = {(a.owner_id, a.due_on, a.priority, a.stage) for a in Action.objects.all()}
    assert changed == {(made.people[Role.COORDINATOR].pk, day(20), "high", Stage.UNDER_WAY)}
    assert [kind for kind, _text in told(made, Role.COORDINATOR)] == ["action"], "told once"
    undo(made.manager, AuditEntry.objects.latest("id"))
    found = Action.objects.order_by("number").values_list("owner", "due_on", "priority")
    member = made.people[Role.MEMBER].pk
    assert list(found) == [(member, day(n), "normal") for n in range(3)]


def test_one_that_may_not_be_changed_leaves_all_as_they_were(made):
    own = commands.add_own_action(made.member, made.project, id=new_id(), title="Mitt")
    given = add(made)
    with pytest.raises(NotAllowed, match="Ring leverandøren"):
        commands.edit_actions(
            made.member,
            made.project,
            actions=[own.pk, given.pk],
            change=["due_on"],
            due_on=day(3),
        )
    assert not Action.objects.filter(due_on__isnull=False).exists()


def test_only_what_is_named_is_changed_and_a_date_can_be_taken_away(made):
    action = add(made, due_on=day(3))
    action = commands.adjust_action(made.manager, action, change=["due_on"])
    assert (action.due_on, action.owner) == (None, made.people[Role.MEMBER])


def test_a_comment_tells_whom_it_mentions_and_whoever_is_concerned(made):
    action, manager = add(made), made.people[Role.MANAGER]
    comment = commands.comment_on(
        made.member, action, id=new_id(), text=f"Hva mener du, @{manager.name.upper()}?"
    )
    assert comment.mentions == [str(manager.pk)]
    assert [kind for kind, _text in told(made, Role.MANAGER)] == ["mentioned"]
    assert told(made, Role.COORDINATOR)[-1][0] == "news"
    assert all(kind != "mentioned" for kind, _text in told(made, Role.MEMBER))


@pytest.mark.parametrize("text", ["post@Kari", "@", "@ukjent", "@Karianne Moe", "Kari"])
def test_what_only_looks_like_a_mention_tells_nobody(made, text):
    making.inside(lambda: _rename(made, Role.MANAGER, "Kari Moe"))
    comment = commands.comment_on(made.coordinator, add(made), id=new_id(), text=text)
    assert comment.mentions == []


def test_a_first_name_that_two_have_mentions_neither(made):
    making.inside(lambda: _rename(made, Role.MANAGER, "Kari Moe"))
    making.inside(lambda: _rename(made, Role.OWNER, "Kari Lie"))
    action = add(made)
    both = commands.comment_on(made.coordinator, action, id=new_id(), text="@Kari?")
    one = commands.comment_on(made.coordinator, action, id=new_id(), text="@kari lie: ja")
    assert both.mentions == []
    assert one.mentions == [str(made.people[Role.OWNER].pk)]


def _rename(made, role, name):
    person = made.people[role]
    person.name = name
    person.save()


def test_closed_actions_keep_what_was_said_and_guests_say_nothing(made):
    action = add(made)
    commands.comment_on(made.member, action, id=new_id(), text="Snart")
    action.refresh_from_db()
    commands.complete_action(made.member, action)
    commands.comment_on(made.member, action, id=new_id(), text="Ferdig")
    with pytest.raises(NotAllowed):
        commands.comment_on(made.guest, action, id=new_id(), text="Hei")
    texts = Comment.objects.order_by("said_at", "id").values_list("text", flat=True)
    assert list(texts) == ["Snart", "Ferdig"]


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "//evil.example", "ftp://x"])
def test_a_link_leads_to_the_web_or_the_portal(made, address):
    with pytest.raises(Invalid):
        commands.add_link(made.member, add(made), id=new_id(), title="T", address=address)


def test_a_link_is_removed_by_whoever_added_it_or_keeps_the_registers(made):
    action = add(made)
    where = {"title": "Tegning", "address": "https://example.org/t"}
    first = commands.add_link(made.member, action, id=new_id(), **where)
    second = commands.add_link(made.manager, action, id=new_id(), **where)
    with pytest.raises(NotAllowed):
        commands.remove_link(made.member, second)
    commands.remove_link(made.member, first)
    commands.remove_link(made.coordinator, second)
    assert not action.links.exists()
