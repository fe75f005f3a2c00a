"""Costs: recorded once, counted to the øre, corrected by reversing, marked when they come late."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.budget import starting
from tests.budget.starting import started

from tospann.budget import commands, money
from tospann.budget.models import BudgetLine, ClosedMonth, Commitment, Cost, CostBatch, CostDay
from tospann.budget.queries import costs
from tospann.cases.models import Case
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.foundation.undo import undo

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 15)


@pytest.fixture
def made():
    return starting.project()


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def record(made, *rows, source="api", actor=None):
    return commands.record_costs(
        actor or made.coordinator, made.project, id=new_id(), rows=list(rows), source=source
    )


def row(line, amount, **more):
    values = {"line": str(line.pk), "booked_on": DAY.isoformat(), "amount": str(amount), **more}
    return {name: value for name, value in values.items() if value is not None}


def kept(line):
    """The kept sum, the rows and the days: they must always say the same."""
    line.refresh_from_db()
    rows = sum(Cost.objects.filter(line=line).values_list("amount_nok", flat=True), Decimal(0))
    days = sum(CostDay.objects.filter(line=line).values_list("amount", flat=True), Decimal(0))
    assert line.spent == rows == days
    return line.spent


def test_a_cost_counts_on_its_line_and_is_one_act(made):
    one, two = started(made, 1000, 2000)
    before = AuditEntry.objects.count()
    batch = record(made, row(one, "100.10"), row(one, "-0.05", text="Kreditnota"), row(two, 5))
    assert AuditEntry.objects.count() == before + 1
    assert (kept(one), kept(two)) == (Decimal("100.05"), 5)
    assert (batch.rows, batch.total, batch.number) == (3, Decimal("105.05"), 1)
    assert one.version == BudgetLine.objects.get(pk=one.pk).version, "a fact makes no line stale"


def test_costs_in_another_currency_count_at_the_rate_of_their_day(made):
    (line,) = started(made, 100_000)
    with pytest.raises(Invalid, match="EUR"):
        record(made, row(line, 100, currency="EUR"))
    assert not Cost.objects.exists(), "nothing is half recorded"
    rate(made, "EUR", date(2026, 1, 1), "11.5")
    rate(made, "EUR", date(2026, 3, 1), "11.755555")
    record(made, row(line, 100, currency="EUR"))
    assert kept(line) == Decimal("1175.56")
    rate(made, "EUR", date(2026, 3, 1), "12")
    assert kept(line) == Decimal("1175.56"), "what is recorded keeps its rate"
    record(made, row(line, 100, currency="EUR", booked_on="2026-02-28"))
    assert kept(line) == Decimal("1175.56") + 1150


def test_vat_follows_its_date_and_counts_only_where_it_cannot_be_deducted(made):
    one, two = started(made, 1000, 1000)
    commands.change_line(
        made.coordinator, two, **starting.values(two, vat_code="low", with_vat=True)
    )
    record(made, row(one, 100, vat_code="standard"), row(two, 100))
    record(made, row(two, 100, booked_on="2021-09-30"))
    assert list(Cost.objects.order_by("id").values_list("vat", flat=True)) == [25, 12, 6]
    assert (kept(one), kept(two)) == (100, 218)


def test_the_same_voucher_is_never_counted_twice(made):
    (line,) = started(made, 1000)
    record(made, row(line, 10, external_id="B-1"))
    for again in ([row(line, 10, external_id="B-1")], [row(line, 1, external_id="X")] * 2):
        with pytest.raises(Invalid) as refused:
            record(made, *again)
        assert refused.value.field == "external_id"
    assert kept(line) == 10


def test_a_row_that_makes_no_sense_stops_the_whole_batch(made):
    (line,) = started(made, 1000)
    other = making.project()
    strange = started_in(other)
    with pytest.raises(Invalid, match="2"):
        record(made, row(line, 10), row(strange, 10))
    assert not Cost.objects.exists()
    assert not CostBatch.objects.exists()


def test_a_batch_is_reversed_once_and_its_numbers_are_free_again(made):
    (line,) = started(made, 1000)
    promised = commands.commit(
        made.coordinator, line, id=new_id(), text="Avrop", amount=Decimal(500)
    )
    batch = record(made, row(line, 200, external_id="B-1", commitment=str(promised.pk)))
    line.refresh_from_db()
    assert (line.spent, line.committed) == (200, 300)
    commands.reverse_costs(made.manager, batch, id=new_id())
    line.refresh_from_db()
    assert (kept(line), line.committed) == (0, 500)
    with pytest.raises(Invalid):
        commands.reverse_costs(made.manager, batch, id=new_id())
    record(made, row(line, 210, external_id="B-1"))
    assert kept(line) == 210


def test_what_is_reported_in_total_becomes_a_cost_and_can_be_undone(made):
    (line,) = started(made, 1000)
    record(made, row(line, 100))
    line.refresh_from_db()
    done = submit(
        made.coordinator, commands.report_cost.on(line), spent=Decimal(150), forecast=Decimal(900)
    )
    assert kept(line) == 150
    assert line.forecast == 900
    undo(made.coordinator, done.entry)
    assert kept(line) == 100
    assert line.forecast is None


def test_commitments_go_down_as_costs_come_and_can_be_closed(made):
    (line,) = started(made, 1000)
    promised = commands.commit(
        made.coordinator,
        line,
        id=new_id(),
        text="Kontrakt",
        amount=Decimal(600),
        source=f"contracts.contract:{new_id()}",
    )
    record(made, row(line, 700, commitment=str(promised.pk)))
    line.refresh_from_db()
    assert line.committed == 0, "never below nothing"
    promised.refresh_from_db()
    values = {"text": "Kontrakt", "amount": Decimal(900)}
    with pytest.raises(Invalid):
        commands.change_commitment(made.coordinator, promised, **{**values, "amount": 1})
    done = submit(made.coordinator, commands.change_commitment.on(promised), **values)
    line.refresh_from_db()
    assert line.committed == 200
    undo(made.coordinator, done.entry)
    line.refresh_from_db()
    assert line.committed == 0
    assert costs.commitments_of(made.project, promised.source) == [promised]


def test_an_accrual_counts_until_it_is_released(made):
    (line,) = started(made, 1000)
    accrual = commands.accrue(
        made.coordinator, line, id=new_id(), text="Levert", amount=Decimal(80), booked_on=DAY
    )
    line.refresh_from_db()
    assert line.incurred == 80
    with pytest.raises(Invalid):
        commands.release_accrual(made.coordinator, accrual, released_on=DAY - timedelta(days=1))
    commands.release_accrual(made.coordinator, accrual, released_on=DAY + timedelta(days=20))
    line.refresh_from_db()
    assert line.incurred == 0
    march, april = (
        next(
            one
            for one in costs.months(made.project, {date(2026, 3, 1): Decimal(0)})
            if one.first == first
        )
        for first in (date(2026, 3, 1), date(2026, 4, 1))
    )
    assert (march.accrued, april.accrued) == (80, 0)


def test_what_comes_after_a_month_is_closed_is_marked_and_told(made):
    (line,) = started(made, 1000)
    record(made, row(line, 100))
    commands.close_month(made.manager, made.project, id=new_id(), month=DAY)
    batch = record(made, row(line, 7), row(line, 5, booked_on="2026-04-01"))
    assert batch.late_rows == 1
    assert costs.late(made.project) == (1, 7)
    march = next(one for one in costs.months(made.project, {}) if one.first == date(2026, 3, 1))
    assert (march.used, march.closed.costs, march.came_later) == (107, 100, 7)
    for month in (DAY, timezone.localdate() + timedelta(days=40)):
        with pytest.raises(Invalid):
            commands.close_month(made.manager, made.project, id=new_id(), month=month)
    commands.reopen_month(made.manager, ClosedMonth.objects.get())
    assert record(made, row(line, 1)).late_rows == 0


def test_the_coordinator_proposes_that_a_month_is_closed(made):
    (line,) = started(made, 1000)
    record(made, row(line, 100))
    submit(made.coordinator, commands.close_month.on(made.project), id=new_id(), month=DAY)
    assert Case.objects.get().deciders == ["manager"]
    assert not ClosedMonth.objects.exists()


def test_members_record_nothing(made):
    (line,) = started(made, 1000)
    with pytest.raises(NotAllowed):
        record(made, row(line, 1), actor=made.member)
    assert not Commitment.objects.exists()


def test_who_worked_is_for_those_who_see_rates_alone(visit, made):
    (line,) = started(made, 100_000)
    person = made.people[Role.MEMBER]
    record(made, row(line, 9000, person=str(person.pk), hours="7.5", text="Uke 11"), row(line, 50))
    stored = AuditDetail.objects.order_by("-pk").first()
    assert str(person.pk) not in str(stored.arguments)
    for role, sees in ((Role.MANAGER, True), (Role.MEMBER, False)):
        client = visit(role)
        pages = [
            client.get(at(made, "money_costs") + "?c=hours&c=person").content.decode(),
            client.get(at(made, "money_costs") + "?format=csv").getvalue().decode("utf-8-sig"),
            client.get(at(made, "budget_line", 1)).content.decode(),
            client.get(f"/api/v1/projects/{made.project.key}/costs").content.decode(),
        ]
        assert [("Uke 11" in shown) for shown in pages] == [sees] * 4
    assert "9\u00a0000\u00a0kr" not in seen_by_a_member(visit, made)
    other = made.people[Role.COORDINATOR]
    record(made, row(line, 1234, person=str(other.pk), hours="1"))
    assert "10\u00a0234\u00a0kr" in seen_by_a_member(visit, made)


def seen_by_a_member(visit, made):
    return visit(Role.MEMBER).get(at(made, "money_costs")).content.decode()


def rate(made, currency, day, kroner):
    commands.set_exchange_rate(
        SYSTEM,
        making.organisation(),
        id=new_id(),
        currency=currency,
        valid_from=day,
        rate=Decimal(kroner),
    )
    assert money.in_nok(Decimal(1), currency, day) == money.rounded(Decimal(kroner))


def started_in(other):
    commands.start_budget(
        other.coordinator,
        other.project,
        id=new_id(),
        lines=[commands.FirstLine(name="Annen", amount=Decimal(1))],
    )
    return BudgetLine.objects.get(project=other.project)
