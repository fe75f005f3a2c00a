"""Decisions the plan waits for: what waits, by when, and what a week's delay does."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.budget import starting as money

import planengine as engine
from planengine.instants import DAY
from tospann.budget import commands as budget
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.planning import commands as planning
from tospann.planning import store
from tospann.planning.models import PendingDecision, Plan
from tospann.planning.pending import computing
from tospann.planning.pending.commands import set_what_waits
from tospann.planning.skeleton import PlannedRow, no_earlier, outline_edits
from tospann.ui.holidays import add_working_days

pytestmark = pytest.mark.django_db
ROWS = [
    PlannedRow("Grave", 1, date(2027, 5, 3), date(2027, 5, 14)),
    PlannedRow("Støpe", 1, date(2027, 5, 18), date(2027, 5, 28)),
    PlannedRow("Male", 1, date(2027, 5, 3), date(2027, 5, 4)),
]
GRAVE, STOPE, MALE = 1, 2, 3


@pytest.fixture
def made():
    made = money.project()
    edits = [
        *outline_edits(ROWS),
        engine.edit_to_json(engine.AddLink(engine.Link(GRAVE, STOPE))),
    ]
    planning.start_plan(made.coordinator, made.project, edits=edits)
    return made


def a_case(made, title="Velge leverandør", **values):
    values = {"title": title, "recommendation": "Velg A"} | values
    case = cases.open_case(made.coordinator, made.project, id=new_id(), **values)
    cases.submit_case(made.coordinator, case)
    return case


def tied(made, *uids, **values):
    case = a_case(made, **values)
    set_what_waits(made.coordinator, made.project, case=case.pk, uids=list(uids))
    carry_out_owed()
    return PendingDecision.objects.get(case=case)


def loaded(made):
    return store.load(Plan.objects.get(project=made.project))


def test_the_late_start_less_the_time_those_who_decide_take(made):
    found = tied(made, STOPE)
    assert found.lead_days == 5, "nobody has decided anything yet"
    assert found.need_by == add_working_days(date(2027, 5, 18), -5)


def test_a_week_late_on_the_critical_path_is_a_week(made):
    assert tied(made, GRAVE).slip_days == 5
    assert tied(made, STOPE, title="En til").slip_days == 5


def test_slack_moves_the_day_it_is_needed_not_the_cost_of_being_late(made):
    """What has slack may wait until its late start; from then on it costs as anything else."""
    late = computing.computed(loaded(made), [MALE]).latest
    assert late is not None
    assert late > date(2027, 5, 20)
    assert computing.computed(loaded(made), [MALE]).slip_days == 5


def test_what_runs_with_time_costs_for_as_long_as_the_finish_moves(made):
    (line,) = money.started(made, 520_000, approved=False)
    span = {"starts_on": date(2027, 1, 4), "ends_on": date(2028, 1, 2)}
    values = money.values(line, **span, is_running=True)
    budget.change_line(made.coordinator, line, **values)
    assert tied(made, GRAVE).cost_per_week == Decimal(10_000)


def test_the_first_of_what_waits_says_when(made):
    assert tied(made, STOPE, MALE).need_by == add_working_days(date(2027, 5, 18), -5)


def test_what_has_begun_waits_no_longer(made):
    head = Plan.objects.get(project=made.project)
    planning.report_progress(made.coordinator, head, uid=GRAVE, percent=10)
    assert computing.computed(loaded(made), [GRAVE]) == computing.Pending((), None, 0)


def test_a_proposed_change_of_the_plan_waits_for_itself(made):
    from tospann.cases.models import AuthorityRule

    rule = AuthorityRule(project=made.project, kind="plan", deciders=["owner"])
    making.inside(rule.save, made.project)
    head = Plan.objects.get(project=made.project)
    later = engine.SetConstraint(MALE, no_earlier(engine.day(date(2027, 5, 10)) * DAY))
    outcome = submit(
        made.coordinator,
        planning.apply_edits.on(head),
        base_revision=head.revision,
        edits=[engine.edit_to_json(later)],
    )
    assert isinstance(outcome, Proposed)
    carry_out_owed()
    assert PendingDecision.objects.get(case=outcome.case).uids == [MALE]


@pytest.mark.parametrize(
    ("edit", "waits"),
    [
        (engine.SetDuration(STOPE, 27_000), {STOPE}),
        (engine.AddLink(engine.Link(GRAVE, STOPE)), {STOPE}),
        (engine.RemoveLink(GRAVE, STOPE, engine.LinkKind.FS), {STOPE}),
        (engine.AddAssignment(engine.Assignment(GRAVE, STOPE, MALE)), {STOPE}),
        (engine.RemoveAssignment(GRAVE), set()),
        (engine.RemoveResource(GRAVE), set()),
        (engine.RemoveCalendar(GRAVE), set()),
    ],
)
def test_only_activities_wait_for_a_change(edit, waits):
    arguments = {"edits": [engine.edit_to_json(edit)]}
    stored = {"command": "planning.apply_edits", "arguments": arguments}
    assert computing.touched([stored]) == waits


def test_it_follows_the_plan_and_ends_with_the_case(made):
    found = tied(made, STOPE)
    before = found.need_by
    head = Plan.objects.get(project=made.project)
    later = no_earlier(engine.day(date(2027, 5, 10)) * DAY)
    edit = engine.edit_to_json(engine.SetConstraint(GRAVE, later))
    planning.apply_edits(made.manager, head, base_revision=head.revision, edits=[edit])
    carry_out_owed()
    found.refresh_from_db()
    assert found.need_by is not None
    assert before is not None
    assert found.need_by > before
    cases.withdraw_case(made.coordinator, Case.objects.get(pk=found.case_id))
    carry_out_owed()
    assert not PendingDecision.objects.exists()


def test_the_usual_lead_time_is_how_long_such_decisions_took(made):
    from tospann.planning.pending.refreshing import lead_days

    taken = [
        (["manager"], date(2027, 3, 1), date(2027, 3, 4)),
        (["manager"], date(2027, 3, 1), date(2027, 3, 8)),
        (["manager"], date(2027, 3, 1), date(2027, 3, 1)),
        (["owner"], date(2027, 3, 1), date(2027, 3, 15)),
    ]
    assert lead_days(taken, ["manager"]) == 3
    assert lead_days(taken, ["owner"]) == 10
    assert lead_days(taken, ["steering"]) == 5


@pytest.mark.parametrize("uids", [[99], [GRAVE, 99]])
def test_what_is_not_in_the_plan_cannot_wait(made, uids):
    case = a_case(made)
    with pytest.raises(Invalid):
        set_what_waits(made.coordinator, made.project, case=case.pk, uids=uids)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_page_lists_them_and_lets_one_say_what_waits(made, client, language):
    case = a_case(made, title="Velge <farge>")
    carry_out_owed()
    client.force_login(made.people[Role.COORDINATOR])
    client.cookies["language"] = language
    address = reverse("pending_decisions", args=[made.project.key])
    assert "Velge &lt;farge&gt;" in client.get(address).content.decode()
    form = reverse("decision_waits", args=[made.project.key, case.number])
    assert "Støpe" in client.get(form).content.decode()
    assert client.post(form, {"uids": [str(STOPE)]}).status_code == 302
    carry_out_owed()
    assert "2 Støpe" in client.get(address).content.decode()
    client.force_login(made.people[Role.GUEST])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_many(made, client, count, django_assert_num_queries):
    for number in range(count):
        tied(made, STOPE, title=f"Sak {number}")
    client.force_login(made.people[Role.MANAGER])
    address = reverse("pending_decisions", args=[made.project.key])
    client.get(address)
    with django_assert_num_queries(8):
        assert client.get(address).status_code == 200


def test_the_desk_is_ordered_by_what_waiting_costs(made, client):
    """Needed within the week: the dearest first. The rest by the day it is needed."""
    titles = ("Uten frist", "Langt frem", "Haster lite", "Haster mest")
    found = {title: a_case(made, title=title) for title in titles}
    carry_out_owed()
    today = timezone.localdate()
    for title, days, slip, cost in (
        ("Langt frem", 60, 9, 900_000),
        ("Haster lite", 2, 1, 10_000),
        ("Haster mest", 5, 5, 50_000),
    ):
        PendingDecision.objects.filter(case=found[title]).update(
            need_by=add_working_days(today, days) if days > 5 else today,
            slip_days=slip,
            cost_per_week=cost,
        )
    client.force_login(made.people[Role.MANAGER])
    shown = client.get("/").content.decode()
    places = [shown.index(title) for title in reversed(titles)]
    assert places == sorted(places)
    assert "50\u00a0000" in shown
