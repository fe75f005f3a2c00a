"""What a change of the plan is measured by, and who may therefore make it."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.planning.test_imports import task, xml

import planengine as engine
from planengine.instants import DAY
from tospann.cases import commands as cases
from tospann.cases.models import AuthorityRule, Case
from tospann.foundation.authority import Role
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import NotAllowed
from tospann.planning import commands, imports, limits
from tospann.planning.models import Plan
from tospann.planning.skeleton import ENDS, PlannedRow, duration, no_earlier, outline_edits
from tospann.projects.models import Phase, PhaseState

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Bygge", 1, date(2027, 3, 1), date(2027, 5, 31)),
    PlannedRow("Tett bygg", 1, finish=date(2027, 4, 30), milestone=True),
]


@pytest.fixture
def made():
    project = making.project()
    for limit, role in ((5, Role.MANAGER), (20, Role.OWNER)):
        for measure in (limits.FINISH, limits.MILESTONE):
            rule = AuthorityRule(
                project=project.project,
                kind="plan",
                measure=measure,
                limit=Decimal(limit),
                deciders=[str(role)],
            )
            making.inside(rule.save, project.project)
    return project


@pytest.fixture
def plan(made):
    head = commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))
    commands.set_baseline(made.owner, head, base_revision=1)
    return Plan.objects.get(pk=head.pk)


def until(uid, day):
    """The edit that ends an activity on that day."""
    if uid == 2:
        return engine.edit_to_json(
            engine.SetConstraint(uid, no_earlier(engine.day(day) * DAY + ENDS))
        )
    return engine.edit_to_json(engine.SetDuration(uid, duration(date(2027, 3, 1), day)))


def measured(plan, *edits):
    found = limits.of_change(plan, limits.prepare(plan, edits))
    return int(found[limits.FINISH]), int(found[limits.MILESTONE])


def carried_out(actor, plan, *edits):
    plan.refresh_from_db()
    bound = commands.apply_edits.on(plan)
    outcome = submit(actor, bound, base_revision=plan.revision, edits=list(edits))
    plan.refresh_from_db()
    return isinstance(outcome, Done)


CHANGES = [
    ("the finish a week later", [until(1, date(2027, 6, 7))], (5, 0)),
    ("to the weekend", [until(1, date(2027, 6, 5))], (4, 0)),
    ("a week earlier", [until(1, date(2027, 5, 24))], (5, 0)),
    ("over Constitution Day", [until(1, date(2027, 5, 14))], (10, 0)),
    ("a milestone", [until(2, date(2027, 5, 4))], (0, 2)),
    ("both", [until(1, date(2027, 6, 1)), until(2, date(2027, 4, 29))], (1, 1)),
    ("nothing that was promised", [{"kind": "activity.rename", "uid": 1, "name": "x"}], (0, 0)),
]


@pytest.mark.parametrize(("what", "edits", "expected"), CHANGES, ids=[row[0] for row in CHANGES])
def test_the_measures_are_working_days_from_what_was_agreed(plan, what, edits, expected):
    assert measured(plan, *edits) == expected


def test_the_coordinator_decides_inside_the_limit_and_proposes_beyond_it(made, plan):
    assert carried_out(made.coordinator, plan, until(1, date(2027, 6, 7)))
    ruling = commands.apply_edits.assess(
        made.coordinator,
        plan,
        {"base_revision": plan.revision, "edits": [until(1, date(2027, 6, 8))]},
    )
    assert (ruling.may_propose, ruling.deciders) == (True, (Role.MANAGER,))
    assert "6" in str(ruling)
    assert "5" in str(ruling)


def test_a_change_cannot_be_split_to_stay_under_the_limit(made, plan):
    assert carried_out(made.coordinator, plan, until(1, date(2027, 6, 4)))
    assert not carried_out(made.coordinator, plan, until(1, date(2027, 6, 10)))
    assert carried_out(made.manager, plan, until(1, date(2027, 6, 10)))
    assert not carried_out(made.manager, plan, until(1, date(2027, 7, 30)))


def test_what_moves_nothing_is_free_even_when_the_plan_has_moved_far(made, plan):
    assert carried_out(made.manager, plan, until(1, date(2027, 6, 10)))
    rename = {"kind": "activity.rename", "uid": 1, "name": "Bygge alt"}
    assert carried_out(made.coordinator, plan, rename)


def test_a_new_baseline_is_what_counts_from_then_on(made, plan):
    assert carried_out(made.manager, plan, until(1, date(2027, 6, 10)))
    commands.set_baseline(made.owner, plan, base_revision=plan.revision)
    assert measured(Plan.objects.get(pk=plan.pk), until(1, date(2027, 6, 11))) == (1, 0)


def test_a_managers_own_baseline_does_not_widen_what_the_owner_left_her(made, plan):
    """Where the matrix lets a manager freeze, the owner's limit counts on from the owner's own."""
    rule = AuthorityRule(project=made.project, kind="baseline", deciders=[str(Role.MANAGER)])
    making.inside(rule.save, made.project)
    assert carried_out(made.manager, plan, until(1, date(2027, 6, 10)))
    freezing = commands.set_baseline.on(plan)
    case = submit(made.coordinator, freezing, base_revision=plan.revision).case
    cases.decide(made.manager, case, alternative="A")
    plan.refresh_from_db()
    assert (plan.baseline_revision, plan.finish) == (plan.revision, date(2027, 6, 10))
    assert measured(plan, until(1, date(2027, 6, 11))) == (1, 0)
    assert not carried_out(made.manager, plan, until(1, date(2027, 6, 29)))


def test_before_anything_is_agreed_nothing_is_measured(made):
    head = commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))
    assert measured(head, until(1, date(2027, 12, 1))) == (0, 0)


def test_a_later_phase_counts_from_the_plan_as_it_began(made):
    head = commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))
    phase = Phase.objects.get(project=made.project, position=2)
    phase.state, phase.started_at = PhaseState.CURRENT, timezone.now()
    making.inside(phase.save, made.project)
    assert measured(head, until(1, date(2027, 6, 7))) == (5, 0)


def test_an_approved_change_is_the_new_starting_point(made, plan):
    """Decided in a case, under its mandate: the days used up are given back."""
    from tospann.cases.models import Alternative

    plan.refresh_from_db()
    edits = [until(1, date(2027, 6, 14))]
    bound = commands.apply_edits.on(plan)
    outcome = submit(made.coordinator, bound, base_revision=plan.revision, edits=edits)
    assert isinstance(outcome, Proposed)
    case = Case.objects.get(pk=outcome.case.pk)
    assert Alternative.objects.filter(case=case).count() == 2
    cases.decide(made.manager, case, alternative="A")
    plan.refresh_from_db()
    assert plan.finish == date(2027, 6, 14)
    assert measured(plan, until(1, date(2027, 6, 15))) == (1, 0)


def test_what_a_manager_approves_bit_by_bit_adds_up_before_the_owners_limit(made, plan):
    def proposed(day):
        plan.refresh_from_db()
        bound = commands.apply_edits.on(plan)
        edits = [until(1, day)]
        return submit(made.coordinator, bound, base_revision=plan.revision, edits=edits).case

    first = proposed(date(2027, 6, 21))
    assert first.deciders == ["manager"]
    cases.decide(made.manager, first, alternative="A")
    second = proposed(date(2027, 7, 12))
    assert second.deciders == ["owner"]
    with pytest.raises(NotAllowed):
        cases.decide(made.manager, second, alternative="A")
    cases.decide(made.owner, second, alternative="A")
    assert proposed(date(2027, 7, 26)).deciders == ["manager"]


def test_an_import_beyond_the_limit_waits_for_its_decision(made, plan):
    """The file is kept until somebody decides, and is then applied as it was."""
    late = task(1, finish="2027-12-31T17:00:00").replace("PT40H", "PT2080H")
    staged = imports.stage(made.coordinator, made.project, io.BytesIO(xml(late)), "plan.xml")
    outcome = imports.submit_import(made.coordinator, plan, staged, plan.revision)
    assert isinstance(outcome, Proposed)
    imports.stage(made.coordinator, made.project, io.BytesIO(xml(task(2))), "another.xml")
    plan.refresh_from_db()
    assert plan.finish == date(2027, 5, 31)
    cases.decide(made.owner, outcome.case, alternative="A")
    plan.refresh_from_db()
    assert (plan.finish, plan.task_count) == (date(2027, 12, 31), 1)


def test_the_page_says_who_decides_before_anything_is_proposed(made, plan, client):
    """The same form twice: the button changes to a proposal, and only then is it sent."""
    client.force_login(made.people[Role.COORDINATOR])
    address = reverse("edit_task", args=[made.project.key, 1])
    said = {"base_revision": plan.revision, "name": "Bygge", "start": "1.3.2027", "parent": ""}
    said["finish"] = "30.6.2027"
    first = client.post(address, said)
    assert first.status_code == 200
    assert "Foreslå" in first.content.decode()
    assert 'name="propose" value="1"' in first.content.decode()
    assert not Case.objects.exists()
    assert client.post(address, {**said, "propose": "1"}).status_code == 302
    assert Case.objects.get().state == "submitted"
    plan.refresh_from_db()
    assert plan.finish == date(2027, 5, 31)


def test_the_case_tells_what_the_edits_would_do(made, plan, client):
    edits = [until(1, date(2027, 8, 31))]
    outcome = submit(
        made.coordinator,
        commands.apply_edits.on(plan),
        base_revision=plan.revision,
        edits=edits,
    )
    assert isinstance(outcome, Proposed)
    client.force_login(made.people[Role.OWNER])
    address = reverse("case", args=[made.project.key, outcome.case.number])
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    (told,) = commands.apply_edits.teller(plan, {"edits": edits})
    assert "Bygge" in told
    assert told.split(" ")[0] in page
