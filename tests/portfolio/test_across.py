"""The pages across projects: only what one may see, the same figures everywhere, a fixed cost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests import making
from tests.home import seeing

from tospann.budget.models import Budget, BudgetLine, Cost, CostBatch
from tospann.budget.veiling import veil, withheld
from tospann.cases.models import Case, CaseState, Decision, DecisionOutcome
from tospann.closing.models import Forecast
from tospann.foundation.authority import Role
from tospann.people.actors import actor_for
from tospann.people.models import OrganisationRole
from tospann.portfolio.queries import capacity, money
from tospann.projects.models import Project
from tospann.resources.models import Load
from tospann.resources.weeks import week_of
from tospann.risks.models import Risk

pytestmark = pytest.mark.django_db
PAGES = ("capacity", "risk", "money", "benefits", "gates", "timeline", "decisions", "accuracy")


def leader():
    person = making.person()
    making.inside(OrganisationRole(person=person, role=Role.PORTFOLIO_LEADER).save)
    return person


def see(client, person, what, query=""):
    return seeing.sign_in(client, person).get(f"/portfolio/{what}{query}")


def fill(made, rows=1):
    """So many of everything in a project."""
    seeing.fill(made, rows)
    making.inside(lambda: _records(made, rows), made.project)
    _computed(made, rows)
    return made


def _records(made, rows):
    project, today = made.project, seeing.day(0)
    Budget(project=project, manager_reserve=100, owner_reserve=50).save()
    for n in range(1, rows + 1):
        line = {"project": project, "number": n, "name": f"Linje {n}", "forecast": Decimal(1500)}
        BudgetLine(amount=Decimal(1000), committed=Decimal(200), **line).save()
        risk = {"project": project, "number": 500 + n, "title": f"Fare i {project.name} {n}"}
        Risk(probability=5, impact=5, **risk).save()
        case = {"project": project, "number": 600 + n, "title": f"Sak i {project.name} {n}"}
        who = made.people[Role.COORDINATOR]
        Case(state=CaseState.SUBMITTED, need_by=today, prepared_by=who, **case).save()
        decision = {"project": project, "number": 700 + n, "title": f"Vedtatt i {project.name}"}
        Decision(outcome=DecisionOutcome.APPROVED, decided_on=today, **decision).save()
        _measured(project, n, today)
    gate = project.gates.order_by("position").first()
    gate.due_on = today + timedelta(days=1)
    gate.save()


def _measured(project, n, today):
    from tospann.benefits.models import Benefit, Indicator, Measurement

    said = {"project": project, "number": 800 + n, "code": f"K{n}", "kind": "qualitative"}
    benefit = Benefit(title=f"Gevinst i {project.name}", **said)
    benefit.save()
    indicator = Indicator(project=project, benefit=benefit, name=f"Antall {n}", target=100)
    indicator.save()
    same = {"project": project, "indicator": indicator}
    Measurement(moment="start", due_on=today, value=0, measured_on=today, **same).save()
    day = today - timedelta(days=5)
    Measurement(moment="middle", due_on=day, value=40, measured_on=today, **same).save()
    Measurement(moment="end", due_on=today - timedelta(days=1), **same).save()


def _computed(made, rows):
    project, today = made.project, seeing.day(0)
    week = week_of(today.replace(day=15))
    Load.objects.create(project=project, person=made.people[Role.MEMBER], week=week, minutes=1200)
    for uid in range(rows + 1):
        days = {"made_on": today, "begins_on": today, "planned": today, "p50": today, "p80": today}
        Forecast.objects.create(project=project, revision=1, uid=uid, name="Mål", **days)


@pytest.mark.parametrize("what", PAGES)
def test_one_sees_the_projects_one_may_see_and_the_leader_all_of_them(client, what):
    mine, other = fill(making.project("Mitt eget")), fill(making.project("En annens"))
    hers = see(client, mine.people[Role.MEMBER], what).text
    theirs = (other.project.name, other.people[Role.MEMBER].name)
    assert not any(name in hers for name in theirs)
    own = mine.people[Role.MEMBER].name if what == "capacity" else mine.project.name
    assert own in hers.split("<main")[1]
    both = see(client, leader(), what).text
    assert (theirs[1] if what == "capacity" else theirs[0]) in both


@pytest.mark.parametrize("what", PAGES)
@pytest.mark.parametrize("role", [Role.GUEST, Role.MEMBER])
def test_each_page_is_there_also_when_there_is_nothing_to_see(client, what, role):
    made = making.project("Svømmehall")
    page = see(client, made.people[role], what)
    assert page.status_code == 200
    if role is Role.GUEST:
        assert "Svømmehall" not in page.text
        assert 'class="empty"' in page.text or what == "decisions"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("what", "queries"),
    [
        ("capacity", 9),
        ("risk", 8),
        ("money", 8),
        ("benefits", 8),
        ("gates", 8),
        ("timeline", 10),
        ("decisions", 9),
        ("accuracy", 8),
    ],
)
def test_the_number_of_queries_does_not_grow(
    client, what, queries, rows, django_assert_num_queries
):
    for _number in range(rows):
        fill(making.project(), rows)
    seeing.sign_in(client, leader())
    with django_assert_num_queries(queries):
        client.get(f"/portfolio/{what}")


@pytest.mark.parametrize("what", ["capacity", "risk", "money", "benefits", "gates", "accuracy"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_can_be_taken_along(client, what, kind):
    fill(making.project("Svømmehall"))
    taken = see(client, leader(), what, f"?format={kind}")
    assert taken.status_code == 200
    assert "attachment" in taken["Content-Disposition"]


@pytest.mark.parametrize("what", PAGES)
@pytest.mark.parametrize("query", ["?page=x", "?page=99", "?sort=nei", "?month=%00&title=%00"])
def test_odd_addresses_are_answered(client, what, query):
    fill(making.project())
    assert see(client, leader(), what, query).status_code == 200


@pytest.mark.parametrize("what", PAGES)
def test_programs_get_the_same(client, what):
    mine, other = fill(making.project("Mitt eget")), fill(making.project("En annens"))
    seeing.sign_in(client, mine.people[Role.MEMBER])
    answer = client.get(f"/api/v1/portfolio/{what}")
    assert answer.status_code == 200
    said = answer.content.decode()
    assert (mine.people[Role.MEMBER].name if what == "capacity" else mine.project.key) in said
    assert f'"{other.project.key}"' not in said
    assert other.people[Role.MEMBER].name not in said


def test_a_risk_without_an_owner_is_marked_and_lower_ones_are_asked_for(client):
    made = fill(making.project("Rådhus"))
    risk = Risk.objects.get(project=made.project)
    assert "Fare i Rådhus" in see(client, made.people[Role.MEMBER], "risk", "?ownerless=1").text
    risk.probability = risk.impact = 1
    making.inside(risk.save, made.project)
    page = see(client, made.people[Role.MEMBER], "risk").text
    assert "Fare i Rådhus" not in page
    assert "Fare i Rådhus" in see(client, made.people[Role.MEMBER], "risk", "?worst=all").text


def test_money_is_added_up_over_the_projects():
    for _number in range(2):
        fill(making.project(), 2)
    making.project("Uten budsjett")
    found = money.of(actor_for(leader()), {})
    assert (found.part.total, found.without) == (2, 1)
    sums = found.total
    assert (sums.amount, sums.committed, sums.forecast) == (4000, 800, 6000)
    assert (sums.over, sums.reserve) == (2000, 300)
    assert [row.sums.amount for row in found.rows] == [2000, 2000]


def _hours(made, *amounts):
    """Costs of hours, each of a person of its own unless the role is said twice."""
    project = made.project
    line = BudgetLine.objects.get(project=project)
    batch = CostBatch(project=project, number=1, source="csv", rows=len(amounts), total=0)
    batch.first_on = batch.last_on = seeing.day(0)
    making.inside(batch.save, project)
    from tospann.budget.models import CostParty

    for role, amount in amounts:
        who = made.people[role]
        Cost.objects.create(
            project=project, line=line, batch=batch, booked_on=seeing.day(0), amount=amount,
            amount_nok=amount, person=who, hours=1, source="csv",
        )  # fmt: skip
        CostParty.objects.create(
            project=project, person=who, is_of_people=True, amount=amount, hours=1, rows=1
        )
    line.spent = sum(amount for _role, amount in amounts)
    making.inside(line.save, project)


@pytest.mark.parametrize(
    "amounts",
    [
        [(Role.MEMBER, 700)],
        [(Role.MEMBER, 700), (Role.COORDINATOR, 300)],
        [(Role.MEMBER, 700), (Role.COORDINATOR, 300), (Role.COORDINATOR, -300)],
        [(Role.MEMBER, 700), (Role.MEMBER, 100)],
    ],
)
def test_one_persons_hours_stand_in_no_sum_of_who_may_not_see_rates(amounts):
    made = fill(making.project())
    _hours(made, *amounts)
    boss, projects = actor_for(leader()), Project.objects.filter(pk=made.project.pk)
    hidden = veil(boss, made.project.pk).withheld
    assert withheld(boss, projects).get(made.project.pk, 0) == hidden
    spent = sum(amount for _role, amount in amounts)
    assert money.of(boss, {}).total.incurred == spent - hidden
    assert money.of(made.manager, {}).total.incurred == spent


def test_the_load_of_other_projects_is_no_part_of_what_one_sees():
    mine, other = fill(making.project()), making.project()
    person, week = mine.people[Role.MEMBER], week_of(seeing.day(0).replace(day=15))
    Load.objects.create(project=other.project, person=person, week=week, minutes=600)
    found = capacity.of(mine.coordinator, {})
    (row,) = (row for row in found.people if row.name == person.name)
    assert sum(cell.hours for cell in row.cells) == 20
    (all_of_it,) = (r for r in capacity.of(actor_for(leader()), {}).people if r.name == person.name)
    assert sum(cell.hours for cell in all_of_it.cells) == 30


def test_the_months_hold_every_week_once_by_its_thursday(time_machine):
    time_machine.move_to("2027-01-02 12:00")
    made = making.project()
    found = capacity.of(made.member, {})
    assert found.months[0].isoformat() == "2027-01-01"
    assert len(found.months) == 12
    assert {month.month for month in found.months} == set(range(1, 13))


def test_a_forecast_counts_by_its_first_promise_and_only_when_reached(client):
    from tospann.closing import forecasting
    from tospann.planning.models import Activity, Kind, State

    made = fill(making.project(), 2)
    first = Activity.objects.filter(project=made.project, kind=Kind.MILESTONE).order_by("uid")[0]
    Activity.objects.filter(pk=first.pk).update(state=State.DONE, finish=seeing.day(-1))
    Forecast.objects.filter(project=made.project).exclude(uid=first.uid).delete()
    Forecast.objects.update_or_create(
        project=made.project, revision=1, uid=first.uid,
        defaults={
            "name": "M", "made_on": seeing.day(-30), "begins_on": seeing.day(-30),
            "planned": seeing.day(-3), "p50": seeing.day(-2), "p80": seeing.day(0),
        },
    )  # fmt: skip
    later = {"made_on": seeing.day(-1), "begins_on": seeing.day(-1), "planned": seeing.day(9)}
    Forecast.objects.create(
        project=made.project, revision=2, uid=first.uid, name="M", p50=None, p80=None, **later
    )
    found = forecasting.counts("project_id")[made.project.pk]
    score = forecasting.of_project(made.project)
    assert (found.planned, found.held50, found.held80) == ((0, 1), (0, 1), (1, 1))
    assert (score.planned, score.held50, score.held80) == ((0, 1), (0, 1), (1, 1))


def test_a_gate_says_how_far_its_points_are_and_a_month_can_be_chosen(client):
    made = fill(making.project("Bibliotek"))
    gate = made.project.gates.order_by("position").first()
    gate.due_on = seeing.day(200)
    making.inside(gate.save, made.project)
    other = fill(making.project("Skole"))
    boss = leader()
    month = seeing.day(200).isoformat()[:7]
    page = see(client, boss, "gates", f"?month={month}").text
    assert "Bibliotek" in page
    assert other.project.name not in page
    assert "Skole" in see(client, boss, "gates").text


def test_the_timeline_says_in_words_what_it_draws(client):
    made = fill(making.project("Brua"), 2)
    page = see(client, made.people[Role.MEMBER], "timeline").text
    for name in ("Milepæl 0", "Sak i Brua", "Vedtatt i Brua"):
        assert name in page
    assert page.count('class="line-today"') == 1
