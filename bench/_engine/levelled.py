"""A plan of 2,000 activities and 40 people, levelled by Microsoft's documented order."""

import random
import time
from argparse import Namespace
from dataclasses import replace

import _plans
import _portal as portal

ACTIVITIES, PEOPLE = 2_000, 40


def staffed_plan(activities: int = ACTIVITIES, people: int = PEOPLE) -> "object":
    """A random plan whose work is given to people, one or two to each activity."""
    from planengine import Assignment, Resource

    plan = _plans.random_plan(activities, seed=7)
    luck = random.Random(7)
    given = []
    for row in plan.activities:
        for person in luck.sample(
            range(1, people + 1), luck.choice((1, 1, 2)) if row.duration else 0
        ):
            given.append(Assignment(len(given) + 1, row.uid, person, 1.0, row.duration))
    named = tuple(Resource(number, f"Person {number}") for number in range(1, people + 1))
    return replace(plan, resources=named, assignments=tuple(given))


def row(asked: Namespace) -> int:
    """CPU seconds, and the overloads before and after."""
    from planengine import apply_all, schedule
    from planengine.levelling import level, overloads

    plan = staffed_plan()
    before = overloads(schedule(plan))
    begun = time.process_time()
    result = level(plan)
    seconds = time.process_time() - begun
    after = overloads(schedule(apply_all(plan, result.edits)))
    checks = {"cpu_seconds": (seconds, 5.0), "overloads_left": (float(len(after)), 0.0)}
    return portal.result(
        "engine.level", checks, activities=ACTIVITIES, people=PEOPLE, overloads=len(before),
        moved=len(result.edits),
    )  # fmt: skip
