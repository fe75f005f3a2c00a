"""The pages of decisions: what they show to whom, with 1 and 3 rows and a literal query count."""

import pytest
from django.urls import reverse
from tests import making

from tospann.cases import commands
from tospann.cases.models import Case, CaseState, Decision
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.projects import commands as projects
from tospann.projects.models import Gate, GateCriterion

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def sign_in(client, made):
    def as_(role):
        client.force_login(made.people[role])
        return client

    return as_


def opened(made, how_many):
    return [
        commands.open_case(
            made.coordinator,
            made.project,
            id=new_id(),
            title=f"Sak {number}",
            recommendation="Godkjenn",
        )
        for number in range(how_many)
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_cases(made, sign_in, rows, django_assert_num_queries):
    opened(made, rows)
    client = sign_in(Role.COORDINATOR)
    address = reverse("decisions", args=[made.project.key])
    client.get(address)
    with django_assert_num_queries(6):
        response = client.get(address)
    assert response.content.decode().count(f"{made.project.key}-") >= rows
    assert all(f"Sak {n}" in response.content.decode() for n in range(rows))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [(Role.COORDINATOR, 14), (Role.MANAGER, 18)])
def test_a_case_of_several_changes(made, sign_in, rows, role, queries, django_assert_num_queries):
    [case] = opened(made, 1)
    changes = [
        projects.add_goal.operation(
            made.project, {"id": str(new_id()), "level": "output_goal", "description": f"Mål {n}"}
        ).to_json()
        for n in range(rows)
    ]
    commands.set_alternative(
        made.coordinator, case, id=new_id(), key="A", title="Mål", operations=changes
    )
    commands.submit_case(made.coordinator, Case.objects.get(pk=case.pk))
    client = sign_in(role)
    address = reverse("case", args=[made.project.key, case.number])
    client.get(address)
    with django_assert_num_queries(queries):
        page = client.get(address).content.decode()
    assert all(f"Mål {n}" in page for n in range(rows))
    assert ('id="decide"' in page) == (role is Role.MANAGER)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_decision_log(made, sign_in, rows, django_assert_num_queries):
    for case in opened(made, rows):
        commands.submit_case(made.coordinator, case)
        commands.decide(made.manager, case, alternative="A", reason="Ja")
    client = sign_in(Role.MEMBER)
    address = reverse("decision_log", args=[made.project.key])
    client.get(address)
    with django_assert_num_queries(8):
        response = client.get(address)
    assert response.content.decode().count("Sak ") == rows


def test_a_gate_shows_what_is_missing_and_who_decides(made, sign_in):
    response = sign_in(Role.COORDINATOR).get(reverse("gate", args=[made.project.key, "G1"]))
    page = response.content.decode()
    assert made.people[Role.OWNER].name in page
    assert "Behovet er beskrevet" in page
    assert reverse("prepare_gate", args=[made.project.key, "G1"]) in page


def test_from_checklist_to_a_decided_gate_through_the_pages(made, sign_in):
    client = sign_in(Role.COORDINATOR)
    first, second = GateCriterion.objects.all()
    settle = reverse("settle_criterion", args=[made.project.key, first.pk])
    assert client.post(settle, {"state": "done", "version": 1}).status_code == 302
    refused = client.post(
        reverse("settle_criterion", args=[made.project.key, second.pk]),
        {"state": "not_relevant", "version": 1},
    )
    assert refused.status_code == 422
    prepare = reverse("prepare_gate", args=[made.project.key, "G1"])
    response = client.post(
        prepare, {"recommended": "proceed", "recommendation": "Klar", "then": "submit"}
    )
    case = Case.objects.get()
    assert response["Location"] == reverse("case", args=[made.project.key, case.number])
    assert case.state == CaseState.SUBMITTED
    carry_out_owed()
    waiting = Notification.objects.get(kind="decision")
    assert waiting.person == made.people[Role.OWNER]
    decide = reverse("decide", args=[made.project.key, case.number])
    assert client.post(decide, {"alternative": "proceed"}).status_code == 403
    client = sign_in(Role.OWNER)
    page = client.get(reverse("case", args=[made.project.key, case.number])).content.decode()
    assert 'value="proceed"' in page
    assert client.post(decide, {"alternative": "proceed"}).status_code == 302
    assert Gate.objects.get().state == "passed"
    shown = client.get(reverse("decision", args=[made.project.key, Decision.objects.get().number]))
    assert "Behovet er beskrevet" in shown.content.decode()
    shown = client.get(reverse("gate", args=[made.project.key, "G1"]))
    assert shown.status_code == 200
    assert "Behovet er beskrevet" in shown.content.decode()


