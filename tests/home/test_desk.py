"""My page: the right blocks in the right order for each role, at a fixed cost."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from tests import making
from tests.home import seeing

from tospann.cases import commands as cases
from tospann.documents import commands as documents
from tospann.foundation.authority import Role
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.home import desk, week
from tospann.home.queries import changes
from tospann.people.actors import actor_for
from tospann.people.models import OrganisationRole
from tospann.projects import commands as projects
from tospann.projects.models import GateCriterion, GoalLevel, ProjectState
from tospann.sharing import commands as sharing

pytestmark = pytest.mark.django_db
QUERIES = 9
DELAYS = 1
"""What waiting with the cases on the desk costs."""
QUERIES_ALONE = 5


def blocks(actor):
    return [block.name for block in desk.desk(actor).main]


def block(actor, name):
    return next(one.rows for one in desk.desk(actor).main if one.name == name)


def propose(made, description="Ferdig til jul"):
    return submit(
        made.coordinator,
        projects.add_goal.on(made.project),
        id=new_id(),
        level=GoalLevel.OUTPUT,
        description=description,
    )


def test_each_role_meets_its_own_first_block():
    made = making.project()
    assert blocks(made.coordinator)[0] == "prepare"
    assert blocks(made.manager)[0] == "decide"
    assert blocks(made.owner)[0] == "decide"
    assert blocks(made.member) == ["week"]


def test_whoever_is_both_has_one_desk_with_both():
    made = making.project()
    seeing.appoint(made, made.people[Role.MANAGER], Role.COORDINATOR)
    assert {"decide", "prepare", "gates", "week"} == set(blocks(made.manager))


def test_a_case_waits_on_the_desk_of_whoever_decides_it_and_nowhere_else():
    made, other = making.project(), making.project()
    propose(made)
    assert len(block(made.manager, "decide")) == 1
    assert block(made.coordinator, "prepare") == []
    assert block(other.manager, "decide") == []


def test_a_draft_and_a_returned_case_are_for_preparation():
    made = making.project()
    case = cases.open_case(made.coordinator, made.project, id=new_id(), title="Pilot")
    assert [row["label"] for row in block(made.coordinator, "prepare")] == ["Pilot"]
    assert block(made.manager, "decide") == []
    assert case.title == "Pilot"


def test_a_founding_project_waits_for_its_owner():
    made = making.project()
    (row,) = block(made.owner, "decide")
    assert made.project.name in row["note"]
    assert block(made.manager, "decide") == []
    projects.accept_founding(made.owner, made.project)
    assert block(made.owner, "decide") == []


def test_the_next_gate_shows_its_first_gaps_and_not_the_one_after():
    made = making.project(phases=4)
    points = GateCriterion.objects.filter(gate__project=made.project, gate__code="G1")
    projects.settle_criterion(made.coordinator, points.first(), state="done")
    (gate,) = block(made.coordinator, "gates")
    assert (gate["code"], gate["settled"], gate["total"]) == ("G1", 1, 2)
    assert gate["gaps"] == [points.last().text]
    assert "gates" not in blocks(made.member)


def test_my_week_holds_my_actions_and_tasks_by_when_they_are_due():
    made = seeing.fill(making.project(), 3)
    groups = {group["name"]: group["items"] for group in block(made.member, "week")}
    assert [item["label"] for item in groups["overdue"]] == ["Aksjon 0"]
    assert {item["label"] for item in groups["today"]} == {"Aksjon 1", "Oppgave 0"}
    assert block(made.manager, "week") == []


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (date(2027, 3, 9), "overdue"),
        (date(2027, 3, 10), "today"),
        (date(2027, 3, 14), "week"),
        (date(2027, 3, 15), "later"),
        (None, "later"),
    ],
)
def test_the_week_ends_on_sunday(due, group):
    wednesday = date(2027, 3, 10)
    assert [g["name"] for g in week.grouped([{"due": due}], wednesday)] == [group]


@pytest.mark.parametrize(
    ("today", "friday"),
    [("2027-03-08", 5), ("2027-03-11", 5), ("2027-03-12", 5), ("2027-03-13", 12)],
)
def test_since_friday_is_the_last_one_before_today(today, friday):
    with time_machine.travel(f"{today}T12:00:00+01:00"):
        assert changes.since_friday().day == friday


def test_since_friday_tells_what_others_did_in_my_projects_only():
    made, other = making.project(), making.project()
    for number in range(3):
        cases.open_case(made.coordinator, made.project, id=new_id(), title=f"Sak {number}")
    cases.open_case(other.coordinator, other.project, id=new_id(), title="Annet sted")
    (line,) = desk.desk(made.manager).since
    assert line["who"] == made.people[Role.COORDINATOR].name
    assert "3" in line["text"]
    assert desk.desk(made.coordinator).since == [], "one knows what one did oneself"


def test_a_guest_sees_the_names_of_projects_and_nothing_else(client):
    made = seeing.fill(making.project("Svømmehall"), 2)
    seeing.sign_in(client, made.people[Role.GUEST])
    text = client.get("/").text
    assert "Svømmehall" in text
    assert f"/p/{made.project.key}" not in text
    assert "Aksjon" not in text
    assert "/portfolio" not in text
    assert 'id="new-menu"' not in text


def test_whoever_something_is_shared_with_finds_the_room(client):
    made = seeing.fill(making.project("Svømmehall"), 1)
    made.project.state = ProjectState.ACTIVE
    making.inside(made.project.save, made.project)
    folder = documents.add_folder(made.manager, made.project, id=new_id(), name="Til leseren")
    reader, what = making.person(), f"documents.folder:{folder.pk}"
    room = reverse("room", args=[made.project.key])
    seeing.sign_in(client, reader)
    assert room not in client.get("/").text
    shared = sharing.share(
        made.manager, made.project, id=new_id(), reference=what, person=reader.pk
    )
    assert room in client.get("/").text
    sharing.stop_share(made.manager, shared)
    assert room not in client.get("/").text


def test_somebody_without_a_project_is_helped_on(client):
    seeing.sign_in(client, making.person())
    assert 'class="empty"' in client.get("/").text


def test_the_portfolio_leader_sees_all_projects():
    making.project("Ukjent for lederen")
    leader = making.person()
    making.inside(OrganisationRole(person=leader, role=Role.PORTFOLIO_LEADER).save)
    rows = block(actor_for(leader), "portfolio")
    assert [row["name"] for row in rows] == ["Ukjent for lederen"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    made = seeing.fill(making.project(), rows)
    for number in range(rows):
        propose(made, f"Mål {number}")
    seeing.sign_in(client, made.people[Role.MANAGER])
    with django_assert_num_queries(QUERIES + DELAYS):
        client.get("/")


def test_nor_with_the_projects(client, django_assert_num_queries):
    somebody = making.person()
    for _number in range(50):
        seeing.appoint(making.project(phases=2), somebody, Role.MANAGER)
    seeing.sign_in(client, somebody)
    with django_assert_num_queries(QUERIES):
        page = client.get("/")
    assert page.status_code == 200


def test_whoever_has_no_project_costs_less(client, django_assert_num_queries):
    seeing.sign_in(client, making.person())
    with django_assert_num_queries(QUERIES_ALONE):
        client.get("/")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_it_speaks_the_language_of_the_reader(client, language):
    made = making.project()
    seeing.sign_in(client, made.people[Role.MANAGER])
    client.cookies["language"] = language
    assert ("Til beslutning" in client.get("/").text) == (language == "nb")
