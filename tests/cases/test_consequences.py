"""What the alternatives of a case would do: computed after it is proposed, shown, kept current."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests import making
from tests.planning.test_consequences import LATER, change, estimated, longer, plan  # noqa: F401

import planengine as engine
from tospann.cases import commands as cases
from tospann.cases.consequences import Consequences
from tospann.cases.models import Alternative, AuthorityRule, Case
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.jobs.worker import Worker
from tospann.planning import commands, limits
from tospann.projects import commands as projects

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    project = making.project(finish=date(2027, 6, 4))
    rule = AuthorityRule(
        project=project.project,
        kind="plan",
        measure=limits.FINISH,
        limit=Decimal(2),
        deciders=[str(Role.MANAGER)],
    )
    making.inside(rule.save, project.project)
    return project


def proposed(made, head, *edits):
    """The coordinator's change beyond her limits: it becomes a case."""
    commands.set_baseline(made.owner, head, base_revision=head.revision)
    head.refresh_from_db()
    stored = [engine.edit_to_json(edit) for edit in edits]
    bound = commands.apply_edits.on(head)
    outcome = submit(made.coordinator, bound, base_revision=head.revision, edits=stored)
    assert isinstance(outcome, Proposed)
    return Case.objects.get(pk=outcome.case.pk)


def worked():
    """What the worker does after a change."""
    carry_out_owed()
    worker = Worker()
    while worker.run_one():
        pass


def figures(case, key="A"):
    return Consequences.from_json(Alternative.objects.get(case=case, key=key).consequences)


def shown(client, made, case, role=Role.MANAGER):
    client.force_login(made.people[role])
    return client.get(reverse("case", args=[made.project.key, case.number])).content.decode()


def test_a_proposal_is_marked_as_computing_until_its_figures_are_in(client, made, plan):  # noqa: F811
    case = proposed(made, plan, LATER)
    assert "Tallene beregnes" in shown(client, made, case)
    worked()
    page = shown(client, made, case)
    assert "Tallene beregnes" not in page
    assert "5 arbeidsdager senere" in page
    assert "Løfter som brytes" in page


def test_both_alternatives_are_stored_with_what_they_come_from(made, plan):  # noqa: F811
    change(made, plan, estimated(2, 30, 41, 60))
    case = proposed(made, plan, LATER)
    worked()
    nothing, later = (Alternative.objects.get(case=case, key=key) for key in "0A")
    assert figures(case, "0").finish.days == 0
    assert figures(case).finish.days == 5
    assert figures(case).finish.before == figures(case, "0").finish.after
    assert nothing.consequences_hash != later.consequences_hash == figures(case).fingerprint()
    assert later.computed_at is not None


def test_the_figures_follow_the_plan(made, plan):  # noqa: F811
    case = proposed(made, plan, LATER)
    worked()
    before = Alternative.objects.get(case=case, key="A").consequences_hash
    change(made, plan, engine.RenameActivity(4, "Male boden"))
    carry_out_owed()
    assert Alternative.objects.get(case=case, key="A").computed_at is None
    worked()
    same = Alternative.objects.get(case=case, key="A")
    assert same.computed_at is not None
    change(made, plan, longer(2, date(2027, 4, 1), date(2027, 6, 1)))
    worked()
    after = Alternative.objects.get(case=case, key="A")
    assert figures(case).finish.before.plan == date(2027, 6, 1)
    assert after.consequences_hash != before


def test_a_decided_case_keeps_the_figures_it_was_decided_on(made, plan):  # noqa: F811
    case = proposed(made, plan, LATER)
    worked()
    kept = Alternative.objects.get(case=case, key="A").consequences_hash
    cases.decide(made.manager, case, alternative="A", reason="Ja")
    worked()
    assert Alternative.objects.get(case=case, key="A").consequences_hash == kept


def test_a_case_about_something_else_has_no_figures(client, made):
    case = cases.open_case(made.coordinator, made.project, id=new_id(), title="Logo")
    cases.submit_case(made.coordinator, case) if case.recommendation else None
    worked()
    assert Alternative.objects.get(case=case, key="0").consequences == {}
    assert "Konsekvenser" not in shown(client, made, case)


def test_a_changed_alternative_does_not_keep_the_figures_of_what_it_was(client, made, plan):  # noqa: F811
    case = proposed(made, plan, LATER)
    worked()
    cases.withdraw_case(made.coordinator, case)
    again = cases.open_case(made.coordinator, made.project, id=new_id(), title="På nytt")
    later = Alternative.objects.get(case=case, key="A").operations
    goal = projects.add_goal.operation(
        made.project, {"id": str(new_id()), "level": "output_goal", "description": "Mål"}
    )
    for stored in (later, [goal.to_json()]):
        cases.set_alternative(
            made.coordinator, again, id=new_id(), key="A", title="Forslag", operations=stored
        )
        if stored is later:
            worked()
            assert figures(again).finish.days == 5
    assert Alternative.objects.get(case=again, key="A").consequences == {}
    worked()
    assert "Tallene beregnes" not in shown(client, made, again)


def test_a_closed_case_waits_for_no_figures(client, made, plan):  # noqa: F811
    case = proposed(made, plan, LATER)
    cases.withdraw_case(made.coordinator, case)
    worked()
    assert "Tallene beregnes" not in shown(client, made, case)


def test_a_reversal_has_its_figures_while_it_is_prepared(made, plan):  # noqa: F811
    case = proposed(made, plan, LATER)
    decision = cases.decide(made.manager, case, alternative="A", reason="Ja")
    again = cases.open_case(
        made.coordinator, made.project, id=new_id(), title="Omgjør", reverses=decision.pk
    )
    worked()
    assert figures(again).finish.days == -5