@pytest.mark.parametrize(
    ("name", "to_member"),
    [
        ("decisions", 200),
        ("gates", 200),
        ("decision_log", 200),
        ("authority", 200),
        ("new_case", 200),
        ("record_decision", 403),
    ],
)
def test_who_does_not_see_the_project_finds_nothing_here(made, sign_in, name, to_member):
    address = reverse(name, args=[made.project.key])
    assert sign_in(Role.GUEST).get(address).status_code == 404
    assert sign_in(Role.MEMBER).get(address).status_code == to_member


def test_another_projects_case_is_not_found_here(made, sign_in):
    other = making.project("Et annet")
    (case,) = opened(other, 1)
    for _ in range(3):
        opened(made, 0)
    address = reverse("case", args=[made.project.key, case.number])
    assert sign_in(Role.MANAGER).get(address).status_code == 404
    criterion = GateCriterion.objects.filter(project=other.project).first()
    settle = reverse("settle_criterion", args=[made.project.key, criterion.pk])
    assert sign_in(Role.MANAGER).post(settle, {"state": "done"}).status_code == 404


def test_a_stale_form_is_refused_and_nothing_changes(made, sign_in):
    criterion = GateCriterion.objects.first()
    address = reverse("settle_criterion", args=[made.project.key, criterion.pk])
    client = sign_in(Role.COORDINATOR)
    client.post(address, {"state": "done", "version": 1})
    response = client.post(address, {"state": "open", "version": 1})
    assert response.status_code == 409
    assert GateCriterion.objects.get(pk=criterion.pk).state == "done"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_in_both_languages(made, sign_in, language):
    (case,) = opened(made, 1)
    client = sign_in(Role.MANAGER)
    key = made.project.key
    for name, *args in [
        ("decisions",),
        ("gates",),
        ("gate", "G1"),
        ("prepare_gate", "G1"),
        ("case", case.number),
        ("edit_case", case.number),
        ("return_case", case.number),
        ("decide", case.number),
        ("remark", case.number),
        ("decision_log",),
        ("authority",),
        ("new_case",),
        ("record_decision",),
    ]:
        address = reverse(name, args=[key, *args])
        response = client.get(address, headers={"accept-language": language})
        assert response.status_code == 200, name
        assert f'lang="{language}"' in response.content.decode()


def test_what_changed_since_the_page_was_read_is_not_decided(client):
    made = making.project()
    case = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Leie", recommendation="Lei"
    )
    commands.submit_case(made.coordinator, case)
    client.force_login(made.people[Role.MANAGER])
    address = f"/p/{made.project.key}/decisions/cases/{case.number}"
    read = client.get(address).content.decode()
    version = Case.objects.get().version
    assert f'name="version" value="{version}"' in read
    commands.return_case(made.manager, case, question="Hvor lenge?")
    case.refresh_from_db()
    commands.edit_case(made.coordinator, case, title="Kjøp", recommendation="Kjøp")
    commands.submit_case(made.coordinator, case)
    typed = {"alternative": "A", "version": version, "reason": "Greit"}
    assert client.post(f"{address}/decide", typed).status_code == 409
    assert Case.objects.get().state == CaseState.SUBMITTED


@pytest.mark.parametrize("number", ["x", "-1", "²", "9" * 30, "9" * 5000])
def test_a_reversal_of_what_is_no_decision_is_a_new_case(made, sign_in, number):
    address = f"/p/{made.project.key}/decisions/new"
    assert sign_in(Role.MANAGER).get(address, {"reverses": number}).status_code == 200
