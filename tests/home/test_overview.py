"""A project's overview: what it says, to whom, and at what cost."""

import pytest
from django.urls import reverse
from tests import making
from tests.home import seeing

from tospann.cases import commands as cases
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.home import overview
from tospann.planning import commands as planning
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.projects import commands as projects
from tospann.projects.models import GateCriterion, GoalLevel

pytestmark = pytest.mark.django_db
QUERIES = 6


@pytest.fixture
def made():
    return making.project("Svømmehall", phases=3)


def see(client, made, role=Role.COORDINATOR):
    seeing.sign_in(client, made.people[role])
    return client.get(f"/p/{made.project.key}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, made, rows, django_assert_num_queries
):
    seeing.fill(made, rows)
    seeing.sign_in(client, made.people[Role.MEMBER])
    with django_assert_num_queries(QUERIES):
        page = client.get(f"/p/{made.project.key}/")
    assert page.text.count("Milepæl ") == rows


def test_it_says_where_the_project_stands(client, made):
    seeing.fill(made, 2)
    point = GateCriterion.objects.filter(gate__code="G1").first()
    projects.settle_criterion(made.coordinator, point, state="done")
    text = see(client, made).text
    assert "1 av 2" in text
    assert "Målet &lt;0&gt;" in text
    assert "Kriterium 1" in text
    assert "1\xa0dag forsinket" in text
    assert made.people[Role.MANAGER].name in text


def _alerts(text):
    return " ".join(part.split("</div>")[0] for part in text.split("ds-alert")[1:])


def test_a_founding_project_names_who_must_accept_it(client, made):
    assert made.people[Role.OWNER].name in see(client, made).text
    address = reverse("settings", args=[made.project.key])
    assert f'href="{address}"' in see(client, made, Role.OWNER).text
    projects.accept_founding(made.owner, made.project)
    assert reverse("settings", args=[made.project.key]) not in _alerts(see(client, made).text)


def test_a_proposal_waits_for_the_manager_by_name_and_for_you_when_you_are_it(client, made):
    submit(
        made.coordinator,
        projects.add_goal.on(made.project),
        id=new_id(),
        level=GoalLevel.OUTPUT,
        description="Ferdig til jul",
    )
    manager = made.people[Role.MANAGER].name
    waits = see(client, made).text.split('id="waiting"')[1].split("</section>")[0]
    assert manager in waits
    waits = see(client, made, Role.MANAGER).text.split('id="waiting"')[1].split("</section>")[0]
    assert manager not in waits


def test_what_changed_is_grouped_by_person_and_kind_of_act(client, made):
    for number in range(6):
        cases.open_case(made.coordinator, made.project, id=new_id(), title=f"Sak {number}")
    changed = see(client, made).text.split('id="changes"')[1].split("</section>")[0]
    assert changed.count("Sak ") == 0, "six acts are one line"
    assert "6" in changed
    assert made.people[Role.COORDINATOR].name in changed


def test_one_act_is_named(client, made):
    cases.open_case(made.coordinator, made.project, id=new_id(), title="Flytte <piloten>")
    changed = see(client, made).text.split('id="changes"')[1]
    assert "Flytte &lt;piloten&gt;" in changed


def test_first_steps_go_away_when_hidden_or_done(client, made):
    address = reverse("hide_first_steps", args=[made.project.key])
    assert f'action="{address}"' in see(client, made).text
    assert client.post(address).url == f"/p/{made.project.key}/"
    assert address not in client.get(f"/p/{made.project.key}/").text
    other = making.project()
    seeing.fill(other, 1)
    point = GateCriterion.objects.filter(gate__project=other.project).first()
    projects.settle_criterion(other.coordinator, point, state="done")
    assert "hide_first_steps" not in see(client, other).text
    assert reverse("hide_first_steps", args=[other.project.key]) not in see(client, other).text


def test_members_are_not_asked_to_set_the_project_up(client, made):
    address = reverse("hide_first_steps", args=[made.project.key])
    assert address not in see(client, made, Role.MEMBER).text


@pytest.mark.parametrize("stranger", ["guest", "nobody"])
def test_others_find_nothing(client, made, stranger):
    person = made.people[Role.GUEST] if stranger == "guest" else making.person()
    seeing.sign_in(client, person)
    assert client.get(f"/p/{made.project.key}/").status_code == 404
    assert client.get("/p/FINNESIKKE/").status_code == 404


def test_a_closed_membership_opens_nothing(client, made):
    person = making.person()
    projects.appoint(SYSTEM, made.project, person=person.pk, role=Role.MEMBER, until=seeing.day(-1))
    seeing.sign_in(client, person)
    assert client.get(f"/p/{made.project.key}/").status_code == 404


def bar(made):
    return {one["name"]: one for one in overview.overview(made.member, made.project).phase_bar}


def test_a_phase_under_way_shows_how_far_the_plan_is_with_the_gate_as_a_note(made):
    point = GateCriterion.objects.filter(gate__code="G1").first()
    projects.settle_criterion(made.coordinator, point, state="done")
    assert bar(made)["Fase 1"]["progress"] == 50, "without a plan the checklist speaks"
    rows = [
        PlannedRow("Fase 1", 1),
        PlannedRow("Halvferdig", 2, seeing.day(0), seeing.day(3), percent=30.0),
    ]
    planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
    first = bar(made)["Fase 1"]
    assert (first["progress"], first["gate_ready"]) == (30, "1 av 2 punkter")


def test_work_counts_by_the_dates_of_the_phase_where_the_plan_has_no_such_heading(made):
    phase = made.project.phases.order_by("position").first()
    phase.starts_on, phase.ends_on = seeing.day(-30), seeing.day(30)
    making.inside(phase.save)
    rows = [
        PlannedRow("Ferdig", 1, seeing.day(-7), seeing.day(-7), percent=100.0),
        PlannedRow("Ikke begynt", 1, seeing.day(7), seeing.day(7)),
        PlannedRow("Senere", 1, seeing.day(31), seeing.day(60)),
    ]
    planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
    assert bar(made)["Fase 1"]["progress"] == 50
