"""The genetic search: feasible, repeatable, the same compiled and not, and good enough."""

import itertools

import pytest
from tests.planengine.levelling.samples import made, psplib

from planengine.compiled import can_compile
from planengine.levelling import (
    Instance,
    InvalidInstance,
    Limits,
    genetic_search,
    instance_from_json,
    lower_bound,
    violations,
)

FEW = Limits(schedules=400)


def best_of_all_orders(instance: Instance) -> int:
    """The shortest makespan over every order of the activities, by a slow scheduler of its own."""
    best = 10**9
    for order in itertools.permutations(range(instance.size)):
        best = min(best, _as_early_as_possible(instance, order))
    return best


def _as_early_as_possible(instance, order):
    starts = {}
    for activity in order:
        before = [i for i, row in enumerate(instance.successors) if activity in row]
        if any(i not in starts for i in before):
            return 10**9
        at = max((starts[i] + instance.durations[i] for i in before), default=0)
        while not _fits(instance, starts, activity, at):
            at += 1
        starts[activity] = at
    return max(at + instance.durations[i] for i, at in starts.items())


def _fits(instance, starts, activity, at):
    for time in range(at, at + instance.durations[activity]):
        running = [i for i, s in starts.items() if s <= time < s + instance.durations[i]]
        for resource, capacity in enumerate(instance.capacities):
            load = sum(instance.demands[i][resource] for i in [*running, activity])
            if load > capacity:
                return False
    return True


@pytest.mark.parametrize("seed", range(6))
def test_small_instances_are_solved_as_well_as_by_trying_everything(seed):
    instance = made(seed, size=6, capacity=3)
    found = genetic_search(instance, FEW, seed=seed, use_numba=False)
    assert violations(instance, found.starts, found.makespan) == []
    assert found.makespan == best_of_all_orders(instance)
    assert lower_bound(instance) <= found.makespan


@pytest.mark.skipif(not can_compile(), reason="numba is not installed")
@pytest.mark.parametrize("seed", range(3))
def test_compiled_and_interpreted_give_the_same_schedule(seed):
    instance = made(seed, size=30, resources=5, capacity=300)
    plain = genetic_search(instance, FEW, seed=seed, use_numba=False)
    quick = genetic_search(instance, FEW, seed=seed, use_numba=True)
    assert plain == quick
    assert violations(instance, plain.starts, plain.makespan) == []


def test_many_resources_with_large_capacities_need_several_words_and_still_fit():
    instance = made(4, size=25, resources=12, capacity=1_000_000)
    found = genetic_search(instance, FEW, use_numba=False)
    assert violations(instance, found.starts, found.makespan) == []


def test_durations_in_seconds_are_searched_in_their_common_grain():
    small = made(3)
    hours = Instance(
        tuple(3600 * duration for duration in small.durations),
        small.successors,
        small.demands,
        small.capacities,
    )
    assert (
        genetic_search(hours, FEW, use_numba=False).makespan
        == 3600 * genetic_search(small, FEW, use_numba=False).makespan
    )


def test_what_is_too_long_is_refused():
    long = Instance((10**9, 1), ((), ()), ((1,), (1,)), (1,))
    with pytest.raises(InvalidInstance, match="too long"):
        genetic_search(long, FEW)


def test_an_instance_without_activities_takes_no_time():
    found = genetic_search(Instance((), (), (), ()), FEW, use_numba=False)
    assert (found.starts, found.makespan, found.is_optimal) == ((), 0, True)


def test_another_seed_may_search_elsewhere_and_the_same_seed_does_not():
    instance = made(9, size=30)
    first = genetic_search(instance, FEW, seed=1, use_numba=False)
    assert genetic_search(instance, FEW, seed=1, use_numba=False) == first


def test_the_known_optima_are_met_on_a_sample_of_psplib():
    gaps = []
    for name, data in psplib("j30", 12):
        instance = instance_from_json(data, name)
        found = genetic_search(instance, Limits(schedules=1500))
        assert violations(instance, found.starts, found.makespan) == []
        assert lower_bound(instance) <= data["best"] <= found.makespan
        gaps.append(found.makespan / data["best"] - 1)
    assert sum(gaps) / len(gaps) <= 0.01
