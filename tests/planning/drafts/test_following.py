"""A change that waits to be decided follows the plan, or says what is in the way."""

from datetime import date

import pytest

import planengine as engine
from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState
from tospann.planning import commands
from tospann.planning.drafts import applying, drafting
from tospann.planning.following import on_the_latest
from tospann.planning.models import Activity, Plan, Revision, RevisionKind

pytestmark = pytest.mark.django_db
DAY = 450 * 60


def head():
    return Plan.objects.get()


def change(actor, *edits):
    stored = [engine.edit_to_json(one) for one in edits]
    return commands.apply_edits(actor, head(), base_revision=head().revision, edits=stored)


def length(uid):
    return Activity.objects.get(uid=uid).duration


@pytest.fixture
def case(made):
    """Building a week longer, and freezing it; for the manager and the owner to decide."""
    draft = drafting.open_draft(made.coordinator, head(), "Bygge lenger")
    longer = engine.SetDuration(2, length(2) + 4 * DAY)
    drafting.add(made.coordinator, head(), draft, [engine.edit_to_json(longer)])
    drafting.freeze(draft, True, "Lenger")
    return applying.open_case(
        made.coordinator,
        head(),
        draft,
        title="Bygge lenger",
        recommendation="Det trengs.",
    )


def operations(case):
    from tospann.cases import verdicts

    return verdicts.operations_of(case.alternatives.get(key="A"))


def test_nothing_moved_is_nothing_changed(made, case):
    assert on_the_latest(made.project, operations(case)).operations == tuple(operations(case))


def test_it_follows_what_is_changed_elsewhere_and_is_decided_as_it_was_read(made, case):
    change(made.manager, engine.RenameActivity(1, "Kartlegge alt"))
    found = on_the_latest(made.project, operations(case))
    assert found.conflicts == ()
    assert [one.arguments["base_revision"] for one in found.operations] == [3, 4]
    cases.decide(made.owner, case, alternative="A")
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED
    assert Activity.objects.get(uid=1).name == "Kartlegge alt"
    assert Activity.objects.get(uid=3).finish == date(2027, 1, 28)
    kinds = Revision.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds)[-2:] == [RevisionKind.EDIT, RevisionKind.BASELINE]


def test_what_meets_goes_back_with_both_values_said(made, case):
    change(made.manager, engine.SetDuration(2, length(2) + DAY))
    (said,) = on_the_latest(made.project, operations(case)).conflicts
    assert "Bygge" in said
    cases.refresh_case(made.manager, case)
    assert Case.objects.get().state == CaseState.RETURNED


def test_what_the_plan_has_done_already_is_said(made, case):
    change(made.manager, engine.SetDuration(2, length(2) + DAY))
    change(made.manager, engine.SetDuration(2, length(2) + DAY))
    draft = drafting.open_draft(made.coordinator, head(), "Samme")
    same = engine.edit_to_json(engine.RenameActivity(1, "Kartlegge alt"))
    drafting.add(made.coordinator, head(), draft, [same])
    listed = applying.operations(head(), draft)
    change(made.manager, engine.RenameActivity(1, "Kartlegge alt"))
    assert len(on_the_latest(made.project, listed).conflicts) == 1


def test_a_plan_is_frozen_as_it_is_when_that_is_decided(made):
    freezing = commands.set_baseline.operation(head(), {"base_revision": head().revision})
    change(made.manager, engine.RenameActivity(1, "Kartlegge alt"))
    found = on_the_latest(made.project, [freezing])
    assert found.conflicts == ()
    assert found.operations[0].arguments["base_revision"] == 3
