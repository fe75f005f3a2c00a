"""Levelling plans: who waits, who never does, what is promised, and taking it back."""

import itertools
import random
from dataclasses import replace

import pytest
from tests.planengine.levelling.teams import DAY, at, crowd, days, full_time, team

from planengine import (
    Calendar,
    CalendarException,
    Constraint,
    ConstraintKind,
    InvalidPlan,
    Link,
    Mode,
    Plan,
    Progress,
    Resource,
    ScheduleFrom,
    SetLevellingDelay,
    apply_all,
    apply_undoably,
    schedule,
)
from planengine.levelling import (
    Limits,
    Method,
    Objective,
    Order,
    Overload,
    Pinned,
    level,
    loads,
    overloads,
)
from planengine.levelling.exact import can_prove
from planengine.levelling.generation import place_all
from planengine.levelling.plan_search import ranked
from planengine.levelling.staffing import staffing


def starts(plan, *uids):
    found = schedule(plan)
    return [found[uid].start for uid in uids]


def levelled(plan, *args, **fields):
    """The levelled plan, after trying that it is what was promised."""
    result = level(plan, *args, **fields)
    after, undo = apply_undoably(plan, result.edits)
    found = schedule(after)
    assert found.finish == result.finish_after
    for move in result.moves:
        dates = found[move.edit.uid]
        assert (dates.start, dates.finish) == (move.start_after, move.finish_after)
    assert overloads(found) == tuple(row.overload for row in result.remaining)
    assert apply_all(after, undo) == plan
    return after, result


PAIR = team((days(1, 2), days(2, 3)), full_time(1, 2))


def test_overloads_and_loads_say_when_and_who():
    found = schedule(PAIR)
    until = at("2026-03-03T17:00")
    assert overloads(found) == (Overload(1, at("2026-03-02T08:00"), until, 2.0, 1.0, (1, 2)),)
    steps = loads(found)[1]
    assert [(row.start, row.finish, row.units, row.activities) for row in steps] == [
        (at("2026-03-02T08:00"), until, 2.0, (1, 2)),
        (until, at("2026-03-04T17:00"), 1.0, (2,)),
    ]


def test_the_one_with_less_slack_goes_first_and_the_delay_is_elapsed_time():
    after, result = levelled(PAIR)
    assert starts(after, 2, 1) == [at("2026-03-02T08:00"), at("2026-03-05T08:00")]
    assert result.edits == (SetLevellingDelay(1, 3 * 86_400),)
    move = result.moves[0]
    assert (move.later, move.beyond_slack, move.waits_for) == (3 * DAY, 2 * DAY, (1,))
    assert result.moved == 1
    assert result.summary("en").startswith("1 activities wait")
    assert "venter" in result.summary("nb")


def test_what_fits_beside_each_other_is_not_moved():
    plan = team((days(1, 2), days(2, 3)), full_time(1, 2, units=0.5))
    assert level(plan).edits == ()
    assert level(plan).summary() == "Nothing has to move."


@pytest.mark.parametrize(
    ("order", "first"), [(Order.STANDARD, 2), (Order.PRIORITY, 1), (Order.ID, 1)]
)
def test_the_three_orders_of_microsoft(order, first):
    plan = team((days(1, 2, priority=700), days(2, 3)), full_time(1, 2))
    after, _ = levelled(plan, order=order)
    assert starts(after, first) == [plan.start]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"priority": 1000}, Pinned.PRIORITY),
        ({"progress": Progress(percent=10, actual_start=at("2026-03-02T08:00"))}, Pinned.STARTED),
        (
            {"constraint": Constraint(ConstraintKind.MUST_START_ON, at("2026-03-02T08:00"))},
            Pinned.CONSTRAINT,
        ),
        ({"mode": Mode.MANUAL, "start": at("2026-03-02T08:00")}, Pinned.MANUAL),
    ],
)
def test_what_is_pinned_stays_and_the_others_make_way(held, reason):
    plan = team((days(1, 2, **held), days(2, 3)), full_time(1, 2))
    after, result = levelled(plan)
    assert starts(after, 1) == [plan.start]
    assert starts(after, 2) == [at("2026-03-04T08:00")]
    assert result.remaining == ()
    both = replace(
        plan, activities=tuple(replace(row, duration=2 * DAY, **held) for row in plan.activities)
    )
    _, stuck = levelled(both)
    assert stuck.edits == ()
    assert stuck.remaining[0].reasons == ((1, reason), (2, reason))
    sentence = stuck.remaining[0].sentence({1: "Grave", 2: "Støpe"}, "Kari", "nb")
    assert sentence.startswith("Kari er fortsatt overbelastet fra 02.03.2026 kl. 08:00")


def test_a_pinned_activity_moved_by_its_predecessor_keeps_its_room():
    activities = (days(1, 2), days(2, 2), days(3, 2, priority=1000), days(4, 4))
    plan = team(activities, full_time(1, 2, 3, 4), (Link(1, 3), Link(2, 3)))
    _, result = levelled(plan)
    assert result.remaining == ()


def test_who_needs_more_than_there_is_stays_and_is_named():
    plan = team(
        (days(1, 2), days(2, 1)),
        full_time(1, 2),
        resources=(Resource(1, "Kari", max_units=0.5),),
    )
    _, result = levelled(plan)
    assert {reason for row in result.remaining for _, reason in row.reasons} == {Pinned.TOO_MUCH}


