"""Who may raise, change and close what, and what is refused with nothing changed."""

from datetime import date

import pytest
from tests import making

from tospann.actions.models import Action
from tospann.foundation.authority import Role
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.foundation.undo import undo
from tospann.projects import commands as projects
from tospann.risks import commands, queries
from tospann.risks.models import Deviation, Movement, Problem, Risk

pytestmark = pytest.mark.django_db
TEAM = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER)
KEEPERS = {Role.COORDINATOR, Role.MANAGER}


@pytest.fixture
def made():
    return making.project()


def risk(made, by=Role.COORDINATOR, owner=None, **values):
    person = made.people[owner].pk if owner else None
    values = {"title": "Sen levering", "owner": person} | values
    return commands.raise_risk(made.actor(by), made.project, id=new_id(), **values)


def problem(made, by=Role.COORDINATOR, **values):
    values = {"title": "Lekkasje"} | values
    return commands.raise_problem(made.actor(by), made.project, id=new_id(), **values)


def deviation(made, by=Role.COORDINATOR, **values):
    values = {"title": "Kvalitetskravet nås ikke"} | values
    return commands.raise_deviation(made.actor(by), made.project, id=new_id(), **values)


@pytest.mark.parametrize("role", TEAM)
@pytest.mark.parametrize("raised", [risk, problem, deviation])
def test_everybody_on_the_team_raises(made, raised, role):
    row = raised(made, by=role)
    assert row.number
    assert row.raised_by_id == made.people[role].pk
    assert row.is_open


@pytest.mark.parametrize("raised", [risk, problem, deviation])
def test_guests_raise_nothing(made, raised):
    with pytest.raises(NotAllowed):
        raised(made, by=Role.GUEST)
    assert not Risk.objects.exists()
    assert not Problem.objects.exists()
    assert not Deviation.objects.exists()


@pytest.mark.parametrize("role", TEAM)
def test_keepers_and_the_owner_of_the_row_change_it(made, role):
    row = risk(made, owner=Role.MEMBER)
    allowed = role in KEEPERS | {Role.MEMBER}
    if allowed:
        commands.change_risk(made.actor(role), row, title="Senere", probability=2, impact=2)
    else:
        with pytest.raises(NotAllowed):
            commands.change_risk(made.actor(role), row, title="Senere")
    row.refresh_from_db()
    assert (row.title == "Senere") is allowed


