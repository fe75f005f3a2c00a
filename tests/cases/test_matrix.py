"""The authority matrix: how its rows decide, how it is changed, and that somebody always can."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.cases import commands, gaps, jobs, queries
from tospann.cases.models import AuthorityRule, Case, CaseState
from tospann.foundation.authority import SYSTEM, Power, Role, rule
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.projects import commands as projects
from tospann.projects.models import Goal, Phase, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def row(made, kind="goal", **values):
    deciders = values.pop("deciders", [Role.MANAGER])
    return commands.add_authority_rule(
        made.owner, made.project, kind=kind, deciders=deciders, **values
    )


def goal_case(made, actor=None, description="Et mål"):
    outcome = submit(
        actor or made.coordinator,
        projects.add_goal.on(made.project),
        id=new_id(),
        level="output_goal",
        description=description,
    )
    assert isinstance(outcome, Proposed)
    return Case.objects.get(pk=outcome.case.pk)


def activated(made):
    projects.accept_founding(made.owner, made.project)
    made.project = Project.objects.get(pk=made.project.pk)
    return made


def joined(made, role, name="Ny Kollega"):
    somebody = making.person(name)
    projects.appoint(SYSTEM, made.project, person=somebody.pk, role=role)
    return somebody


def test_a_named_person_decides_whatever_her_role(made):
    expert = joined(made, Role.MEMBER, "Fagansvarlig")
    row(made, deciders=[], way={"people": [expert.pk]})
    case = goal_case(made)
    assert [one["name"] for one in case.people] == ["Fagansvarlig"]
    assert queries.waiting_for(actor_for(expert))
    assert "Fagansvarlig" in queries.why(case)
    with pytest.raises(NotAllowed):
        commands.decide(made.member, case, alternative="A")
    with pytest.raises(NotAllowed):
        commands.decide(made.manager, case, alternative="A")
    decision = commands.decide(actor_for(expert), case, alternative="A")
    assert decision.authority == "person"
    assert Goal.objects.count() == 1


def test_a_quorum_needs_that_many_different_people(made):
    board = [joined(made, Role.STEERING, f"Medlem {n}") for n in range(3)]
    row(made, deciders=[Role.STEERING], mode="quorum", way={"quorum": 2})
    case = goal_case(made)
    assert commands.decide(actor_for(board[0]), case, alternative="A") is None
    assert commands.decide(actor_for(board[0]), case, alternative="A") is None
    assert Goal.objects.count() == 0
    assert commands.decide(actor_for(board[2]), case, alternative="A") is not None
    assert Goal.objects.count() == 1


def test_a_quorum_is_of_the_same_alternative(made):
    board = [joined(made, Role.STEERING, f"Medlem {n}") for n in range(3)]
    row(made, deciders=[Role.STEERING], mode="quorum", way={"quorum": 2})
    case = goal_case(made)
    assert commands.decide(actor_for(board[0]), case, alternative="A") is None
    assert commands.decide(actor_for(board[1]), case, alternative="0", reason="Nei") is None
    assert commands.decide(actor_for(board[2]), case, alternative="0", reason="Nei").outcome == (
        "rejected"
    )


def test_each_decides_in_turn_when_there_is_an_order(made):
    row(made, deciders=[Role.MANAGER, Role.OWNER], mode="all", way={"in_order": True})
    case = goal_case(made)
    with pytest.raises(NotAllowed):
        commands.decide(made.owner, case, alternative="A")
    assert commands.decide(made.manager, case, alternative="A") is None
    assert commands.decide(made.owner, case, alternative="A") is not None


def test_four_eyes_are_two_people(made):
    row(made, deciders=[Role.MANAGER], way={"four_eyes": True})
    case = goal_case(made, made.manager)
    with pytest.raises(NotAllowed) as refused:
        commands.decide(made.manager, case, alternative="A")
    assert "Fire øyne" in str(refused.value) or "Four eyes" in str(refused.value)
    assert commands.decide(made.owner, case, alternative="A") is not None


def test_time_that_runs_out_passes_the_case_on(made):
    row(made, deciders=[Role.MANAGER], way={"within_days": 2, "escalates_to": [Role.COORDINATOR]})
    case = goal_case(made)
    assert case.decide_by > timezone.now()
    assert jobs.escalate.call() == 0
    with pytest.raises(NotAllowed):
        commands.decide(made.coordinator, case, alternative="A")
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert jobs.escalate.call() == 1
        assert jobs.escalate.call() == 0
        case.refresh_from_db()
        assert "coordinator" in case.deciders
        assert "2" in queries.why(case)
        decision = commands.decide(made.coordinator, case, alternative="A")
    assert decision.authority == "coordinator"


def test_a_case_that_was_passed_on_stays_so_when_it_is_brought_up_to_date(made):
    row(made, deciders=[Role.MANAGER], way={"within_days": 2, "escalates_to": [Role.COORDINATOR]})
    case = goal_case(made)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        jobs.escalate.call()
        case.refresh_from_db()
        commands.refresh_case(made.coordinator, case)
        case.refresh_from_db()
        assert "coordinator" in case.deciders
        assert commands.decide(made.coordinator, case, alternative="A").authority == "coordinator"


def test_rows_count_in_their_time_and_phase_only(made):
    today = timezone.localdate()
    phase = Phase.objects.filter(project=made.project).last()

    def owners_alone():
        ruling = rule(made.manager, Power.EDIT_GOALS, made.project.pk, "goal", {})
        return ruling.may_propose

    later = row(made, deciders=[Role.OWNER], way={"valid_from": today + timedelta(days=1)})
    assert not owners_alone()
    commands.remove_authority_rule(made.owner, later)
    row(made, deciders=[Role.OWNER], way={"valid_to": today - timedelta(days=1)})
    assert not owners_alone()
    row(made, deciders=[Role.OWNER], way={"phase": phase.pk})
    assert not owners_alone()
    row(made, deciders=[Role.OWNER], way={"valid_from": today, "valid_to": today})
    assert owners_alone()


def test_an_active_projects_matrix_changes_by_a_case_only(made):
    kept = row(made, measure="finish_change_days", limit=Decimal(5))
    activated(made)
    outcome = submit(
        made.owner,
        commands.change_authority_rule.on(kept),
        limit=Decimal(9),
        deciders=[Role.MANAGER],
    )
    assert isinstance(outcome, Proposed)
    assert AuthorityRule.objects.get().limit == 5
    commands.decide(made.owner, Case.objects.get(), alternative="A")
    assert AuthorityRule.objects.get().limit == 9
    with pytest.raises(NotAllowed):
        commands.remove_authority_rule(made.owner, AuthorityRule.objects.get())


def test_a_matrix_that_lets_nobody_decide_is_refused_with_the_gap_named(made):
    activated(made)
    outcome = submit(
        made.owner,
        commands.add_authority_rule.on(made.project),
        kind="goal",
        deciders=[Role.STEERING],
    )
    with pytest.raises(Invalid) as refused:
        commands.decide(made.owner, outcome.case, alternative="A")
    assert "styringsgruppe" in str(refused.value).lower() or "steering" in str(refused.value)
    assert not AuthorityRule.objects.exists()
    assert Case.objects.get().state == CaseState.SUBMITTED


def test_a_gap_that_opens_later_is_named_on_the_page(made, client):
    board = joined(made, Role.STEERING, "Styremedlem")
    row(made, deciders=[Role.STEERING])
    row(made, kind="team", deciders=[Role.STEERING], mode="quorum", way={"quorum": 2})
    found = gaps.of_project(made.project)
    assert len(found) == 1
    assert "2" in found[0]
    projects.release(SYSTEM, made.project.memberships.get(person=board))
    assert len(gaps.of_project(made.project)) == 2
    client.force_login(made.people[Role.OWNER])
    shown = client.get(reverse("authority", args=[made.project.key])).content.decode()
    assert all(said in shown for said in gaps.of_project(made.project))


def test_a_founding_is_not_accepted_while_something_has_nobody_to_decide_it(made):
    row(made, deciders=[Role.STEERING])
    with pytest.raises(Invalid):
        projects.accept_founding(made.owner, made.project)
    joined(made, Role.STEERING)
    projects.accept_founding(made.owner, made.project)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"deciders": []}, "deciders"),
        ({"deciders": [Role.MANAGER], "mode": "quorum"}, "quorum"),
        ({"deciders": [Role.MANAGER], "measure": "cost_change"}, "limit"),
        ({"deciders": [Role.MANAGER], "way": {"escalates_to": ["owner"]}}, "within_days"),
        (
            {
                "deciders": [Role.MANAGER],
                "way": {"valid_from": "2027-02-01", "valid_to": "2027-01-01"},
            },
            "valid_to",
        ),
        ({"deciders": [Role.MANAGER], "way": {"people": [str(new_id())]}}, "people"),
        ({"deciders": [Role.MANAGER], "way": {"phase": str(new_id())}}, "phase"),
    ],
)
def test_rows_that_say_nothing_useful_are_refused(made, values, field):
    with pytest.raises(Invalid) as refused:
        commands.add_authority_rule(made.owner, made.project, kind="goal", **values)
    assert refused.value.field == field


def test_a_standard_matrix_takes_the_place_of_the_projects_own(made, client):
    row(made)
    client.force_login(made.people[Role.OWNER])
    address = reverse("replace_matrix", args=[made.project.key])
    page = client.get(address).content.decode()
    assert page.count('name="chosen"') == 4
    assert client.post(address, {"chosen": "it_delivery"}).status_code == 302
    kinds = set(AuthorityRule.objects.values_list("kind", flat=True))
    assert {"plan", "budget", "authority"} <= kinds


def test_a_row_is_made_changed_and_removed_on_its_pages(made, client):
    client.force_login(made.people[Role.OWNER])
    key = made.project.key
    typed = {
        "kind": "plan",
        "measure": "finish_change_days",
        "limit": "5",
        "deciders": ["manager", "owner"],
        "mode": "all",
        "in_order": "on",
        "within_days": "3",
        "escalates_to": ["steering"],
    }
    assert client.post(reverse("new_authority_rule", args=[key]), typed).status_code == 302
    made_row = AuthorityRule.objects.get()
    assert (made_row.mode, made_row.in_order, made_row.within_days) == ("all", True, 3)
    address = reverse("authority_rule", args=[key, made_row.pk])
    assert " open" in client.get(address).content.decode()
    wrong = client.post(address, {**typed, "within_days": "", "version": made_row.version})
    assert wrong.status_code == 422
    changed = {"limit": "7", "deciders": ["owner"], "mode": "any", "version": made_row.version}
    assert client.post(address, changed).status_code == 302
    again = AuthorityRule.objects.get()
    assert (again.limit, again.deciders, again.in_order) == (7, ["owner"], False)
    gone = client.post(
        reverse("remove_authority_rule", args=[key, again.pk]), {"version": again.version}
    )
    assert gone.status_code == 302
    assert not AuthorityRule.objects.exists()


def test_the_coordinator_proposes_and_the_member_is_told_no(made, client):
    client.force_login(made.people[Role.COORDINATOR])
    address = reverse("new_authority_rule", args=[made.project.key])
    typed = {"kind": "plan", "deciders": ["manager"], "mode": "any"}
    assert client.post(address, typed).status_code == 302
    assert Case.objects.get().deciders == ["owner"]
    client.force_login(made.people[Role.MEMBER])
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_matrix_page(made, client, rows, django_assert_num_queries):
    for n in range(rows):
        row(made, measure="finish_change_days", limit=Decimal(5 + n))
    away = made.people[Role.OWNER]
    stand_in = making.person("Vikar")
    today = timezone.localdate()
    people.appoint_deputy(
        SYSTEM, away, id=new_id(), deputy=stand_in.pk, starts_on=today, ends_on=today
    )
    client.force_login(made.people[Role.MANAGER])
    address = reverse("authority", args=[made.project.key])
    client.get(address)
    with django_assert_num_queries(9):
        shown = client.get(address).content.decode()
    assert shown.count("finish_change") == 0
    assert shown.count("<tr>") == rows + 3
    assert "Vikar" in shown
