"""The demo: made by commands, soon enough, with a chain that verifies and one case to decide."""

from decimal import Decimal

import pytest
from django.db.models import F
from django.utils import timezone

from tospann.actions.models import Action
from tospann.budget.models import Budget, Cost, CostBatch
from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState, Decision
from tospann.conflicts import computing
from tospann.conflicts.models import Conflict, WayOut
from tospann.demo.seed import seed
from tospann.foundation import audit
from tospann.foundation.authority import Role
from tospann.foundation.models import AuditEntry
from tospann.notifications.models import OutboxMail
from tospann.people.actors import actor_for
from tospann.people.demo import PEOPLE
from tospann.people.models import Person
from tospann.planning.models import Activity, Plan, Revision
from tospann.projects.models import Gate, Goal, Membership, Phase, Project
from tospann.resources.load import refresh


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Seeded once; what tests do to it is rolled back with them."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True
        atomic.__enter__()
        seed()
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def person(key):
    return Person.objects.get(email__startswith=f"{key}@")


@pytest.mark.django_db
def test_its_chains_hold(demo):
    assert list(audit.verify()) == []


@pytest.mark.django_db
def test_twelve_people_and_three_projects(demo):
    assert sorted(Person.objects.values_list("email", flat=True)) == sorted(
        one.email for one in PEOPLE
    )
    packs = dict(Project.objects.values_list("key", "pack_key"))
    assert packs == {"SVH": "construction", "NSS": "it_delivery", "FLY": "small_general"}
    assert set(Project.objects.values_list("state", flat=True)) == {"active"}
    assert all(Goal.objects.filter(project=one).exists() for one in Project.objects.all())


@pytest.mark.django_db
def test_every_act_has_somebody_behind_it(demo):
    by_the_portal = AuditEntry.objects.filter(actor_kind="system", parent=None)
    assert set(by_the_portal.values_list("command", flat=True)) == {
        "people.edit_organisation",
        "people.give_organisation_role",
        "people.invite_person",
        "sharing.renew_link",  # the portal mails a guest her link
        # What the organisation knows of its people and rates before anybody starts a project.
        *("resources.add_unit", "resources.employ", "resources.record_absence"),
        *("resources.set_rate", "resources.set_title_rate", "resources.set_skill"),
        "budget.set_exchange_rate",
    }
    assert AuditEntry.objects.count() > 300


@pytest.mark.django_db
def test_the_architect_is_wanted_in_two_projects_at_once(demo):
    open_tasks = Activity.objects.filter(responsible=person("jonas.berg")).exclude(state="done")
    by_project = {task.project.key: task for task in open_tasks.select_related("project")}
    assert set(by_project) == {"SVH", "NSS"}
    one, other = by_project.values()
    assert one.start <= other.finish
    assert other.start <= one.finish


@pytest.mark.django_db
def test_gates_behind_were_decided_by_the_owner_and_phases_follow(demo):
    passed = Gate.objects.filter(project__key="SVH", state="passed")
    assert [gate.code for gate in passed] == ["S1", "S2", "S3", "S4"]
    for gate in passed:
        decision = Decision.objects.get(case__gate=gate)
        assert decision.decided_by == person("tor.haugen")
        assert decision.evidence["criteria"]
        assert decision.decided_on < timezone.localdate()
    assert Gate.objects.get(project__key="FLY", code="A").state == "passed"
    current = Phase.objects.filter(state="current").values_list("project__key", "key")
    assert dict(current) == {"SVH": "production", "NSS": "delivery", "FLY": "do"}
    assert not Phase.objects.filter(started_at__gt=F("finished_at")).exists()


@pytest.mark.django_db
def test_something_is_late_and_something_is_due(demo):
    today = timezone.localdate()
    late = Activity.objects.filter(kind="milestone", finish__lt=today).exclude(state="done")
    assert set(late.values_list("name", flat=True)) == {"Tett bygg", "Kundetest 2 godkjent"}
    assert Action.objects.filter(state="open", due_on__lt=today).exists()
    assert Action.objects.filter(state="open", due_on__gte=today).exists()
    assert not Revision.objects.filter(created_at__gt=timezone.now()).exists()
    assert Revision.objects.filter(created_at__date__lt=today).count() > 15
    assert not OutboxMail.objects.exists()


@pytest.mark.django_db
def test_the_hot_case_waits_for_the_manager_and_can_be_decided_now(demo):
    kari, ingrid = actor_for(person("kari.nordmann")), actor_for(person("ingrid.lund"))
    case = Case.objects.get(project__key="SVH", state=CaseState.SUBMITTED, deciders=["manager"])
    assert case.prepared_by == person("ingrid.lund")
    assert case.situation
    assert case.recommendation
    assert case.remarks.filter(is_question=True).exists()
    assert cases.decide.ruling(ingrid, case).is_refused
    decision = cases.decide(kari, case, alternative="A")
    assert decision.authority == Role.MANAGER
    tight = Activity.objects.get(project__key="SVH", name="Tett bygg")
    assert tight.finish > timezone.localdate()
    assert (
        Plan.objects.get(project__key="SVH").revision
        == Revision.objects.filter(plan__project__key="SVH").count()
    )


@pytest.mark.django_db
def test_the_owner_and_the_coordinator_have_something_on_their_desks(demo):
    waiting = Case.objects.filter(state=CaseState.SUBMITTED, deciders=["owner"])
    assert [case.project.key for case in waiting.order_by("project__key")] == ["NSS", "SVH"]
    for waits in waiting:
        assert cases.decide.ruling(actor_for(person("tor.haugen")), waits).may_decide
    drafts = Case.objects.filter(state=CaseState.DRAFT)
    assert drafts.get(gate__isnull=False).gate.code == "G3"
    assert drafts.get(gate=None).project.key == "SVH", "a change order to be put forward"
    roles = Membership.objects.filter(person=person("erik.moen")).values_list("role", flat=True)
    assert list(roles) == ["guest"]


@pytest.mark.django_db
def test_both_conflicts_have_ways_out_that_solve_them(demo):
    for project in Project.objects.all():
        refresh(project.pk)
    computing.follow([person("amina.said").pk, person("jonas.berg").pk])
    found = {one.person.name: one for one in Conflict.objects.select_related("person")}
    assert set(found) == {"Amina Said", "Jonas Berg"}
    for one in found.values():
        computing.work_out(one.pk)
        ways = list(WayOut.objects.filter(conflict=one))
        assert 2 <= len(ways) <= 3
        assert {way.hours_left for way in ways} == {Decimal(0)}
        assert all(len(way.effects) == 2 for way in ways)


@pytest.mark.django_db
def test_the_frames_are_those_the_gate_decision_names(demo):
    budget = Budget.objects.get(project__key="SVH")
    steering = budget.base_estimate + budget.unspecified + budget.expected_addition
    assert (steering, steering + budget.contingency) == (Decimal(168_000_000), Decimal(186_000_000))


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "months"), [("SVH", 8), ("NSS", 5)])
def test_costs_came_all_through_the_project_and_were_recorded_in_order(demo, key, months):
    days = Cost.objects.filter(project__key=key).values_list("booked_on", flat=True)
    assert len({(day.year, day.month) for day in days}) >= months
    moments = CostBatch.objects.filter(project__key=key).order_by("number")
    recorded = list(moments.values_list("created_at", flat=True))
    assert recorded == sorted(recorded)
