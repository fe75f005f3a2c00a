"""Who may do what with an action, and what is refused with nothing changed."""

from datetime import date

import pytest
from tests import making

from tospann.actions import commands
from tospann.actions.models import Action
from tospann.foundation.authority import SYSTEM, Mandate, Role
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import run
from tospann.foundation.undo import undo

pytestmark = pytest.mark.django_db
EVERYONE = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER, Role.GUEST)
KEEPERS = {Role.COORDINATOR, Role.MANAGER}


@pytest.fixture
def made():
    return making.project()


def add(made, by=Role.COORDINATOR, owner=Role.MEMBER, **values):
    person = made.people[owner].pk if owner in made.people else owner
    values = {"title": "Ring leverandøren", "owner": person} | values
    return commands.add_action(made.actor(by), made.project, id=new_id(), **values)


def deciding(actor):
    """The actor as a decision lets her act."""
    return actor.under(Mandate(new_id(), new_id(), frozenset()))


def condition(made, owner):
    return commands.add_action(
        deciding(made.manager),
        made.project,
        id=new_id(),
        title="Vilkår",
        owner=made.people[owner].pk,
        origin_kind="condition",
    )


def tries(act):
    """Whether it was allowed; a refusal always says why."""
    try:
        act()
    except NotAllowed as error:
        return False if str(error) else None
    return True


@pytest.mark.parametrize("role", EVERYONE)
def test_who_may_give_an_action_to_somebody(made, role):
    assert tries(lambda: add(made, by=role)) is (role in KEEPERS)


@pytest.mark.parametrize("role", EVERYONE)
def test_everybody_in_the_project_may_add_one_of_her_own(made, role):
    actor = made.actor(role)

    def act():
        return commands.add_own_action(actor, made.project, id=new_id(), title="Mitt")

    assert tries(act) is (role is not Role.GUEST)
    assert all(one.owner_id == actor.person_id for one in Action.objects.all())


@pytest.mark.parametrize("role", EVERYONE)
def test_the_owner_and_the_keepers_may_complete(made, role):
    action = add(made, owner=Role.MEMBER)
    may = role in KEEPERS or role is Role.MEMBER
    assert tries(lambda: commands.complete_action(made.actor(role), action)) is may
    action.refresh_from_db()
    assert (action.state, action.done_at is None) == (("done", False) if may else ("open", True))


@pytest.mark.parametrize("role", EVERYONE)
def test_who_may_change_what_was_given_to_a_member(made, role):
    action = add(made, owner=Role.MEMBER)

    def act():
        commands.change_action(made.actor(role), action, title="Noe annet")

    assert tries(act) is (role in KEEPERS), "a member completes what she was given; no more"


def test_a_member_changes_drops_and_hands_over_what_she_made_herself(made):
    actor = made.member
    mine = commands.add_own_action(actor, made.project, id=new_id(), title="Mitt")
    commands.change_action(actor, mine, title="Mitt, men senere", due_on=date(2027, 5, 3))
    commands.hand_over_action(actor, mine, owner=made.people[Role.COORDINATOR].pk)
    mine.refresh_from_db()
    assert mine.owner == made.people[Role.COORDINATOR]
    assert not tries(lambda: commands.drop_action(actor, mine, reason="Angret")), "hers no more"


@pytest.mark.parametrize("role", EVERYONE)
def test_a_condition_of_a_decision_is_changed_by_those_who_decide_alone(made, role):
    action = condition(made, owner=Role.COORDINATOR)
    actor, may = made.actor(role), role in {Role.MANAGER, Role.OWNER}
    assert tries(lambda: commands.change_action(actor, action, title="Lettere")) is may
    action.refresh_from_db()
    assert tries(lambda: commands.drop_action(actor, action, reason="Nei")) is may


def test_the_coordinator_completes_a_condition_she_owns(made):
    action = condition(made, owner=Role.COORDINATOR)
    assert commands.complete_action(made.coordinator, action).state == "done"


