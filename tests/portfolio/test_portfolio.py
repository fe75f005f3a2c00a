"""The portfolio: the projects one sees, what is wrong first, at a fixed cost."""

import pytest
from tests import making
from tests.home import seeing

from tospann.foundation.authority import Role
from tospann.people.actors import actor_for
from tospann.people.models import OrganisationRole
from tospann.portfolio import queries
from tospann.projects.models import GateCriterion, GateState
from tospann.reports.models import SignedReport, StatusReport, Trend

pytestmark = pytest.mark.django_db
QUERIES = 11


def leader():
    person = making.person()
    making.inside(OrganisationRole(person=person, role=Role.PORTFOLIO_LEADER).save)
    return person


def see(client, person, query=""):
    return seeing.sign_in(client, person).get(f"/portfolio{query}")


def dated(made, ahead, state=GateState.OPEN):
    gate = made.project.gates.order_by("position").first()
    gate.due_on, gate.state = seeing.day(ahead), state
    making.inside(gate.save)


def test_people_see_their_own_projects_and_the_leader_all_of_them(client):
    mine, other = making.project("Mitt eget"), making.project("En annens")
    assert "En annens" not in see(client, mine.people[Role.MEMBER]).text
    both = see(client, leader()).text
    assert "Mitt eget" in both
    assert "En annens" in both
    assert other.project.key in both


@pytest.mark.parametrize("role", list(making.ROLES))
def test_it_is_there_for_everybody(client, role):
    made = making.project("Svømmehall")
    page = see(client, made.people[role])
    assert page.status_code == 200
    assert ("Svømmehall" in page.text) == (role is not Role.GUEST)


def test_a_row_says_where_the_project_stands():
    made = seeing.fill(making.project("Rådhus"), 2)
    point = GateCriterion.objects.filter(gate__project=made.project).first()
    making.inside(lambda: _settle(point))
    dated(made, -1)
    (row,) = rows = list(queries.table(made.member).values("pk", "late", "health"))
    queries.complete(rows)
    assert (row["gate"], row["total"], row["left"]) == ("G1", 2, 1)
    assert row["phases"] == [["Fase 1", "current"], ["Fase 2", "future"]]
    assert (row["late"], row["health"]) == (1, queries.WATCH)
    assert row["manager"] == made.people[Role.MANAGER].name


def _settle(point):
    point.state = "done"
    point.save()


def test_a_plan_past_the_end_date_needs_action_and_comes_first(client):
    late = making.project("Sen", start=seeing.day(-30), finish=seeing.day(1))
    seeing.fill(late, 4)
    making.project("Alt i orden")
    rows = list(queries.table(actor_for(leader())).order_by("-health").values("name", "health"))
    assert rows[0] == {"name": "Sen", "health": queries.NEEDS_ACTION}
    page = see(client, leader(), "?health=2")
    assert "Sen" in page.text
    assert "Alt i orden" not in page.text.split('id="register-rows"')[1].split("calendar")[0]