def test_who_raised_a_risk_does_not_keep_it(made):
    row = risk(made, by=Role.MEMBER, owner=Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        commands.close_risk(made.member, row, reason="Over")


@pytest.mark.parametrize("values", [{"probability": 6}, {"impact": 0}, {"strategy": "pray"}])
def test_what_is_off_the_scale_is_refused(made, values):
    with pytest.raises(Invalid):
        risk(made, **values)
    assert not Risk.objects.exists()


def test_the_projects_own_words_are_known(made):
    values = [{"key": "someday", "label": "En gang"}]
    projects.set_choice_list(made.manager, made.project, key="proximity", values=values)
    assert risk(made, proximity="someday").proximity == "someday"


def test_only_the_team_owns(made):
    with pytest.raises(Invalid):
        risk(made, owner=Role.GUEST)


def test_a_stale_change_is_refused(made):
    row = risk(made)
    commands.change_risk(made.manager, row, title="En")
    with pytest.raises(Stale):
        submit(made.coordinator, commands.change_risk.on(row, 1), title="To")


def test_a_closed_risk_is_reopened_before_it_changes(made):
    row = commands.close_risk(made.manager, risk(made), reason="Levert", state="occurred")
    with pytest.raises(Invalid):
        commands.change_risk(made.manager, row, title="Nei")
    again = commands.reopen_risk(made.manager, row)
    assert again.is_open
    assert again.reason == ""
    with pytest.raises(Invalid):
        commands.reopen_risk(made.manager, again)


def test_a_measure_is_an_action_born_in_the_risk(made):
    row = risk(made, owner=Role.MEMBER)
    person = made.people[Role.MEMBER].pk
    action = commands.add_measure(
        made.member, row, id=new_id(), title="Bestill tidlig", owner=person
    )
    assert action.born_in == reference(row)
    assert action.origin_kind == "risk"
    assert action.born_link == row.get_absolute_url()
    assert action.number != row.number, "one line of numbers in a project"


def test_problems_and_deviations_become_actions(made):
    one, other = problem(made), deviation(made)
    commands.act_on_problem(made.manager, one, id=new_id(), title="Tett taket")
    commands.act_on_deviation(made.manager, other, id=new_id(), title="Ny måling")
    born = {action.born_in for action in Action.objects.all()}
    assert born == {reference(one), reference(other)}


def test_a_row_is_raised_as_a_case_once(made):
    row = risk(made, cause="Lang leveringstid")
    case = commands.raise_risk_as_case(made.coordinator, row, id=new_id())
    assert case.title == row.title
    assert "Lang leveringstid" in case.situation
    row.refresh_from_db()
    assert row.case_id == case.pk
    with pytest.raises(Invalid):
        commands.raise_risk_as_case(made.coordinator, row, id=new_id())


def test_problems_are_solved_and_deviations_corrected(made):
    one = commands.solve_problem(made.manager, problem(made), solution="Nytt tak")
    other = commands.correct_deviation(made.manager, deviation(made), corrective_action="Kjøp")
    assert not one.is_open
    assert not other.is_open
    assert not queries.open_problems(made.project).exists()
    assert commands.reopen_problem(made.manager, one).is_open
    assert commands.reopen_deviation(made.manager, other).is_open


def test_undoing_a_change_puts_it_back(made):
    row = risk(made, probability=2, impact=2)
    done = submit(made.manager, commands.change_risk.on(row), title="Ny", probability=5, impact=5)
    undo(made.manager, done.entry)
    row.refresh_from_db()
    assert (row.title, row.probability) == ("Sen levering", 2)


def test_what_moved_since_a_day_tells_from_where(made, time_machine):
    time_machine.move_to("2027-02-01T10:00Z")
    up, down, same = (risk(made, title=name, probability=3, impact=3) for name in "abc")
    old = problem(made, title="p")
    time_machine.move_to("2027-02-10T10:00Z")
    commands.change_risk(made.manager, up, title="a", probability=4, impact=3)
    commands.change_risk(made.manager, up, title="a", probability=5, impact=5)
    commands.change_risk(made.manager, down, title="b", probability=1, impact=1)
    commands.change_risk(made.manager, same, title="c", probability=1, impact=1)
    commands.change_risk(made.manager, same, title="c2", probability=3, impact=3)
    commands.solve_problem(made.manager, old, solution="Ferdig")
    risk(made, title="new")
    moved = {one.title: one for one in queries.moved_since(made.project, date(2027, 2, 8))}
    said = {title: one.direction for title, one in moved.items()}
    assert said == {"a": "up", "b": "down", "p": "closed", "new": "new"}
    assert moved["a"].before["probability"] == 3, "before the first of several moves"
    assert queries.moved_since(made.project, date(2027, 2, 11)) == []
    assert Movement.objects.count() == 6


@pytest.mark.parametrize("rows", [1, 3])
def test_what_moved_asks_the_same_number_of_questions(made, rows, django_assert_num_queries):
    for _one in range(rows):
        commands.change_risk(made.manager, risk(made), title="x", probability=5, impact=5)
    with django_assert_num_queries(5):
        assert len(queries.moved_since(made.project, date(2020, 1, 1))) == rows


def test_the_top_risks_go_by_cell_not_by_product(made):
    risk(made, title="four by formula, green", probability=2, impact=2)
    risk(made, title="four by formula, yellow", probability=1, impact=4)
    risk(made, title="red", probability=4, impact=4)
    risk(made, title="not assessed")
    commands.close_risk(made.manager, risk(made, probability=5, impact=5), reason="Over")
    found = queries.top_risks(made.project, 2)
    assert [row["title"] for row in found] == ["red", "four by formula, yellow"]
    assert [row["level"].key for row in found] == ["red", "yellow"]
