"""What is uncertain in a plan of the demo: estimates with three points, and what may happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import planengine as engine
from tospann.demo.story import Story
from tospann.foundation.ids import new_id
from tospann.planning.simulate.commands import add_uncertain_event
from tospann.planning.store import load

Shares = tuple[float, float]
"""How much shorter and how much longer a task may become."""


@dataclass(frozen=True)
class Event:
    """Something that may happen to a line of the plan: in per cent, working days and kroner."""

    name: str
    probability: int
    line: str
    delay: Sequence[float]
    cost: Sequence[float] = ()


def estimate(story: Story, by: str, shares: Mapping[str, Shares]) -> None:
    """Three points for some lines, as shares of what is planned."""
    lengths = {one.uid: one.duration for one in load(story.plan).plan.activities}
    edits = []
    for line, (low, high) in shares.items():
        uid = story.uids[line]
        planned = lengths[uid]
        points = engine.ThreePoint(round(planned * low), planned, round(planned * high))
        edits.append(engine.edit_to_json(engine.SetEstimate(uid, points)))
    story.edit(by, edits)


def may_happen(story: Story, by: str, events: Sequence[Event]) -> None:
    """What simulations draw besides."""
    for one in events:
        add_uncertain_event(
            story.who(by),
            story.project,
            id=new_id(),
            name=one.name,
            probability=one.probability,
            activity_uid=story.uids[one.line],
            delay=list(one.delay),
            cost=list(one.cost) or None,
        )