def test_the_calendar_holds_gates_of_the_next_ninety_days_that_are_not_decided():
    soon, past, far, passed = (making.project() for _ in range(4))
    for made, ahead in ((soon, 90), (past, -5), (far, 91)):
        dated(made, ahead)
    dated(passed, 5, GateState.PASSED)
    found = queries.gate_calendar(actor_for(leader()))
    keys = [past.project.key, soon.project.key]
    assert [row["project__key"] for row in found] == keys
    assert [row["is_late"] for row in found] == [True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    for _number in range(rows):
        dated(seeing.fill(making.project(), rows), 5)
    seeing.sign_in(client, leader())
    with django_assert_num_queries(QUERIES):
        client.get("/portfolio")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_can_be_taken_along(client, kind):
    making.project("Svømmehall")
    assert see(client, leader(), f"?format={kind}").status_code == 200


@pytest.mark.parametrize(
    "query", ["?health=x", "?health=99", "?stage=nope", "?sort=gate", "?sort=-planned", "?page=9"]
)
def test_odd_addresses_are_answered(client, query):
    making.project()
    assert see(client, leader(), query).status_code == 200


@pytest.mark.parametrize(
    "query", ["?manager=x", "?phase=%00", "?pack=nei", "?mine=1", "?phase=Fase+1&mine=1"]
)
def test_odd_filters_are_answered(client, query):
    made = making.project()
    assert see(client, made.people[Role.MEMBER], query).status_code == 200


def found_by(client, person, query):
    page = see(client, person, query).text.split('id="register-rows"')[1].split("</table>")[0]
    return {name for name in ("Svømmehall", "Rådhus") if name in page}


def test_it_narrows_by_phase_pack_manager_and_what_is_mine(client):
    pool = making.project("Svømmehall")
    pool.project.pack_key = "it_delivery"
    making.inside(pool.project.save)
    making.project("Rådhus", phases=1)
    first = pool.project.phases.order_by("position").first()
    first.state = "done"
    second = pool.project.phases.order_by("position").last()
    second.state = "current"
    making.inside(lambda: (first.save(), second.save()))
    boss = leader()
    assert found_by(client, boss, "?phase=Fase+2") == {"Svømmehall"}
    assert found_by(client, boss, "?pack=it_delivery") == {"Svømmehall"}
    assert found_by(client, boss, f"?manager={pool.people[Role.MANAGER].pk}") == {"Svømmehall"}
    assert found_by(client, boss, "?mine=1") == set()
    assert found_by(client, boss, "") == {"Svømmehall", "Rådhus"}


def test_a_strip_names_the_phase_under_way_and_each_phase_for_those_who_cannot_see_it(client):
    made = making.project("Svømmehall", phases=3)
    page = see(client, made.people[Role.MEMBER]).text
    assert "Fase 1 (1\xa0av\xa03)" in page
    assert page.count("<li data-state=") == 3
    assert "Fase 1 (1 av 3)" in see(client, made.people[Role.MEMBER], "?format=csv").text


def test_the_api_tells_the_same_and_nothing_to_strangers(client):
    made = seeing.fill(making.project("Svømmehall"), 2)
    dated(made, 3)
    answer = seeing.sign_in(client, made.people[Role.MEMBER]).get("/api/v1/portfolio").json()
    assert answer["count"] == 1
    (one,) = answer["items"]
    assert (one["key"], one["health"]) == (made.project.key, "amber")
    assert (one["next_gate"]["code"], one["next_gate"]["total"]) == ("G1", 2)
    assert [phase["state"] for phase in one["phases"]] == ["current", "future"]
    assert client.get("/api/v1/portfolio?health=red").json()["count"] == 0
    seeing.sign_in(client, made.people[Role.GUEST])
    assert client.get("/api/v1/portfolio").json() == {"items": [], "count": 0}


def test_what_was_signed_counts_before_what_is_computed(client):
    late, fine = (
        making.project("Sen", start=seeing.day(-30), finish=seeing.day(1)),
        making.project("Fin"),
    )
    seeing.fill(late, 4)
    boss = actor_for(leader())
    first = queries.table(boss).order_by(*queries.RED_FIRST).values_list("name", flat=True)
    assert first[0] == "Sen"
    signed(fine, state="red", trend="worse")
    signed(late, state="green", trend="better")
    found = queries.table(boss).order_by(*queries.RED_FIRST)
    rows = list(found.values("pk", "name", "health", "computed"))
    assert [(row["name"], row["health"]) for row in rows] == [
        ("Fin", queries.NEEDS_ACTION),
        ("Sen", queries.ON_TRACK),
    ]
    assert rows[1]["computed"] == queries.NEEDS_ACTION
    queries.complete(rows)
    assert (rows[0]["trend"], rows[0]["reported_on"]) == ("worse", seeing.day(0))
    answer = seeing.sign_in(client, fine.people[Role.MEMBER]).get("/api/v1/portfolio").json()
    assert (answer["items"][0]["trend"], answer["items"][0]["health"]) == ("worse", "red")
    text = see(client, fine.people[Role.MEMBER]).text
    assert str(Trend.WORSE.label) in text


def signed(made, **values):
    """A report that was signed today, without the typesetting."""
    report = StatusReport(
        project=made.project, number=1, form="small", state="signed", since=seeing.day(-30)
    )
    final = SignedReport(
        project=made.project,
        report=report,
        number=1,
        since=seeing.day(-30),
        figures_on=seeing.day(0),
        signed_on=seeing.day(0),
        signed_by=made.people[Role.MANAGER],
        language="nb",
        content={},
        content_hash="0" * 64,
        pdf=b"",
        pdf_size=0,
        pdf_sha256="0" * 64,
        **values,
    )
    making.inside(lambda: (report.save(), final.save()))
