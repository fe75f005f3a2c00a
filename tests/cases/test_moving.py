"""A case waits while the plan moves: what holds, what goes back, what is taken of it, what is put
back again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests import making

import planengine as engine
from planengine.instants import DAY
from tospann.budget import commands as budget
from tospann.budget.models import Budget, BudgetLine
from tospann.cases import commands, parts, reversal, seeing, verdicts
from tospann.cases.models import Alternative, Case, CaseState, Decision
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.planning import commands as planning
from tospann.planning.models import Activity, Plan
from tospann.planning.skeleton import ENDS, PlannedRow, duration, no_earlier, outline_edits
from tospann.projects import commands as projects

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Bygge", 1, date(2027, 3, 1), date(2027, 5, 31)),
    PlannedRow("Tett bygg", 1, finish=date(2027, 4, 30), milestone=True),
    PlannedRow("Anskaffe", 1, date(2027, 2, 1), date(2027, 2, 26)),
]


@pytest.fixture
def made():
    project = making.project()
    for limit, role in ((5, Role.MANAGER), (20, Role.OWNER)):
        for measure in ("finish_change_days", "milestone_change_days"):
            commands.add_authority_rule(
                project.owner,
                project.project,
                kind="plan",
                measure=measure,
                limit=Decimal(limit),
                deciders=[role],
            )
    return project


@pytest.fixture
def plan(made):
    head = planning.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))
    planning.set_baseline(made.owner, head, base_revision=1)
    return Plan.objects.get(pk=head.pk)


def until(uid, day):
    """The edit that ends an activity on that day."""
    if uid == 2:
        moved = engine.SetConstraint(uid, no_earlier(engine.day(day) * DAY + ENDS))
        return engine.edit_to_json(moved)
    start = date(2027, 3, 1) if uid == 1 else date(2027, 2, 1)
    return engine.edit_to_json(engine.SetDuration(uid, duration(start, day)))


def named(uid, name):
    return {"kind": "activity.rename", "uid": uid, "name": name}


def change(plan, *edits):
    plan.refresh_from_db()
    said = {"base_revision": plan.revision, "edits": list(edits)}
    return planning.apply_edits.operation(plan, said)


def submitted(made, *alternatives, recommended="A"):
    """A case with these lists of operations as alternatives A, B …, waiting for its decision."""
    case = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Ny ferdigdato", recommendation="Ja"
    )
    for key, operations in zip("ABC", alternatives, strict=False):
        commands.set_alternative(
            made.coordinator,
            case,
            id=new_id(),
            key=key,
            title=f"Forslag {key}",
            operations=[operation.to_json() for operation in operations],
        )
    commands.edit_case(
        made.coordinator, case, title=case.title, recommendation="Ja", recommended=recommended
    )
    return commands.submit_case(made.coordinator, Case.objects.get(pk=case.pk))


def moves(actor, plan, *edits):
    plan.refresh_from_db()
    planning.apply_edits(actor, plan, base_revision=plan.revision, edits=list(edits))
    plan.refresh_from_db()


def name_of(uid):
    return Activity.objects.get(uid=uid).name


def test_an_approval_stands_while_the_plan_moves_inside_what_was_shown(made, plan):
    case = submitted(made, [change(plan, until(1, date(2027, 6, 14)))])
    seen = seeing.seen(case)
    moves(made.coordinator, plan, named(3, "Anskaffe alt"))
    decision = commands.decide(made.manager, case, alternative="A", seen=seen)
    plan.refresh_from_db()
    assert plan.finish == date(2027, 6, 14)
    assert name_of(3) == "Anskaffe alt"
    assert decision.evidence["prepared_hash"] != decision.operations_hash


def test_what_has_become_the_owners_goes_back_with_what_changed(made, plan):
    case = submitted(made, [change(plan, until(1, date(2027, 6, 28)))])
    assert case.deciders == ["manager"]
    seen = seeing.seen(case)
    row = verdicts.envelope(Alternative.objects.get(case=case, key="A"))
    assert row["finish_change_days"] == 20
    tail = engine.edit_to_json(
        engine.AddActivity(engine.Activity(9, "Etterarbeid", duration=duration(
            date(2027, 6, 1), date(2027, 6, 4))))
    )  # fmt: skip
    link = engine.edit_to_json(engine.AddLink(engine.Link(1, 9)))
    moves(made.coordinator, plan, tail, link)
    with pytest.raises(commands.HasMoved) as moved:
        commands.decide(made.manager, case, alternative="A", seen=seen)
    assert any("24" in said for said in moved.value.changed)
    assert not Decision.objects.exists()
    commands.refresh_case(made.manager, case)
    case.refresh_from_db()
    assert (case.state, case.deciders) == (CaseState.SUBMITTED, ["owner"])
    with pytest.raises(NotAllowed):
        commands.decide(made.manager, case, alternative="A")
    commands.decide(made.owner, case, alternative="A")
    plan.refresh_from_db()
    assert plan.finish > date(2027, 6, 28)


def test_what_no_longer_fits_goes_back_to_whoever_prepared_it(made, plan):
    case = submitted(made, [change(plan, named(1, "Bygge nytt"))])
    moves(made.manager, plan, named(1, "Bygge om"))
    with pytest.raises(commands.HasMoved) as moved:
        commands.decide(made.manager, case, alternative="A")
    assert moved.value.changed
    commands.refresh_case(made.manager, case)
    case.refresh_from_db()
    assert case.state == CaseState.RETURNED
    assert name_of(1) == "Bygge om"
    carry_out_owed()
    told = Notification.objects.filter(person=made.people[Role.COORDINATOR])
    assert any("no longer fits" in str(one.text) for one in told)


def test_the_page_says_what_changed_and_keeps_what_was_typed(made, plan, client):
    case = submitted(made, [change(plan, named(1, "Bygge nytt"))])
    client.force_login(made.people[Role.MANAGER])
    address = reverse("decide", args=[made.project.key, case.number])
    typed = {
        "alternative": "A",
        "reason": "Som avtalt i går",
        "seen": seeing.seen(case),
        "version": case.version,
    }
    moves(made.manager, plan, named(1, "Bygge om"))
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert "Bygge om" in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_was_read_is_what_is_decided(made, plan):
    case = submitted(made, [change(plan, named(1, "Bygge nytt"))])
    with pytest.raises(commands.HasMoved) as moved:
        commands.decide(made.manager, case, alternative="A", seen="A:0123456789ab:,B::")
    assert len(moved.value.changed) == 3
    commands.decide(made.manager, case, alternative="A", seen=seeing.seen(case))


def test_a_part_is_taken_and_the_rest_is_left(made, plan):
    case = submitted(
        made,
        [
            change(
                plan, until(1, date(2027, 6, 14)), named(3, "Kjøpe"), until(3, date(2027, 2, 19))
            ),
            projects.add_goal.operation(
                made.project, {"id": str(new_id()), "level": "output_goal", "description": "Mål"}
            ),
        ],
    )
    alternative = Alternative.objects.get(case=case, key="A")
    listed = parts.parts_of(verdicts.operations_of(alternative))
    assert [part.key for part in listed] == ["0.0", "0.1", "1"]
    assert len(listed[1].sentences) == 2
    with pytest.raises(Invalid) as refused:
        commands.decide(made.manager, case, alternative="A", part=["0.1"])
    assert refused.value.field == "reason"
    decision = commands.decide(
        made.manager, case, alternative="A", part=["0.1"], reason="Resten venter"
    )
    plan.refresh_from_db()
    assert (decision.outcome, name_of(3), plan.finish) == ("partly", "Kjøpe", date(2027, 5, 31))
    assert len(decision.evidence["left_out"]) == 2
    assert not made.project.goals.exists()


def test_a_part_that_comes_to_more_than_the_whole_is_judged_by_itself(made, plan):
    """Two changes that even each other out: one of them alone is the owner's."""
    after = engine.Activity(9, "Etter", duration=duration(date(2027, 6, 1), date(2027, 7, 30)))
    edits = [engine.AddActivity(after), engine.AddLink(engine.Link(1, 9))]
    planning.apply_edits(
        SYSTEM,
        Plan.objects.get(pk=plan.pk),
        base_revision=plan.revision,
        edits=[engine.edit_to_json(edit) for edit in edits],
    )
    plan.refresh_from_db()
    planning.set_baseline(made.owner, plan, base_revision=plan.revision)
    shorter = engine.SetDuration(9, duration(date(2027, 6, 1), date(2027, 6, 30)))
    whole = [until(1, date(2027, 6, 30)), engine.edit_to_json(shorter)]
    case = submitted(made, [change(plan, *whole)])
    assert "owner" not in case.deciders
    with pytest.raises(NotAllowed):
        commands.decide(made.manager, case, alternative="A", part=["0.0"], reason="Bare det")
    taken = commands.decide(made.owner, case, alternative="A", part=["0.0"], reason="Bare det")
    assert taken.outcome == "partly"


