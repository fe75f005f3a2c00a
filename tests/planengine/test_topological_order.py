"""The order that is repaired after each new link is always a topological one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planengine.incremental.order import Order

SIZE = 9
PAIRS = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))


@given(st.permutations(range(SIZE)), st.lists(PAIRS, max_size=40))
def test_every_link_is_kept_or_refused_for_a_circle(
    first: list[int], pairs: list[tuple[int, int]]
) -> None:
    after: list[set[int]] = [set() for _ in range(SIZE)]
    before: list[set[int]] = [set() for _ in range(SIZE)]
    order = Order(first)
    for one, two in pairs:
        if one == two:
            continue
        circle = _reaches(after, two, one)
        was = list(order.sequence)
        assert order.link(one, two, after.__getitem__, before.__getitem__) is not circle
        if circle:
            assert order.sequence == was
            continue
        after[one].add(two)
        before[two].add(one)
        assert sorted(order.sequence) == list(range(SIZE))
        assert [order.sequence[place] for place in order.position] == list(range(SIZE))
        assert all(order.position[a] < order.position[b] for a in range(SIZE) for b in after[a])


def _reaches(after: list[set[int]], start: int, goal: int) -> bool:
    seen, stack = {start}, [start]
    while stack:
        for node in after[stack.pop()] - seen:
            seen.add(node)
            stack.append(node)
    return goal in seen
