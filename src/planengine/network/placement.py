"""Where an activity's work falls once one of its ends is known."""

from __future__ import annotations

from planengine.network.compiled import Network, Rule

Span = tuple[int, int]
"""Start and finish, instants."""
_NONE = Rule()


def forward_from(net: Network, node: int, instant: int) -> Span:
    """The first start no earlier than `instant`, and the finish that follows.

    Legs start together and the last one decides. Without duration both are the instant itself.
    """
    legs = net.rules.get(node, _NONE).legs
    clock, duration = net.clocks[node], net.durations[node]
    if legs:
        starts = [leg.clock.next_start(leg.clock.add(instant, leg.delay)) for leg in legs]
        ends = [leg.clock.add(start, leg.duration) for leg, start in zip(legs, starts, strict=True)]
        return min(starts), max(ends)
    if not duration:
        return instant, instant
    work = clock.work_at[instant]
    return clock.start_at[work], clock.finish_at[work + duration]


def backward_from(net: Network, node: int, instant: int) -> Span:
    """The last start and finish that end no later than `instant`."""
    legs = net.rules.get(node, _NONE).legs
    clock, duration = net.clocks[node], net.durations[node]
    if legs:
        starts = [leg.clock.add(leg.clock.add(instant, -leg.duration), -leg.delay) for leg in legs]
        return min(starts), max(leg.clock.prev_finish(instant) for leg in legs)
    if not duration:
        return instant, instant
    work = clock.work_at[instant]
    return clock.start_at[work - duration], clock.finish_at[work]