@pytest.fixture
def money(made):
    budget.start_budget(made.manager, made.project, id=new_id())
    budget.add_line(made.manager, made.project, id=new_id(), name="Bygg", amount=Decimal(900_000))
    budget.add_line(made.manager, made.project, id=new_id(), name="Kurs", amount=Decimal(100_000))
    return {line.name: line for line in BudgetLine.objects.filter(project=made.project)}


def test_the_reversal_of_a_decision_holds_what_leads_back(made, plan, money):
    line = money["Kurs"]
    more = budget.change_line.operation(line, {"name": "Kurs", "amount": "120000"})
    goal = projects.add_goal.operation(
        made.project, {"id": str(new_id()), "level": "output_goal", "description": "Mål"}
    )
    changed = change(plan, until(1, date(2027, 6, 14)))
    said = {"base_revision": plan.revision + 1, "name": "Ny"}
    freezing = replace(planning.set_baseline.operation(plan, said), expected_version=None)
    case = submitted(made, [changed, more, goal, freezing])
    decision = commands.decide(made.owner, case, alternative="A")
    line.refresh_from_db()
    plan.refresh_from_db()
    assert (line.amount, plan.baseline_revision) == (120_000, plan.revision)
    moves(made.coordinator, plan, named(3, "Kjøpe"))
    asked = commands.open_case(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Omgjør",
        recommendation="Likevel ikke",
        reverses=decision.pk,
    )
    assert reversal.reversal(decision).left_over == ()
    commands.submit_case(made.coordinator, asked)
    commands.decide(made.owner, asked, alternative="A")
    plan.refresh_from_db()
    line.refresh_from_db()
    assert (plan.finish, line.amount, name_of(3)) == (date(2027, 5, 31), 100_000, "Kjøpe")
    assert [one["revision"] for one in plan.baselines] == [2]
    assert Activity.objects.get(project=made.project, uid=1).baseline_finish == date(2027, 5, 31)
    assert not made.project.goals.exists()


