"""The lists, matrices, timeline and pages of a row, for each role, in both languages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.actions.models import Action
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.risks import commands, matrix
from tospann.risks.models import Deviation, Problem, Risk

pytestmark = pytest.mark.django_db
TEAM = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER)
LISTS = ("risks", "problems", "deviations", "risk_matrix", "risk_timeline", "risk_excel")
RISKS_QUERIES, PROBLEMS_QUERIES, RISK_QUERIES = 10, 9, 12
MATRIX_QUERIES, TIMELINE_QUERIES = 9, 7


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def risk(made, number=1, owner=Role.MEMBER, **values):
    values = {"title": "Sen <levering>", "probability": 4, "impact": 3} | values
    values["owner"] = made.people[owner].pk
    rows = [
        commands.raise_risk(made.coordinator, made.project, id=new_id(), **values)
        for _one in range(number)
    ]
    return rows[0]


def problem(made, number=1):
    rows = [
        commands.raise_problem(made.coordinator, made.project, id=new_id(), title="Lekkasje <tak>")
        for _one in range(number)
    ]
    return rows[0]


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def of(name, row):
    return reverse(name, args=[row.project.key, row.number])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_risks_asks_the_same_number_of_questions(
    visit, made, rows, django_assert_num_queries
):
    risk(made, rows, due_on=timezone.localdate() - timedelta(days=2))
    client = visit(Role.COORDINATOR)
    client.get(at(made, "risks"))
    with django_assert_num_queries(RISKS_QUERIES):
        text = client.get(at(made, "risks")).text
    assert text.count(">Sen &lt;levering&gt;</a>") == rows
    assert text.count('data-overdue="yes"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_problems_asks_the_same_number_of_questions(
    visit, made, rows, django_assert_num_queries
):
    problem(made, rows)
    client = visit(Role.COORDINATOR)
    client.get(at(made, "problems"))
    with django_assert_num_queries(PROBLEMS_QUERIES):
        text = client.get(at(made, "problems")).text
    assert text.count(">Lekkasje &lt;tak&gt;</a>") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_matrix_and_timeline_ask_the_same_number_of_questions(
    visit, made, rows, django_assert_num_queries
):
    risk(made, rows, residual_probability=2, residual_impact=2)
    client = visit(Role.COORDINATOR)
    client.get(at(made, "risk_matrix"))
    with django_assert_num_queries(MATRIX_QUERIES):
        shown = client.get(at(made, "risk_matrix")).text
    with django_assert_num_queries(TIMELINE_QUERIES):
        timeline = client.get(at(made, "risk_timeline")).text
    assert f'<span class="matrix-count">{rows}</span>' in shown
    assert timeline.count("Sen &lt;levering&gt;") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_risk_asks_the_same_number_of_questions(
    visit, made, rows, django_assert_num_queries
):
    row = risk(made)
    for number in range(rows):
        commands.add_measure(made.manager, row, id=new_id(), title=f"Tiltak {number}")
        commands.change_risk(made.manager, row, title=f"Sen {number}", probability=number + 1)
    client = visit(Role.COORDINATOR)
    client.get(of("risk", row))
    with django_assert_num_queries(RISK_QUERIES):
        text = client.get(of("risk", row)).text
    assert text.count(">Tiltak ") == rows
    assert text.count("<details>") >= rows


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", TEAM)
def test_everybody_in_the_project_reads_everything(visit, made, role, language):
    rows = {"risk": risk(made), "problem": problem(made)}
    rows["deviation"] = commands.raise_deviation(
        made.coordinator, made.project, id=new_id(), title="Under kravet", cause="Feil betong"
    )
    client = visit(role)
    client.cookies["language"] = language
    addresses = [at(made, name) for name in LISTS] + [of(name, row) for name, row in rows.items()]
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, address
        assert f'lang="{language}"' in page.text


def test_guests_and_strangers_find_nothing(visit, client, made):
    row = risk(made)
    visit(Role.GUEST)
    for address in (*(at(made, name) for name in LISTS), of("risk", row), of("edit_risk", row)):
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(at(made, "risks")).status_code == 302


def test_a_row_of_another_project_is_not_found_here(visit, made):
    other = making.project()
    theirs = risk(other)
    client = visit(Role.COORDINATOR)
    assert client.get(at(made, "risk", theirs.number)).status_code == 404
    assert client.post(of("risk_as_case", theirs)).status_code == 404


@pytest.mark.parametrize("role", TEAM)
def test_a_title_and_an_owner_are_enough(visit, made, role):
    client = visit(role)
    person = made.people[Role.MANAGER].pk
    client.post(at(made, "new_risk"), {"title": "Regn", "kind": "threat", "owner": str(person)})
    client.post(at(made, "new_problem"), {"title": "Lekkasje"})
    client.post(at(made, "new_deviation"), {"title": "For dyrt"})
    assert Risk.objects.get().owner_id == person
    assert Problem.objects.get().raised_by_id == made.people[role].pk
    assert Deviation.objects.get().title == "For dyrt"


def test_what_was_typed_is_kept_when_something_is_wrong(visit, made):
    client = visit(Role.MEMBER)
    page = client.post(at(made, "new_risk"), {"title": "", "kind": "threat", "due_on": "22.13"})
    assert page.status_code == 422
    assert 'value="22.13"' in page.text
    assert not Risk.objects.exists()


def test_who_may_not_change_is_told_before_typing(visit, made):
    row = risk(made, owner=Role.COORDINATOR)
    client = visit(Role.MEMBER)
    for name in ("edit_risk", "close_risk", "hand_over_risk"):
        assert client.get(of(name, row)).status_code == 403
    assert client.get(at(made, "risk_cells")).status_code == 403
    assert client.post(of("act_on_risk", row), {"title": "Noe"}).status_code == 403
    assert of("edit_risk", row) not in client.get(of("risk", row)).text


def test_a_change_made_from_an_old_page_is_refused(visit, made):
    row = risk(made)
    commands.change_risk(made.manager, row, title="Ny")
    client = visit(Role.COORDINATOR)
    sent = {"title": "Gammel", "kind": "threat", "version": 1}
    assert client.post(of("edit_risk", row), sent).status_code == 409
    row.refresh_from_db()
    assert row.title == "Ny"


def test_a_measure_is_added_on_the_page(visit, made):
    row = risk(made)
    client = visit(Role.COORDINATOR)
    person = str(made.people[Role.MEMBER].pk)
    client.post(of("act_on_risk", row), {"title": "Bestill", "owner": person, "due_on": "+3d"})
    action = Action.objects.get()
    assert action.title == "Bestill"
    assert action.due_on == timezone.localdate() + timedelta(days=3)
    page = client.post(of("act_on_risk", row), {"title": "", "due_on": "aldri"})
    assert page.status_code == 422
    assert 'value="aldri"' in page.text


def test_a_problem_becomes_an_action_in_one_step(visit, made):
    row = problem(made)
    client = visit(Role.COORDINATOR)
    assert 'value="Lekkasje &lt;tak&gt;"' in client.get(of("problem", row)).text
    client.post(of("act_on_problem", row), {"title": row.title})
    assert Action.objects.get().title == row.title


def test_a_row_becomes_a_case_in_one_step(visit, made):
    row = risk(made)
    client = visit(Role.COORDINATOR)
    answer = client.post(of("risk_as_case", row))
    case = Case.objects.get()
    assert answer["Location"] == at(made, "case", case.number)
    text = client.get(of("risk", row)).text
    assert answer["Location"] in text
    assert of("risk_as_case", row) not in text


def test_rows_are_closed_and_reopened(visit, made):
    row, other = risk(made), problem(made)
    client = visit(Role.COORDINATOR)
    client.post(of("close_risk", row), {"state": "occurred", "reason": "Den kom for sent"})
    client.post(of("close_problem", other), {"solution": "Nytt tak"})
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == ("occurred", "solved")
    client.post(of("reopen_risk", row))
    client.post(of("reopen_problem", other))
    row.refresh_from_db()
    assert row.is_open


def test_a_row_is_handed_over(visit, made):
    row = risk(made)
    person = made.people[Role.MANAGER].pk
    visit(Role.COORDINATOR).post(of("hand_over_risk", row), {"owner": str(person)})
    row.refresh_from_db()
    assert row.owner_id == person


def test_a_cell_of_the_matrix_leads_to_the_rows_in_it(visit, made):
    risk(made, title="her")
    risk(made, title="ikke her", probability=3, impact=4)
    client = visit(Role.MEMBER)
    link = f"{at(made, 'risks')}?kind=threat&amp;now=4x3"
    assert link in client.get(at(made, "risk_matrix")).text
    text = client.get(link.replace("&amp;", "&")).text
    assert ">her</a>" in text
    assert ">ikke her</a>" not in text


def test_the_list_is_narrowed_by_level(visit, made):
    risk(made, title="gul", probability=1, impact=4)
    risk(made, title="også fire, men lav", probability=2, impact=2)
    text = visit(Role.MEMBER).get(at(made, "risks"), {"level": "threat-yellow"}).text
    assert ">gul</a>" in text
    assert ">også fire, men lav</a>" not in text


def test_the_cells_are_the_projects_own(visit, made):
    row = risk(made, probability=2, impact=2)
    client = visit(Role.COORDINATOR)
    assert 'data-rank="1">' in client.get(of("risk", row)).text
    assert client.get(at(made, "risk_cells")).text.count("<select") == 50
    sent = all_cells(made)
    sent["threat_2_2"] = "red"
    assert client.post(at(made, "risk_cells"), sent).status_code == 302
    assert 'data-rank="4">' in client.get(of("risk", row)).text
    assert client.post(at(made, "risk_cells"), sent | {"threat_1_1": "pink"}).status_code == 422


def all_cells(made):
    scales = matrix.of_project(made.project)
    return {
        f"{one.kind}_{row + 1}_{column + 1}": key
        for one in scales.both
        for row, line in enumerate(one.cells)
        for column, key in enumerate(line)
    }


def test_a_broken_matrix_of_the_projects_own_is_not_used(visit, made):
    values = [{"threats": [["green"]], "levels": [{"key": "green", "kind": "threat", "name": "G"}]}]
    projects.set_choice_list(made.manager, made.project, key="risk_matrix", values=values)
    row = risk(made)
    assert 'data-rank="3">' in visit(Role.MEMBER).get(of("risk", row)).text


@pytest.mark.parametrize("way", ["proximity", "due", "raised", "nonsense"])
def test_the_timeline_groups_by_what_is_asked(visit, made, way):
    risk(made, proximity="immediate", due_on=timezone.localdate() - timedelta(days=1))
    text = visit(Role.MEMBER).get(at(made, "risk_timeline"), {"by": way}).text
    assert "Sen &lt;levering&gt;" in text


def test_an_empty_register_says_what_to_do(visit, made):
    client = visit(Role.MEMBER)
    for name in LISTS[:-1]:
        assert 'class="empty' in client.get(at(made, name)).text, name
