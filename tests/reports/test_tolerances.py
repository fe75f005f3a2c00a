"""A tolerance that is, or will be, exceeded raises one deviation, and offers a report of it."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from tests import making
from tests.budget import starting as money

import planengine as engine
from tospann.budget import commands as budget
from tospann.cases.models import Alternative, Case
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import Notification
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, duration, outline_edits
from tospann.projects import commands as projects
from tospann.projects.models import ProjectState, Tolerance
from tospann.reports import commands, jobs
from tospann.reports.drafting import draft
from tospann.reports.tolerances import standing, watch
from tospann.reports.tolerances.commands import write_exception_report
from tospann.risks import commands as risks
from tospann.risks.models import Deviation

pytestmark = pytest.mark.django_db
BEGINS, ENDS = date(2027, 3, 1), date(2027, 3, 31)


@pytest.fixture
def made():
    made = money.project()
    if made.project.state != ProjectState.ACTIVE:
        projects.accept_founding(made.owner, made.project)
        made.project.refresh_from_db()
    making.inside(
        Tolerance(project=made.project, area="time", allowed="Inntil 5 dager", days=5).save,
        made.project,
    )
    making.inside(
        Tolerance(project=made.project, area="cost", allowed="Inntil 10 %", percent=10).save,
        made.project,
    )
    row = PlannedRow("Bygge", 1, BEGINS, ENDS)
    head = planning.start_plan(made.coordinator, made.project, edits=outline_edits([row]))
    planning.set_baseline(made.owner, head, base_revision=1)
    return made


def until(made, day):
    """The only task ends on that day."""
    head = Plan.objects.get(project=made.project)
    edit = engine.edit_to_json(engine.SetDuration(1, duration(BEGINS, day)))
    planning.apply_edits(made.manager, head, base_revision=head.revision, edits=[edit])
    carry_out_owed()


def test_within_the_tolerance_nothing_is_raised(made):
    until(made, date(2027, 4, 7))
    assert not Deviation.objects.exists()


def test_beyond_it_one_deviation_says_why_what_follows_and_whose_it_is(made):
    until(made, date(2027, 4, 15))
    raised = Deviation.objects.get()
    assert raised.title == "Toleransen for tid vil bli overskredet" or "time" in raised.title
    assert "Bygge" in raised.cause
    assert "31" in raised.consequence
    assert raised.corrective_action
    assert raised.owner == made.people[Role.MANAGER]
    assert raised.born_link == f"/p/{made.project.key}/tolerances"
    owner = made.people[Role.OWNER]
    assert Notification.objects.filter(person=owner, link=raised.born_link).count() == 1


def test_each_crossing_raises_one_whatever_happens_meanwhile(made):
    for day in (15, 16, 20):
        until(made, date(2027, 4, day))
    watch.look(made.project)
    jobs.watch_tolerances.call()
    assert Deviation.objects.count() == 1
    first = Deviation.objects.get()
    risks.correct_deviation(made.manager, first, corrective_action="Vi henter det inn.")
    until(made, date(2027, 4, 21))
    assert Deviation.objects.count() == 1, "corrected, but still the same crossing"
    until(made, ENDS)
    until(made, date(2027, 4, 21))
    assert Deviation.objects.count() == 2


def test_a_crash_between_the_crossing_and_the_deviation_raises_it_later(made, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(risks, "raise_deviation", crash)
        head = Plan.objects.get(project=made.project)
        edit = engine.edit_to_json(engine.SetDuration(1, duration(BEGINS, date(2027, 4, 20))))
        planning.apply_edits(made.manager, head, base_revision=head.revision, edits=[edit])
        with pytest.raises(RuntimeError):
            watch.look(made.project)
    assert not Deviation.objects.exists()
    watch.look(made.project)
    assert Deviation.objects.count() == 1


def test_when_the_day_has_passed_it_is_exceeded_no_longer_to_be(made):
    until(made, date(2027, 4, 15))
    with time_machine.travel("2027-04-09T12:00:00Z"):
        (time, _cost) = standing.of_project(made.project)
    assert (time.is_crossed, time.is_already, time.needed) == (True, True, 11)
    with time_machine.travel("2027-03-20T12:00:00Z"):
        (time, _cost) = standing.of_project(made.project)
    assert (time.is_crossed, time.is_already) == (True, False)


def test_a_forecast_beyond_lines_reserve_and_tolerance_is_a_deviation(made):
    (line,) = money.started(made, 1_000_000, manager=100_000)
    for forecast, count in ((1_210_000, 0), (1_210_001, 1)):
        line.refresh_from_db()
        budget.report_cost(made.coordinator, line, spent=Decimal(10), forecast=Decimal(forecast))
        carry_out_owed()
        assert Deviation.objects.count() == count
    raised = Deviation.objects.get()
    assert "Post 1" in raised.cause
    assert "1\u00a0210\u00a0001" in raised.consequence


def test_money_that_is_moved_or_released_may_cross_it_too(made):
    first, second = money.started(made, 100_000, 100_000, manager=30_000)
    budget.report_cost(made.coordinator, first, spent=Decimal(0), forecast=Decimal(100_000))
    budget.move_money(made.manager, first, to=second.pk, amount=Decimal(50_000))
    carry_out_owed()
    assert not Deviation.objects.exists()
    second.refresh_from_db()
    budget.release_managers_reserve(made.manager, second, amount=Decimal(20_000))
    carry_out_owed()
    assert Deviation.objects.count() == 1


def test_a_project_that_is_being_founded_is_left_alone(made):
    made.project.state = ProjectState.FOUNDING
    making.inside(made.project.save, made.project)
    until(made, date(2027, 6, 1))
    assert not Deviation.objects.exists()


def test_the_exception_report_is_a_case_for_the_owner_with_the_ways_out(made, client):
    until(made, date(2027, 4, 15))
    key = made.project.key
    client.force_login(made.people[Role.COORDINATOR])
    client.cookies["language"] = "en"
    shown = client.get(reverse("tolerances", args=[key])).content.decode()
    address = reverse("exception_report", args=[key, "time"])
    assert address in shown
    assert client.post(address).status_code == 302
    case = Case.objects.get()
    assert case.deciders == ["owner"]
    assert Deviation.objects.get().case == case
    a, b = Alternative.objects.filter(case=case, key__in=["A", "B"]).order_by("key")
    assert a.operations == []
    assert b.operations[0]["command"] == "projects.set_tolerance"
    assert b.operations[0]["arguments"]["days"] == 11
    assert client.post(address).status_code == 422, "it is written once"
    assert address not in client.get(reverse("tolerances", args=[key])).content.decode()


def test_no_exception_report_while_all_is_well(made, client):
    client.force_login(made.people[Role.MANAGER])
    answer = client.post(reverse("exception_report", args=[made.project.key, "time"]))
    assert answer.status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_page_says_how_each_area_stands(made, client, language):
    money.started(made, 1_000_000)
    client.force_login(made.people[Role.MEMBER])
    client.cookies["language"] = language
    answer = client.get(reverse("tolerances", args=[made.project.key]))
    assert answer.status_code == 200
    assert "Inntil 5 dager" in answer.content.decode()


def test_a_guest_does_not_see_it(made, client):
    client.force_login(made.people[Role.GUEST])
    assert client.get(reverse("tolerances", args=[made.project.key])).status_code == 404


def test_in_the_projects_own_language(made):
    projects.edit_project(made.manager, made.project, name="X", language="en")
    made.project.refresh_from_db()
    with translation.override("nb"):
        until(made, date(2027, 4, 15))
    assert Deviation.objects.get().title == "The tolerance for time will be exceeded"


def test_ids_are_chosen_by_whoever_asks(made):
    until(made, date(2027, 4, 15))

    wanted = new_id()
    case = write_exception_report(made.manager, made.project, id=wanted, area="time")
    assert case.pk == wanted


def test_a_tolerance_of_so_many_is_crossed_by_what_is_counted_and_widened_by_its_case(made):
    counted = {"area": "quality", "allowed": "Høyst ett åpent avvik", "most": 1}
    projects.set_tolerance(made.owner, made.project, **counted)
    for title in ("Feil fuge", "Feil farge"):
        assert watch.look(made.project) == 0
        risks.raise_deviation(made.member, made.project, id=new_id(), title=title)
    carry_out_owed()
    raised = Deviation.objects.get(born_in="projects.tolerance:quality")
    assert "Feil fuge" in raised.cause
    assert watch.look(made.project) == 0, "the one it raised is not counted against it"
    (one,) = [s for s in standing.of_project(made.project) if s.area == "quality"]
    assert (one.is_crossed, one.needed) == (True, 2)
    case = write_exception_report(made.manager, made.project, id=new_id(), area="quality")
    wider = Alternative.objects.get(case=case, key="B").operations[0]
    assert wider["arguments"]["most"] == 2


def test_the_areas_say_how_they_stand_beside_their_tolerance(made):
    counted = {"area": "quality", "allowed": "Ingen åpne avvik", "most": 0}
    projects.set_tolerance(made.owner, made.project, **counted)
    risks.raise_deviation(made.member, made.project, id=new_id(), title="Feil fuge")
    project = {"time": {}, "quality": counted}
    commands.set_reporting(made.manager, made.project, kind="full", cadence="none")
    report = commands.start_report(made.manager, made.project, id=new_id())
    content = draft.content(draft.ground(report))
    shown = {one["area"]: one for one in content["areas"] if one["area"] in project}
    assert shown["quality"]["light"] == "red"
    assert shown["quality"]["tolerance"] == "Ingen åpne avvik"
    assert any("1" in figure for figure in shown["quality"]["figures"])
    assert shown["time"]["figures"]