def test_two_cases_that_together_cross_a_limit_do_not_both_pass_the_lower_decider(made, money):
    """Each alone is the manager's; when the first is decided, the second is the owner's."""
    commands.add_authority_rule(
        made.owner,
        made.project,
        kind="budget",
        measure="cumulative_cost_change",
        limit=Decimal(150_000),
        deciders=[Role.OWNER],
    )
    budget.approve_budget(made.owner, Budget.objects.get(project=made.project))
    waiting = []
    for name in ("Bygg", "Kurs"):
        line = BudgetLine.objects.get(name=name)
        amount = str(line.amount + 100_000)
        operation = budget.change_line.operation(line, {"name": name, "amount": amount})
        waiting.append(submitted(made, [operation]))
    assert all("manager" in case.deciders for case in waiting)
    commands.decide(made.manager, waiting[0], alternative="A")
    with pytest.raises(commands.HasMoved):
        commands.decide(made.manager, waiting[1], alternative="A")
    commands.refresh_case(made.manager, waiting[1])
    waiting[1].refresh_from_db()
    assert waiting[1].deciders == ["owner"]


def test_a_case_is_decided_though_its_author_has_lost_access(made, plan):
    case = submitted(made, [change(plan, named(1, "Bygge nytt"))])
    author = made.people[Role.COORDINATOR]
    projects.release(SYSTEM, made.project.memberships.get(person=author))
    Notification.objects.all().delete()
    assert submit(made.manager, commands.decide.on(case), alternative="A").result is not None
    carry_out_owed()
    assert not Notification.objects.filter(person=author).exists()


def test_a_decision_that_is_sent_twice_is_made_once(made, plan, client):
    case = submitted(made, [change(plan, named(1, "Bygge nytt"))])
    client.force_login(made.people[Role.MANAGER])
    address = reverse("decide", args=[made.project.key, case.number])
    typed = {"alternative": "A", "seen": seeing.seen(case)}
    assert client.post(address, typed).status_code == 302
    again = client.post(address, typed)
    assert again.status_code == 409
    assert Decision.objects.count() == 1