def test_numbers_are_the_projects_own_and_never_used_twice(made):
    other = making.project()
    assert [add(made).number, add(made).number, add(other).number] == [1, 2, 1]


def test_reopening_and_undo_put_back_what_was(made):
    action = add(made)
    done = submit(made.coordinator, commands.complete_action.on(action))
    undo(made.coordinator, done.entry)
    action.refresh_from_db()
    assert (action.state, action.done_at) == ("open", None)
    commands.drop_action(made.coordinator, action, reason="Ikke nødvendig")
    assert commands.reopen_action(made.coordinator, action).reason == ""


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": 7}, "title"),
        ({"title": "nul\x00"}, None),
        ({"description": "x" * 20_001}, "description"),
        ({"due_on": "i går"}, "due_on"),
        ({"priority": "urgent"}, "priority"),
        ({"origin_kind": "thin air"}, "origin_kind"),
        ({"owner": "nobody"}, "owner"),
        ({"born_link": "javascript:alert(1)"}, "born_link"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_bad_arguments_name_the_field_and_change_nothing(made, values, field):
    with pytest.raises(Invalid) as refused:
        add(made, **values)
    assert refused.value.field == field
    assert not Action.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "guest", "left"])
def test_only_the_team_can_own_an_action(made, who):
    person = {
        "stranger": making.person().pk,
        "guest": made.people[Role.GUEST].pk,
        "left": new_id(),
    }[who]
    with pytest.raises(Invalid) as refused:
        add(made, owner=person)
    assert refused.value.field == "owner"


@pytest.mark.parametrize("what", ["complete", "change", "drop", "hand_over"])
def test_what_is_done_must_be_reopened_first(made, what):
    action, by = add(made), made.coordinator
    commands.complete_action(by, action)
    action.refresh_from_db()
    acts = {
        "complete": lambda: commands.complete_action(by, action),
        "change": lambda: commands.change_action(by, action, title="x"),
        "drop": lambda: commands.drop_action(by, action, reason="x"),
        "hand_over": lambda: commands.hand_over_action(by, action, owner=None),
    }
    with pytest.raises(Invalid):
        acts[what]()


def test_a_stale_change_is_refused_and_says_what_changed(made):
    action = add(made)
    commands.change_action(made.manager, action, title="Først")
    with pytest.raises(Stale) as refused:
        submit(made.coordinator, commands.change_action.on(action, action.version), title="Etter")
    assert refused.value.changed[0]["fields"]["title"] == ["Ring leverandøren", "Først"]
    assert Action.objects.get().title == "Først"


def test_an_action_is_born_inside_another_command_on_its_authority(made):
    ref = f"projects.project:{made.project.pk}"
    action = inside_a_decision(
        lambda: commands.born(
            deciding(made.owner),
            made.project,
            title="Vilkår: avklar drift",
            origin_kind="condition",
            born_in=ref,
            owner=made.people[Role.COORDINATOR].pk,
        ),
        made.project,
    )
    assert (action.born_in, action.given_by) == (ref, made.people[Role.OWNER])


def test_open_work_is_handed_over_where_the_other_is_on_the_team(made):
    other = making.project()
    here, there = add(made), add(other, owner=Role.MEMBER)
    moved = Action.objects.get(pk=there.pk)
    making.inside(lambda: give(moved, made.people[Role.MEMBER]), other.project)
    done = add(made)
    commands.complete_action(made.coordinator, done)
    gone, to = made.people[Role.MEMBER], made.people[Role.COORDINATOR]
    actor = made.manager
    inside_a_decision(lambda: commands.hand_over_all(actor, gone, to), making.organisation())
    owners = dict(Action.objects.values_list("pk", "owner"))
    assert owners == {here.pk: to.pk, there.pk: None, done.pk: gone.pk}


def inside_a_decision(act, subject):
    """Run ``act`` inside an act that has authority, as a command of another capability would."""

    def body(outer, _subject):
        outer.authority = "mandate"
        return act()

    return run(SYSTEM, "test.decision", subject, None, body)[0]


def give(action, person):
    action.owner = person
    action.save()
