"""The pages of a project: each opens for whoever sees the project, in a known number of queries."""

import pytest
from django.urls import reverse
from tests import making

from tospann.cases.models import Case
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.projects import commands
from tospann.projects.models import Goal, GoalLevel, Membership, Project, SuccessCriterion

pytestmark = pytest.mark.django_db
PAGES = ("goals", "team", "settings", "history", "documents", "templates")


@pytest.fixture
def made():
    return making.project()


def sign_in(client, made, role, language="en"):
    person = made.people[role]
    type(person).objects.filter(pk=person.pk).update(language=language)
    client.force_login(person)
    return client


def give_goals(made, count):
    for number in range(count):
        goal = commands.add_goal(
            SYSTEM, made.project, id=new_id(), level=GoalLevel.OUTPUT, description=f"Goal {number}"
        )
        commands.add_success_criterion(SYSTEM, goal, id=new_id(), text=f"Seen by {number}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER])
def test_everybody_in_the_project_sees_the_page(client, made, page, role):
    answer = sign_in(client, made, role).get(reverse(page, args=[made.project.key]))
    assert answer.status_code == 200
    assert made.project.name in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_guests_and_strangers_find_nothing(client, made, page):
    address = reverse(page, args=[made.project.key])
    assert sign_in(client, made, Role.GUEST).get(address).status_code == 404
    client.force_login(making.person())
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


QUERIES = {
    "goals": 9,
    "team": 8,
    "settings": 8,
    "history": 12,
    "documents": 9,
    "templates": 7,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_grow(client, made, page, rows, django_assert_num_queries):
    give_goals(made, rows)
    for _number in range(rows):
        commands.appoint(SYSTEM, made.project, person=making.person().pk, role=Role.MEMBER)
    sign_in(client, made, Role.MANAGER)
    with django_assert_num_queries(QUERIES[page]):
        client.get(reverse(page, args=[made.project.key]))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_projects_takes_as_many_queries_for_three(
    client, made, rows, django_assert_num_queries
):
    person = made.people[Role.MANAGER]
    for _number in range(rows - 1):
        other = making.project()
        commands.appoint(SYSTEM, other.project, person=person.pk, role=Role.MANAGER)
    sign_in(client, made, Role.MANAGER)
    with django_assert_num_queries(8):
        answer = client.get("/projects")
    assert answer.content.decode().count(f"/p/{made.project.key}/") >= 1


def test_the_list_shows_phase_manager_and_next_gate(client, made):
    body = sign_in(client, made, Role.MEMBER).get("/projects").content.decode()
    for expected in ("Fase 1", "Starte fase 2", made.people[Role.MANAGER].name):
        assert expected in body
    assert "Fase 1" not in client.get("/projects?state=closed").content.decode()


def test_somebody_without_projects_meets_three_doors(client):
    client.force_login(making.person(language="en"))
    body = client.get("/projects").content.decode()
    assert all(door in body for door in ("door-demo", "door-start", "door-plan"))
    assert "tospann demo" in body
    assert reverse("new_project") in body


def test_the_menu_holds_what_the_project_uses_and_at_most_ten(client, made):
    sign_in(client, made, Role.MANAGER)
    commands.set_modules(SYSTEM, made.project, modules=["overview", "plan", "documents"])
    body = client.get(reverse("settings", args=[made.project.key])).content.decode()
    menu = body[body.index('<nav class="side"') : body.index("</nav>", body.index('class="side"'))]
    key = made.project.key
    assert f'href="/p/{key}/documents"' in menu
    assert f'href="/p/{key}/settings"' in menu
    assert f'href="/p/{key}/goals"' not in menu
    assert menu.count("<li>") <= 10 + 3


def test_the_manager_adds_a_goal_with_a_criterion_and_assesses_it(client, made):
    sign_in(client, made, Role.MANAGER)
    key = made.project.key
    asked = {"level": "output_goal", "description": "Ferdig til skolestart"}
    assert client.post(reverse("new_goal", args=[key]), asked).status_code == 302
    goal = Goal.objects.get(project=made.project)
    client.post(reverse("new_success", args=[key, goal.pk]), {"text": "Alle klasser er i gang"})
    criterion = SuccessCriterion.objects.get(goal=goal)
    answer = client.post(
        reverse("assess_success", args=[key, criterion.pk]), {"result": "met", "version": 1}
    )
    assert answer.status_code == 302
    criterion.refresh_from_db()
    assert criterion.result == "met"
    client.post(reverse("remove_goal", args=[key, goal.pk]))
    assert not Goal.objects.filter(project=made.project).exists()


def test_the_coordinator_proposes_with_the_same_form(client, made):
    sign_in(client, made, Role.COORDINATOR)
    address = reverse("new_goal", args=[made.project.key])
    form = client.get(address).content.decode()
    assert "Propose change" in form
    client.post(address, {"level": "output_goal", "description": "Billigere drift"})
    assert not Goal.objects.filter(project=made.project).exists()
    case = Case.objects.get(project=made.project)
    assert case.deciders


def test_a_member_may_not_change_goals(client, made):
    sign_in(client, made, Role.MEMBER)
    address = reverse("new_goal", args=[made.project.key])
    assert client.get(address).status_code == 403
    assert client.post(address, {"level": "output_goal", "description": "x"}).status_code == 403
    assert "Propose" not in client.get(reverse("goals", args=[made.project.key])).content.decode()


def test_a_stale_form_changes_nothing_and_says_so(client, made):
    give_goals(made, 1)
    goal = Goal.objects.get(project=made.project)
    commands.change_goal(SYSTEM, goal, level=GoalLevel.OUTPUT, description="Changed meanwhile")
    sign_in(client, made, Role.MANAGER)
    asked = {"level": "output_goal", "description": "Mine", "version": 1}
    answer = client.post(reverse("edit_goal", args=[made.project.key, goal.pk]), asked)
    assert answer.status_code == 409
    goal.refresh_from_db()
    assert goal.description == "Changed meanwhile"


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("new_goal", {"level": "no_such_level", "description": "x"}),
        ("new_goal", {"level": "output_goal", "description": ""}),
        ("new_goal", {"level": "output_goal", "description": "x" * 2001}),
        ("new_goal", {"level": "output_goal", "description": "a\x00b"}),
        ("appoint", {"person": "not-a-person", "role": "member"}),
        ("appoint", {"person": "", "role": "member"}),
        ("edit_dates", {"start": "10.1.2027", "finish": "yesterdayish"}),
        ("edit_information", {"name": " ", "language": "nb"}),
        ("edit_information", {"name": "x", "language": "tlh"}),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(client, made, page, asked):
    before = Project.objects.values().get(pk=made.project.pk)
    sign_in(client, made, Role.MANAGER)
    answer = client.post(reverse(page, args=[made.project.key]), asked)
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()
    assert Project.objects.values().get(pk=made.project.pk) == before
    assert not Goal.objects.filter(project=made.project).exists()


def test_ids_of_another_project_are_not_found(client, made):
    other = making.project()
    give_goals(other, 1)
    goal = Goal.objects.get(project=other.project)
    member = Membership.objects.filter(project=other.project).first()
    sign_in(client, made, Role.MANAGER)
    key = made.project.key
    assert client.get(reverse("edit_goal", args=[key, goal.pk])).status_code == 404
    assert client.post(reverse("remove_goal", args=[key, goal.pk])).status_code == 404
    assert client.post(reverse("release", args=[key, member.pk])).status_code == 404
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_people_are_appointed_for_a_while_and_released(client, made):
    sign_in(client, made, Role.MANAGER)
    newcomer = making.person("Nykommer")
    key = made.project.key
    client.post(reverse("appoint", args=[key]), {"person": str(newcomer.pk), "role": "member"})
    member = Membership.objects.get(project=made.project, person=newcomer)
    client.post(reverse("set_term", args=[key, member.pk]), {"until": "31.12.2099"})
    member.refresh_from_db()
    assert member.until.year == 2099
    answer = client.post(reverse("set_term", args=[key, member.pk]), {"until": "1.1.2001"})
    assert answer.status_code == 422
    client.post(reverse("release", args=[key, member.pk]))
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_the_last_owner_cannot_be_given_an_end(client, made):
    sign_in(client, made, Role.OWNER)
    owner = Membership.objects.get(project=made.project, role=Role.OWNER)
    key = made.project.key
    answer = client.post(reverse("set_term", args=[key, owner.pk]), {"until": "31.12.2099"})
    assert answer.status_code == 422
    assert client.post(reverse("release", args=[key, owner.pk])).status_code == 422
    assert Membership.objects.filter(pk=owner.pk, until=None).exists()


def test_the_owner_accepts_the_founding_and_the_manager_cannot(client, made):
    address = reverse("accept_founding", args=[made.project.key])
    assert sign_in(client, made, Role.MANAGER).post(address).status_code == 403
    assert sign_in(client, made, Role.OWNER).post(address).status_code == 302
    made.project.refresh_from_db()
    assert made.project.state == "active"


def test_tolerances_are_the_owners_and_proposed_by_the_manager(client, made):
    commands.set_tolerance(SYSTEM, made.project, area="time", allowed="Ti dager", days=10)
    address = reverse("edit_tolerance", args=[made.project.key, "time"])
    asked = {"allowed": "Tolv dager", "days": "12"}
    sign_in(client, made, Role.MANAGER).post(address, asked)
    assert made.project.tolerances.get().days == 10
    assert Case.objects.filter(project=made.project).count() == 1
    sign_in(client, made, Role.OWNER).post(address, asked)
    assert made.project.tolerances.get().days == 12


def test_what_the_menu_shows_is_chosen_and_the_rest_is_kept(client, made):
    commands.set_modules(SYSTEM, made.project, modules=["overview", "plan", "percentiles"])
    sign_in(client, made, Role.COORDINATOR)
    address = reverse("edit_modules", args=[made.project.key])
    assert client.post(address, {"modules": ["documents", "goals"]}).status_code == 302
    made.project.refresh_from_db()
    assert set(made.project.modules) == {"documents", "goals", "overview", "percentiles"}


def test_the_history_says_who_did_what_and_can_be_narrowed(client, made):
    commands.edit_project(made.manager, made.project, name="Et nytt navn")
    sign_in(client, made, Role.MEMBER)
    address = reverse("history", args=[made.project.key])
    body = client.get(address).content.decode()
    assert "Et nytt navn" in body
    assert made.people[Role.MANAGER].name in body
    one = client.get(f"{address}?person={made.people[Role.MANAGER].pk}").content.decode()
    assert one.count("<tr>") == 2
    assert client.get(f"{address}?person=nonsense&page=9999").status_code == 200
