"""Why a date is what it is: the chains, checked by computing each step again from its driver."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planengine.builders import DAY, at
from tests.planengine.wild_plans import wild_plan

from planengine import (
    Activity,
    Calendar,
    CalendarException,
    Constraint,
    ConstraintKind,
    InvalidPlan,
    Link,
    LinkKind,
    Mode,
    Plan,
    Progress,
    Schedule,
    schedule,
    why,
)
from planengine.calendars import working_time
from planengine.network.lags import lag_of
from planengine.network.placement import backward_from, forward_from
from planengine.why import Chain, End, Point, Step
from planengine.why.lookup import Lookup

ENDS: tuple[End, ...] = ("start", "finish", "late_start", "late_finish")
SEEDS = st.integers(0, 10**9)


def again(found: Schedule, step: Step) -> int:
    """The step's date, computed from its driver by the network's own arithmetic."""
    date, by = step.date, step.by
    if step.link is not None:
        check_lag(found, step)
    elif step.cause in ("alap", "child", "own", "project_finish"):
        assert by is not None
        assert by.at == step.target
    node = found.network.index.get(date.uid or 0)
    if node is None:
        return step.target
    net = found.network
    if step.cause == "duration":
        assert by is not None
        return _held(found, node, date, _other_end(found, node, date.end, by.at))
    if step.cause == "resume" and date.end == "finish":
        rule = net.rules[node]
        return max(
            (leg.clock.add(step.target, leg.remaining) for leg in rule.legs),
            default=net.clocks[node].add(step.target, step.duration),
        )
    if step.cause in ("manual", "actual", "resume"):
        return step.target
    if step.cause == "levelling_delay" and date.end == "late_start":
        return date.at if by and by.at - step.duration == date.at else 0
    return _placed(found, node, step)


def _placed(found: Schedule, node: int, step: Step) -> int:
    net, end = found.network, step.date.end
    if step.cause == "own" and node in net.rules and net.rules[node].is_inactive:
        return step.target
    if end == "finish" and net.durations[node]:
        return step.target if step.link else backward_from(net, node, step.target)[1]
    if end == "late_finish":
        return _latest_finish(found, node, step.target)
    return forward_from(net, node, step.target)[0]


def check_lag(found: Schedule, step: Step) -> None:
    """The instant a link asks for is its lag after (for late dates: before) the other end."""
    plan, link, by = found.plan, step.link, step.by
    assert link is not None
    assert by is not None
    rows = {row.uid: row for row in plan.activities}
    lag, clock = lag_of(plan, link, rows, lambda uid: working_time(plan, uid))
    assert lag == step.lag
    early = step.date.end in ("start", "finish")
    if early and lag < 0 and link.kind in (LinkKind.FF, LinkKind.SF):
        assert step.target == clock.prev_finish(clock.add(by.at, lag))
    else:
        assert step.target == clock.add(by.at, lag if early else -lag)


def _latest_finish(found: Schedule, node: int, target: int) -> int:
    net = found.network
    rule = net.rules.get(node)
    if rule is not None and rule.manual is not None:
        return target
    if rule is not None and rule.began is not None:
        return net.clocks[node].prev_finish(target) if net.durations[node] else target
    finish = backward_from(net, node, target)[1]
    early = found.passes.early.finish[node]
    held = early <= target and net.clocks[node].between(finish, early) == 0
    return max(finish, early) if held else finish


def _held(found: Schedule, node: int, date: Point, instant: int) -> int:
    """A link may hold the finish in time off: then the late one stands no earlier either."""
    early = found.passes.early.finish[node]
    is_held = date.end == "late_finish" and instant < date.at <= early
    return (
        date.at if is_held and not found.network.clocks[node].between(instant, early) else instant
    )


def _other_end(found: Schedule, node: int, end: End, instant: int) -> int:
    net = found.network
    rule = net.rules.get(node)
    if rule is not None and rule.manual is not None:
        return net.clocks[node].add(instant, -net.clocks[node].between(*rule.manual))
    if end in ("finish", "late_finish"):
        return forward_from(net, node, instant)[1]
    start = backward_from(net, node, instant)[0]
    if rule is not None and rule.delay and end == "late_start":
        return net.clocks[node].next_start(start)
    return start


def is_mixed(found: Schedule, step: Step) -> bool:
    """True for late dates of work on resources' clocks: its earliest leg shows its late start, and
    a levelling delay is counted on the activity's own clock, so there is no way back from it.
    """
    node = found.network.index.get(step.date.uid or 0)
    rule = found.network.rules.get(-1 if node is None else node)
    return rule is not None and bool(rule.legs) and step.date.end.startswith("late")


def chains(found: Schedule) -> list[Chain]:
    return [why(found, uid, end) for uid in found.uids for end in ENDS]


@given(SEEDS)
def test_each_step_computed_again_from_its_driver_is_the_date(seed: int) -> None:
    found = schedule(wild_plan(seed))
    for chain in chains(found):
        assert chain.date.at == getattr(found[chain.date.uid or 0], chain.date.end)
        for step, following in zip(chain.steps, chain.steps[1:], strict=False):
            assert step.by == following.date
        for step in chain.steps:
            if not is_mixed(found, step):
                assert again(found, step) == step.date.at, step
        assert chain.root.by is None


@given(SEEDS)
def test_chains_are_said_in_both_languages_and_kept_as_json(seed: int) -> None:
    found = schedule(wild_plan(seed))
    for chain in chains(found):
        for language, reason in (("nb", " fordi "), ("en", " because ")):
            assert all(reason in line and line.endswith(".") for line in chain.sentences(language))
        json.dumps(chain.to_json())


@given(SEEDS)
def test_without_its_only_driver_a_date_is_another(seed: int) -> None:
    plan = wild_plan(seed, late_too=False)
    found = schedule(plan)
    for uid in found.network.index:
        for end in ("start", "finish"):
            step = why(found, uid, end).steps[0]
            other = without(plan, step)
            if other is None or not step.only:
                continue
            try:
                changed = schedule(other)
            except InvalidPlan:
                continue
            assert getattr(changed[uid], end) != step.date.at, step


def without(plan: Plan, step: Step) -> Plan | None:
    """The plan without the link or the *no earlier than* date that drives the step."""
    if step.link is not None:
        return replace(plan, links=tuple(one for one in plan.links if one is not step.link))
    early = (ConstraintKind.START_NO_EARLIER_THAN, ConstraintKind.FINISH_NO_EARLIER_THAN)
    if step.constraint is None or step.constraint.kind not in early:
        return None
    whose = step.date.uid if step.through is None else step.through
    rows = (replace(row, constraint=None) if row.uid == whose else row for row in plan.activities)
    return replace(plan, activities=tuple(rows))


def wall(*extra: Activity, links: tuple[Link, ...] = ()) -> Plan:
    return Plan(
        name="Vegg",
        start=at("2026-11-02T08:00"),
        calendar=1,
        calendars=(
            Calendar(
                1,
                "Kontor",
                exceptions=(CalendarException(*[_day("2026-11-11")] * 2, name="Planleggingsdag"),),
            ),
        ),
        activities=(Activity(1, "Riv vegg", duration=5 * DAY), *extra),
        links=links,
    )


def _day(text: str) -> int:
    return at(f"{text}T00:00") // 86_400


def said(plan: Plan, uid: int, end: End = "start", language: str = "nb") -> tuple[str, ...]:
    return why(schedule(plan), uid, end).sentences(language)


def test_a_link_over_a_weekend() -> None:
    plan = wall(Activity(2, "Mal", duration=DAY), links=(Link(1, 2),))
    assert said(plan, 2) == (
        (
            "«Mal» starter 9. nov. 08:00 fordi «Riv vegg» er ferdig 6. nov. 17:00 (FS), "
            "og 7.–8. nov. er helg."
        ),
        "«Riv vegg» er ferdig 6. nov. 17:00 fordi den starter 2. nov. 08:00 og varer 5 dager.",
        "«Riv vegg» starter 2. nov. 08:00 fordi prosjektet starter 2. nov. 08:00.",
    )
    assert said(plan, 2, language="en")[0] == (
        "«Mal» starts 9 Nov 08:00 because «Riv vegg» finishes 6 Nov 17:00 (FS), "
        "and 7–8 Nov is a weekend."
    )


def test_a_lag_onto_a_named_day_off() -> None:
    plan = wall(Activity(2, "Mal", duration=DAY), links=(Link(1, 2, lag=2 * DAY),))
    assert said(plan, 2)[0] == (
        "«Mal» starter 12. nov. 08:00 fordi «Riv vegg» er ferdig 6. nov. 17:00 (FS + 2 dager), "
        "og 11. nov. er Planleggingsdag."
    )


def test_dates_that_have_no_cause_but_themselves() -> None:
    locked = Constraint(ConstraintKind.MUST_START_ON, at("2026-11-18T08:00"))
    plan = wall(
        Activity(2, "Mal", duration=DAY, constraint=locked),
        Activity(
            3, "Rydd", duration=DAY, progress=Progress(10, actual_start=at("2026-11-03T08:00"))
        ),
        Activity(4, "Feire", mode=Mode.MANUAL, start=at("2026-12-23T18:00")),
        Activity(5, "Vent", duration=DAY, levelling_delay=2 * 86_400),
    )
    assert said(plan, 2) == (
        "«Mal» starter 18. nov. 08:00 fordi en låst startdato sier 18. nov. 08:00.",
    )
    assert said(plan, 3) == ("«Rydd» starter 3. nov. 08:00 fordi den er meldt startet da.",)
    assert said(plan, 4) == ("«Feire» starter 23. des. 18:00 fordi datoen er satt for hånd.",)
    assert said(plan, 5)[0] == (
        "«Vent» starter 4. nov. 08:00 fordi utjevning av ressurser har utsatt den "
        "2 dager kalendertid fra 2. nov. 08:00."
    )


def test_a_summary_and_a_link_on_it() -> None:
    plan = wall(
        Activity(2, "Innvendig"),
        Activity(3, "Sparkle", parent=2, duration=DAY),
        Activity(4, "Male", parent=2, duration=2 * DAY),
        links=(Link(1, 2),),
    )
    assert said(plan, 2, "finish") == (
        "«Innvendig» er ferdig 10. nov. 17:00 fordi «Male» er ferdig 10. nov. 17:00.",
        "«Male» er ferdig 10. nov. 17:00 fordi den starter 9. nov. 08:00 og varer 2 dager.",
        (
            "«Male» starter 9. nov. 08:00 fordi «Riv vegg» er ferdig 6. nov. 17:00 "
            "(FS, koblet til «Innvendig»), og 7.–8. nov. er helg."
        ),
        "«Riv vegg» er ferdig 6. nov. 17:00 fordi den starter 2. nov. 08:00 og varer 5 dager.",
        "«Riv vegg» starter 2. nov. 08:00 fordi prosjektet starter 2. nov. 08:00.",
    )


def test_late_dates_go_to_the_deadline_or_through_the_finish_back_to_the_start() -> None:
    plan = wall(Activity(2, "Mal", duration=DAY, deadline=at("2026-11-05T17:00")))
    assert said(plan, 2, "late_start") == (
        (
            "«Mal» må senest starte 5. nov. 08:00 fordi den må senest være ferdig 5. nov. 17:00 "
            "og varer 1 dag."
        ),
        "«Mal» må senest være ferdig 5. nov. 17:00 fordi fristen er 5. nov. 17:00.",
    )
    free = wall(Activity(2, "Mal", duration=DAY))
    assert said(free, 2, "late_finish") == (
        "«Mal» må senest være ferdig 6. nov. 17:00 fordi prosjektet er ferdig 6. nov. 17:00.",
        "Prosjektet er ferdig 6. nov. 17:00 fordi «Riv vegg» er ferdig 6. nov. 17:00.",
        "«Riv vegg» er ferdig 6. nov. 17:00 fordi den starter 2. nov. 08:00 og varer 5 dager.",
        "«Riv vegg» starter 2. nov. 08:00 fordi prosjektet starter 2. nov. 08:00.",
    )


@pytest.mark.parametrize("kind", LinkKind)
def test_each_kind_of_link_is_named(kind: LinkKind) -> None:
    plan = wall(Activity(2, "Mal", duration=10 * DAY), links=(Link(1, 2, kind, lag=12 * DAY),))
    end: End = "start" if kind in (LinkKind.FS, LinkKind.SS) else "finish"
    step = why(schedule(plan), 2, end).steps[0]
    assert (step.cause, step.only) == ("link", True)
    assert f"({kind} + 12 dager)" in step.sentence(plan, "nb")


def test_two_links_that_ask_for_the_same_are_not_the_only_ones() -> None:
    plan = wall(
        Activity(2, "Riv gulv", duration=5 * DAY),
        Activity(3, "Mal"),
        links=(Link(1, 3), Link(2, 3)),
    )
    assert not why(schedule(plan), 3).steps[0].only


def test_an_unknown_activity_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        why(schedule(wall()), 99)


def test_the_index_knows_ancestors_and_leaves() -> None:
    plan = wall(Activity(2, "Inne"), Activity(3, "a", parent=2), Activity(4, "b", parent=2))
    seen = Lookup(schedule(plan))
    assert list(seen.family(4)) == [4, 2]
    assert list(seen.leaves_below(2)) == [3, 4]
