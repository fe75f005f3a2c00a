"""One test for each cell of the role table of the public-sector model that exists in the portal.

The table: who may edit plan, tasks and registers; change baseline and tolerance; pass a gate;
edit the benefits plan; publish a status report. Rows of what is still to be built are not here.
"""

from datetime import date
from decimal import Decimal

import pytest
from tests import making

from tospann.cases import commands as cases
from tospann.foundation.authority import SYSTEM, Power, Role, Strength, rule
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import NotAllowed
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.projects.models import CriterionState, Gate, GateCriterion

pytestmark = pytest.mark.django_db
WORDS = {Strength.DECIDE: "yes", Strength.PROPOSE: "propose", Strength.NONE: "no"}
C, M, OW, S, B, T, G = (
    Role.COORDINATOR,
    Role.MANAGER,
    Role.OWNER,
    Role.STEERING,
    Role.BENEFIT_RESPONSIBLE,
    Role.MEMBER,
    Role.GUEST,
)


@pytest.fixture
def made():
    made = making.project()
    for role in (S, B):
        made.people[role] = making.person(str(role))
        projects.appoint(SYSTEM, made.project, person=made.people[role].pk, role=role)
    return made


def outcome(made, role, command, subject, /, **arguments):
    """yes · propose · no, by really submitting."""
    try:
        done = submit(made.actor(role), command.on(subject), **arguments)
    except NotAllowed:
        return "no"
    return "propose" if isinstance(done, Proposed) else "yes"


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "yes"), (M, "yes"), (OW, "no"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_keep_checklists_and_registers(made, role, expected):
    point = GateCriterion.objects.first()
    got = outcome(made, role, projects.settle_criterion, point, state=CriterionState.DONE)
    assert got == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "yes"), (M, "yes"), (OW, "no"), (S, "no"), (B, "no"), (T, "propose"), (G, "no")],
)
def test_edit_the_plan(made, role, expected):
    ruling = rule(made.actor(role), Power.EDIT_PLAN, made.project.pk)
    assert WORDS[ruling.strength] == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "propose"), (M, "propose"), (OW, "yes"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_change_the_baseline_dates(made, role, expected):
    dates = {"start": date(2027, 1, 4), "finish": date(2028, 1, 31)}
    assert outcome(made, role, projects.set_project_dates, made.project, **dates) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "propose"), (M, "propose"), (OW, "yes"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_change_a_tolerance(made, role, expected):
    wanted = {"area": "time", "allowed": "± 2 uker", "days": 10}
    assert outcome(made, role, projects.set_tolerance, made.project, **wanted) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "yes"), (M, "yes"), (OW, "no"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_prepare_a_gate(made, role, expected):
    gate = Gate.objects.get()
    wanted = {"id": new_id(), "recommended": "proceed", "recommendation": "Klar"}
    assert outcome(made, role, cases.prepare_gate, gate, **wanted) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "propose"), (M, "propose"), (OW, "yes"), (S, "yes"), (B, "no"), (T, "no"), (G, "no")],
)
def test_pass_a_gate(made, role, expected):
    ruling = projects.pass_gate.assess(made.actor(role), Gate.objects.get(), {"outcome": "proceed"})
    assert WORDS[ruling.strength] == expected


@pytest.mark.parametrize("role", [C, M, OW, S, T, G])
def test_nobody_passes_a_gate_past_its_case(made, role):
    with pytest.raises(NotAllowed):
        projects.pass_gate(made.actor(role), Gate.objects.get(), outcome="proceed")
    assert Gate.objects.get().state == "open"


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "no"), (M, "no"), (OW, "yes"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_decide_a_prepared_gate(made, role, expected):
    gate = Gate.objects.get()
    case = cases.prepare_gate(
        made.coordinator, gate, id=new_id(), recommended="proceed", recommendation="Klar"
    )
    cases.submit_case(made.coordinator, case)
    assert outcome(made, role, cases.decide, case, alternative="proceed") == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "propose"), (M, "yes"), (OW, "no"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_publish_a_status_report(made, role, expected):
    ruling = rule(made.actor(role), Power.PUBLISH_REPORT, made.project.pk)
    assert WORDS[ruling.strength] == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "propose"), (M, "propose"), (OW, "no"), (S, "no"), (B, "yes"), (T, "no"), (G, "no")],
)
def test_edit_the_benefits_plan(made, role, expected):
    ruling = rule(made.actor(role), Power.EDIT_BENEFITS, made.project.pk)
    assert WORDS[ruling.strength] == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [(C, "propose"), (M, "yes"), (OW, "yes"), (S, "no"), (B, "no"), (T, "no"), (G, "no")],
)
def test_appoint_people(made, role, expected):
    somebody = making.person("Ny Kollega")
    wanted = {"person": somebody.pk, "role": T}
    assert outcome(made, role, projects.appoint, made.project, **wanted) == expected


def test_a_manager_does_not_widen_her_own_limits(made):
    row = cases.add_authority_rule(
        made.owner,
        made.project,
        kind="plan",
        measure="finish_change_days",
        limit=Decimal(5),
        deciders=[OW],
    )
    outcome_ = submit(
        made.manager, cases.change_authority_rule.on(row), limit=Decimal(50), deciders=[OW]
    )
    assert isinstance(outcome_, Proposed)
    assert outcome_.case.deciders == ["owner"]
    assert isinstance(
        submit(made.owner, cases.change_authority_rule.on(row), limit=Decimal(8), deciders=[OW]),
        Done,
    )
