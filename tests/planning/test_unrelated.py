"""What a change has nothing to do with, keeps its figures to the second: an exact property."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

import planengine as engine
from tospann.planning.simulate import draws
from tospann.planning.skeleton import empty_plan

DAY = 450 * 60
OURS, THEIRS = (1, 2, 3), (11, 12, 13)
SEED = draws.seed_of(UUID("01920000-0000-7000-8000-000000000047"))
ENDS = 3


def estimated(uid, low, likely, high):
    points = engine.ThreePoint(low * DAY, likely * DAY, high * DAY)
    return engine.Activity(uid, f"Task {uid}", duration=likely * DAY, estimate=points)


def two_chains():
    """Ours is the long one and ends in a milestone; theirs lies beside it."""

    plan = empty_plan("Two", date(2027, 1, 4), date(2027, 12, 17))
    rows = [
        estimated(1, 20, 30, 60),
        estimated(2, 25, 40, 70),
        engine.Activity(ENDS, "Done", milestone=True),
        estimated(11, 1, 2, 4),
        estimated(12, 1, 3, 5),
        estimated(13, 2, 3, 4),
    ]
    links = tuple(engine.Link(*ends) for ends in ((1, 2), (2, 3), (11, 12), (12, 13)))
    return replace(plan, activities=tuple(rows), links=links)


short = st.integers(1, 5)
theirs = st.sampled_from(THEIRS)
edits = st.one_of(
    st.builds(lambda uid, days: engine.SetDuration(uid, days * DAY), theirs, short),
    st.builds(
        lambda uid, a, b, c: engine.SetEstimate(
            uid, engine.ThreePoint(*(day * DAY for day in sorted((a, b, c))))
        ),
        theirs, short, short, short,
    ),
    st.builds(lambda uid: engine.SetEstimate(uid, None), theirs),
    st.builds(lambda uid, cost: engine.SetCost(uid, cost, None), theirs, st.integers(0, 10**9)),
    st.builds(lambda uid, days: engine.AddActivity(
        estimated(uid, days, days + 1, days + 3)), st.sampled_from((21, 22)), short),
    st.builds(engine.RemoveActivity, theirs),
    st.builds(engine.RenameActivity, st.sampled_from(OURS + THEIRS),
              st.text("abcæøå", min_size=1, max_size=9)),
    st.builds(lambda uid, to: engine.MoveActivity(uid, None, to), theirs, st.integers(0, 4)),
    st.builds(lambda uid: engine.SetPriority(uid, 900), st.sampled_from(OURS + THEIRS)),
)  # fmt: skip


def applied(plan, some):
    """The plan with those of the edits that fit it."""
    for edit in some:
        try:
            changed = engine.apply(plan, edit)
        except engine.EditError:
            continue
        if not engine.validate(changed):
            plan = changed
    return plan


def simulated(plan):
    return engine.simulate(plan, engine.RiskSettings(samples=400, seed=SEED, watch=(1, 2)))


BEFORE = simulated(two_chains())


@given(st.lists(edits, min_size=1, max_size=6))
def test_whatever_is_done_beside_it_a_chain_keeps_every_percentile(some):
    after = simulated(applied(two_chains(), some))
    for uid in (1, 2, ENDS):
        assert (after.finishes[uid].values == BEFORE.finishes[uid].values).all()
    assert (after.finish.values == BEFORE.finish.values).all()
    assert after.finish.percentile(80) == BEFORE.finish.percentile(80)


def test_a_change_in_the_chain_does_move_it():
    longer = applied(two_chains(), [engine.SetDuration(2, 60 * DAY), estimate_of(2)])
    assert simulated(longer).finish.percentile(80) > BEFORE.finish.percentile(80)


def estimate_of(uid):
    return engine.SetEstimate(uid, engine.ThreePoint(50 * DAY, 60 * DAY, 90 * DAY))