def test_delays_never_go_beyond_the_slack_when_told_so():
    plan = team((days(1, 2), days(2, 3), days(3, 1)), full_time(1, 2, 3), (Link(1, 3),))
    after, result = levelled(plan, within_slack=True)
    assert schedule(after).finish == schedule(plan).finish
    assert {reason for row in result.remaining for _, reason in row.reasons} == {Pinned.NO_SLACK}
    roomy = team((days(1, 1), days(2, 1), days(3, 5)), full_time(1, 2))
    _, result = levelled(roomy, within_slack=True)
    assert result.remaining == ()
    assert result.moves[0].beyond_slack == 0


def test_a_holiday_of_the_resource_is_waited_out():
    monday = at("2026-03-09T00:00") // 86_400
    plan = team(
        (days(1, 5), days(2, 1)),
        full_time(1, 2),
        resources=(Resource(1, "Kari", calendar=2),),
        calendars=(
            Calendar(
                2,
                "Kari",
                base=1,
                week=(None,) * 7,
                exceptions=(CalendarException(monday, monday),),
            ),
        ),
    )
    plan = replace(
        plan,
        assignments=tuple(replace(row, work=5 * DAY) for row in plan.assignments[:1])
        + tuple(replace(row, work=DAY) for row in plan.assignments[1:]),
    )
    after, _ = levelled(plan, order=Order.ID)
    assert starts(after, 1, 2) == [plan.start, at("2026-03-10T08:00")]


def test_old_delays_are_set_anew_and_taken_back_where_nobody_waits_any_more():
    once, first = levelled(PAIR)
    again, second = levelled(once)
    assert (second.edits, again) == ((), once)
    late = apply_all(PAIR, [SetLevellingDelay(2, 86_400)])
    _, result = levelled(late)
    assert set(result.edits) == {SetLevellingDelay(1, 3 * 86_400), SetLevellingDelay(2, 0)}
    assert first.finish_after == result.finish_after


def test_a_plan_counted_from_its_finish_is_listed_and_not_moved():
    plan = replace(PAIR, schedule_from=ScheduleFrom.FINISH, finish=at("2026-03-31T17:00"))
    _, result = levelled(plan)
    assert result.edits == ()
    assert len(result.remaining) == 1


def test_an_unsound_plan_is_refused():
    with pytest.raises(InvalidPlan):
        level(replace(PAIR, links=(Link(1, 2), Link(2, 1))))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("within_slack", [False, True])
def test_random_plans_lose_every_overload_that_is_not_pinned(seed, within_slack):
    plan = crowd(seed, size=60, resources=5)
    _, result = levelled(plan, within_slack=within_slack)
    allowed = {Pinned.TOO_MUCH, Pinned.NO_SLACK} if within_slack else {Pinned.TOO_MUCH}
    assert result.overloads_before > 0
    for row in result.remaining:
        assert {reason for _, reason in row.reasons} & allowed
    if within_slack:
        assert result.finish_after == result.finish_before


@pytest.mark.parametrize("objective", list(Objective))
def test_a_search_is_never_worse_than_the_rule_and_repeatable(objective):
    plan = crowd(11, size=40, resources=4)
    due = tuple(
        replace(row, deadline=schedule(plan)[row.uid].finish) if row.uid % 3 == 0 else row
        for row in plan.activities
    )
    plan = replace(plan, activities=due)
    few = Limits(schedules=40)
    fast = level(plan)
    _, found = levelled(plan, Method.SEARCH, objective=objective, limits=few)
    assert level(plan, Method.SEARCH, objective=objective, limits=few) == found
    measures = {
        Objective.FINISH: lambda one: one.finish_after,
        Objective.FEWEST_MOVES: lambda one: one.moved,
        Objective.DUE_DATES: lambda one: one.overdue_after,
    }
    assert measures[objective](found) <= measures[objective](fast)


@pytest.mark.skipif(not can_prove(), reason="OR-Tools is not installed")
def test_the_exact_method_finds_what_the_rule_misses_and_proves_it():
    activities = (days(1, 3), days(2, 3), days(3, 2), days(4, 4), days(5, 2), days(6, 2))
    plan = team(
        activities,
        full_time(1, 2, 3) + full_time(3, 4, 5, 6, resource=2),
        (Link(1, 4), Link(2, 6), Link(3, 5, lag=DAY)),
        resources=(Resource(1, "Kari"), Resource(2, "Ola")),
    )
    _, fast = levelled(plan)
    _, found = levelled(plan, Method.EXACT)
    assert found.is_proved
    assert found.finish_after <= fast.finish_after
    # Ola has ten days of work. If 3 comes first he waits one day, for the lag before 5 (after 1 or
    # 2 he would wait three), so eleven working days is the least.
    assert found.finish_after == at("2026-03-16T17:00")


@pytest.mark.skipif(not can_prove(), reason="OR-Tools is not installed")
@pytest.mark.parametrize("seed", range(5))
def test_what_is_proved_is_the_best_of_all_orders(seed):
    chance = random.Random(seed)
    activities = tuple(days(uid, chance.randint(1, 4)) for uid in range(1, 7))
    links = tuple(
        Link(one, other, lag=chance.choice((0, 0, DAY, -DAY)))
        for one, other in itertools.combinations(range(1, 7), 2)
        if chance.random() < 0.2
    )
    assigned = full_time(*range(1, 7), units=0.5) + full_time(1, 3, 5, resource=2)
    plan = team(activities, assigned, links, resources=(Resource(1, "A"), Resource(2, "B")))
    _, found = levelled(plan, Method.EXACT)
    staffed = staffing(schedule(plan))
    ends = [
        max(place_all(staffed, ranked(list(order))).finishes)
        for order in itertools.permutations(range(6))
    ]
    assert found.is_proved
    assert found.finish_after == min(ends)


def test_nothing_assigned_means_nothing_to_level():
    assert level(Plan(start=at("2026-03-02T08:00"))).edits == ()
