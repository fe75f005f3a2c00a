"""Worked examples of earned value, entered as people enter them and read from the API."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse
from tests import making
from tests.api.conftest import Caller, token_of
from tests.budget.starting import head
from tests.control import following
from tests.control.cases import case, near, of
from tests.control.following import friday
from tests.control.reading import tables

from tospann.budget import commands as budget
from tospann.budget.queries.frames import cuts
from tospann.budget.queries.frames import frames as frames_of
from tospann.contracts import numbers
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.ui import formats
from tospann.ui.holidays import public_holidays, working_days_between

pytestmark = pytest.mark.django_db
FINE, HALF_AN_ORE = 1e-6, 0.005001


def read(made, day):
    """What the API says of the project on a day, in the evening."""
    with time_machine.travel(datetime.combine(day, time(19), UTC), tick=False):
        answer = Caller(token_of(made.people[Role.MANAGER])).get(
            f"/projects/{made.project.key}/control"
        )
    assert answer.status_code == 200, answer.content
    return answer.json()


def amounts_in(found):
    """Amounts as numbers."""
    return {
        name: float(value) if isinstance(value, str) else value
        for name, value in found.items()
        if not name.endswith(("_on", "_finish"))
    }


@pytest.mark.parametrize("given", of("evm_snapshot"))
def test_a_snapshot_gives_the_published_figures(given):
    bac, pv, ev, ac = (given["input"][name] for name in ("bac", "pv", "ev", "ac"))
    later = max(bac - pv, 0)
    with time_machine.travel(datetime.combine(friday(1), time(8), UTC)):
        made = following.followed(pv, *([later] if later else []))
        following.earn(made, [pv, later] if later else [pv], ev)
        following.spend(made, (1, friday(1), ac))
    found = read(made, friday(1))
    total, estimates = amounts_in(found["total"]), amounts_in(found["estimates"])
    assert (total["bac"], total["pv"], total["ac"]) == (bac, pv, ac)
    shown = {name: total.get(name) for name in given["expected"]} | {
        "eac_at_cpi": estimates["cpi"],
        "eac_at_budget_rate": estimates["budget_rate"],
        "eac_at_cpi_spi": estimates["cpi_spi"],
        "etc_at_cpi": estimates["cpi"] - total["ac"],
        "vac_at_cpi": total["bac"] - estimates["cpi"],
        "tcpi_bac": total["tcpi"],
        "tcpi_eac": (total["bac"] - total["ev"]) / (estimates["cpi"] - total["ac"]),
    }
    for name, value in given["expected"].items():
        assert shown[name] == pytest.approx(value, rel=FINE, abs=HALF_AN_ORE), name
    for name, value in given["published"].items():
        assert shown[name] == pytest.approx(
            value, rel=given["published_tolerance"], abs=HALF_AN_ORE
        ), name


def test_a_project_that_runs_late_week_by_week():
    given = case("es-vanhoucke-9w")
    planned = given["input"]["pv_cum"]
    amounts = [1000 * (now - before) for before, now in zip([0, *planned], planned, strict=False)]
    amounts = [amount for amount in amounts if amount]
    with time_machine.travel(datetime.combine(friday(1), time(8), UTC)):
        made = following.followed(*amounts)
    for row in given["expected_rows"]:
        with time_machine.travel(datetime.combine(friday(row["week"]), time(8), UTC)):
            following.earn(made, amounts, 1000 * row["ev"])
        total = amounts_in(read(made, friday(row["week"]))["total"])
        weeks = {name: total[name] / 5 for name in ("es", "at", "pd", "sv_t", "ieac_t")}
        assert (weeks["at"], weeks["pd"]) == (row["week"], 9)
        assert weeks["es"] == near(row["es"], given["tolerance"])
        assert weeks["sv_t"] == near(row["sv_t"], given["tolerance"])
        assert weeks["ieac_t"] == near(row["ieac_t"], given["tolerance"])
        assert total["spi_t"] == near(row["spi_t"], given["tolerance"])
        assert total["spi"] == near(row["spi"], given["tolerance"])
        assert total["eac_t"] / 5 == near(row["eac_t_plan"], given["tolerance"])


CURVES = [one for one in of("earned_schedule") if "pv_cum_from_t0" in one.values[0]["input"]]


@pytest.mark.parametrize("given", CURVES)
def test_earned_time_is_read_from_the_planned_curve(given):
    planned = given["input"]["pv_cum_from_t0"]
    amounts = [1000 * (now - before) for before, now in pairwise(planned)]
    with time_machine.travel(datetime.combine(friday(1), time(8), UTC)):
        made = following.followed(*amounts)
        following.earn(made, amounts, 1000 * given["input"]["ev"])
    total = read(made, friday(1))["total"]
    assert total["es"] / 5 == near(given["expected"]["es"], FINE)
    assert total["pd"] / 5 == len(amounts)


def _even(days, a_day, earned, at):
    """The same for every working day of so many whole weeks; what the API says after some days."""
    amounts = [5 * a_day] * (days // 5)
    with time_machine.travel(datetime.combine(friday(1), time(8), UTC)):
        made = following.followed(*amounts)
        following.earn(made, amounts, earned)
    weeks, more = divmod(at - 1, 5)
    return read(made, friday(weeks + 1) + timedelta(days=more - 4))["total"]


def test_a_straight_curve_gives_the_exact_time():
    given = case("es-linear-52w")
    sent, expected = given["input"], given["expected"]
    scale = sent["pd"] / 1000  # so that every day is worth whole kroner
    total = _even(55, sent["bac"] // 1000, sent["ev"] * scale, sent["at"])
    for name, value in expected.items():
        assert total[name] == near(value, 1e-5), name


def test_two_tasks_of_ten_days_each():
    expected = case("es-calendar-days-20")["expected"]
    total = _even(20, 100, expected["ev"], expected["at"])
    assert float(total["ev"]) == expected["ev"]
    for name in ("es", "at", "pd", "spi_t", "sv_t", "ieac_t"):
        assert total[name] == near(expected[name], 1e-8), name


def test_earned_time_over_time_used():
    given = case("spi-t-12-13")
    for place, (earned, at) in enumerate(given["input"]["pairs"]):
        total = _even(25, 1000, 1000 * earned, at)
        assert total["spi_t"] == near(given["expected"]["spi_t"][place], FINE)
        assert total["sv_t"] == near(given["expected"]["sv_t"][place], FINE)


@pytest.mark.parametrize("given", of("npv", "irr"))
def test_what_money_is_worth_today(given):
    made = making.project()
    caller = Caller(token_of(made.people[Role.MANAGER]))
    address = f"/projects/{made.project.key}/net-present-value"
    sent, expected = given["input"], given["expected"]
    if given["id"] == "difi-investment-10y":
        columns = zip(sent["gross_benefit"], sent["project"], sent["operations"], strict=True)
        flows = [gross - project - running for gross, project, running in columns]
        assert flows == given["published"]["net_by_year"]
        found = caller.get(address, flows=flows, rate=4).json()
        assert found["value"] == near(expected["npv_4pct_year1_undiscounted"], FINE)
        assert found["payback_year"] == expected["payback_year"]
        late = caller.get(address, flows=flows, rate=4, end_of_year=True).json()
        assert late["value"] == near(expected["npv_4pct_end_of_year"], FINE)
        return
    rate = 100 * sent.get("rate", 0.15)
    found = caller.get(address, flows=sent["flows_t0"], rate=rate).json()
    assert found["value"] == pytest.approx(
        expected.get("npv", expected.get("npv_at_15pct")), abs=given["tolerance"]
    )
    if roots := expected.get("irr_roots"):
        assert found["break_even"] == pytest.approx([100 * root for root in roots], abs=1e-5)


def test_a_table_of_benefits_and_costs_is_added_up_year_by_year(client):
    given = case("difi-benefit-table-c")
    sent, expected = given["input"], given["expected"]
    made = making.project()
    columns = [sent["benefit_1"], sent["benefit_2"], [-cost for cost in sent["operations"]]]
    years = ["\t".join(map(str, row)) for row in zip(*columns, strict=True)]
    asked = {"flows": "\n".join(["Gevinst 1\tGevinst 2\tDrift", *years]), "rate": "4"}
    client.force_login(made.people[Role.MANAGER])
    page = client.get(reverse("net_present_value", args=[made.project.key]), asked)
    (table,) = tables(page.content.decode()).values()
    one, two, running = (table.column(name) for name in ("Gevinst 1", "Gevinst 2", "Drift"))
    assert [sum(both) for both in zip(one, two, strict=True)] == expected["gross"]
    assert running == [-cost for cost in sent["operations"]]
    net, today, so_far = range(4, 7)
    assert sum(table.column(today)) == table.total(today), "to the øre"
    assert table.column(net) == expected["net"]
    assert table.total("Gevinst 1") + table.total("Gevinst 2") == expected["sum_gross"]
    assert table.total("Drift") == -expected["sum_operations"]
    assert table.total(net) == table.total(so_far) == expected["sum_net"]


def added_up(**asked):
    """What the API says uncertain amounts come to together."""
    made = making.project()
    caller = Caller(token_of(made.people[Role.MANAGER]))
    answer = caller.get(f"/projects/{made.project.key}/three-point-sums", **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def _by_successive_calculation(mean, variance):
    """Three numbers whose mean and deviation are these by (P10 + 0.42·mode + P90) / 2.42."""
    half = Decimal(str(2.53 / 2)) * Decimal(variance).sqrt()
    return mean - half, Decimal(mean), mean + half


@pytest.mark.parametrize("row", case("smm-correlation")["rows"], ids=lambda row: str(row["corr"]))
def test_costs_that_follow_each_other_have_the_variance_of_their_sum(row):
    tolerance = case("smm-correlation")["tolerance"]
    parts = zip(row["mean"], row["var"], strict=True)
    low, likely, high = zip(*(_by_successive_calculation(*part) for part in parts), strict=True)
    asked = {"low": low, "likely": likely, "high": high, "reading": "erlang"}
    asked = {
        name: [1000 * n for n in value] if name != "reading" else value
        for name, value in asked.items()
    }
    if isinstance(row["corr"], list):
        asked["correlations"] = [value for line in row["corr"] for value in line]
    else:
        asked["correlation"] = {"independent": 0, "all 1": 1}[row["corr"]]
    costs = added_up(**asked)["costs"]
    assert costs["expected"] / 1000 == near(row["total_mean"], tolerance)
    assert costs["sd"] / 1000 == near(row["total_sd"], tolerance)
    assert (costs["sd"] / 1000) ** 2 == near(row["total_var"], tolerance)


def test_costs_and_benefits_of_three_numbers_leave_the_printed_net():
    expected, tolerance = (case("difi-cost-benefit-a")[n] for n in ("expected", "tolerance"))
    rows = [expected[name] for name in ("project", "operations", "gross")]
    found = added_up(
        low=[min(row[1:3]) for row in rows],
        likely=[row[0] for row in rows],
        high=[max(row[1:3]) for row in rows],
        benefit=[False, False, True],
        reading="prosjektveiviseren",
    )
    shown = [*found["amounts"], found["net"]]
    for one, wanted in zip(shown, [*rows, expected["net"]], strict=True):
        three = [float(one[name]) for name in ("likely", "optimistic", "pessimistic")]
        assert three == wanted[:3]
        assert one["expected"] == near(wanted[3], tolerance)


def test_the_frames_follow_from_estimate_and_contingency():
    for row in case("p50-p85-normal")["rows"]:
        base = row.get("base_estimate", row.get("mean"))
        made = following.followed(1000)
        contingency = row["p85"] - row["p50"]
        budget.set_frames(
            made.owner,
            head(made),
            base_estimate=base,
            unspecified=row.get("unspecified", 0),
            expected_addition=row.get("expected_addition", 0),
            contingency=round(contingency, 2),
        )
        if cut := row.get("cut_list"):
            budget.add_cut(made.manager, made.project, id=new_id(), name="Kunst", amount=cut)
        frames = frames_of(head(made), cuts(made.project))
        assert float(frames.steering_frame) == row["p50"]
        assert float(frames.p85) == near(row["p85"], 0.0051)
        if "cost_frame" in row:
            assert float(frames.cost_frame) == near(row["cost_frame"], 0.0051)


def test_the_frames_of_a_railway():
    given = case("p50-p85-moss")
    steering, cost = (
        Decimal(str(given["input"][name])) * 10**9
        for name in ("steering_frame_mrd", "cost_frame_mrd")
    )
    made = following.followed(1000)
    budget.set_frames(
        made.owner,
        head(made),
        base_estimate=steering,
        unspecified=0,
        expected_addition=0,
        contingency=cost - steering,
    )
    answer = Caller(token_of(made.people[Role.MANAGER])).get(f"/projects/{made.project.key}/budget")
    found = {
        name: float(said) for name, said in answer.json()["frames"].items() if name != "source"
    }
    allowance = found["contingency"]
    assert (found["steering_frame"], found["cost_frame"]) == (steering, cost)
    assert allowance / 1e9 == near(given["expected"]["allowance_mrd"], given["tolerance"])
    assert 100 * allowance / found["steering_frame"] == near(
        given["expected"]["allowance_pct_of_p50"], given["tolerance"]
    )


@pytest.mark.parametrize("year", case("no-calendar-2024-2030")["expected"], ids=lambda y: y["year"])
def test_the_working_days_of_a_year(year):
    first = date(year["year"], 1, 1)
    following_year = date(year["year"] + 1, 1, 1)
    holidays = sorted(day.isoformat() for day in public_holidays(year["year"]))
    assert holidays == year["holidays"]
    assert working_days_between(first, following_year) == year["workdays"]


@pytest.mark.parametrize("row", case("iso-weeks")["rows"], ids=lambda row: row["date"])
def test_the_week_of_a_day(row):
    assert formats.week(date.fromisoformat(row["date"])) == f"uke\u00a0{row['iso_week']}"


@pytest.mark.parametrize("row", case("no-identifiers")["rows"], ids=lambda row: row["value"])
def test_the_check_digits_of_numbers(row):
    is_kid = row["type"] == "kid_mod10"
    check = numbers.is_kid if is_kid else numbers.is_organisation_number
    assert check(row["value"]) is row["valid"]
