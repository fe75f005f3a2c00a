"""One edit of a plan of 10,000 activities and what follows from it."""

import gc
import random
import time
from argparse import Namespace
from dataclasses import replace
from operator import ne
from typing import Any

import _plans
import _portal as portal

SIZE = 10_000
EDITS = {False: 1_000, True: 10_000}
COMPARED_EVERY = {False: 50, True: 100}


def row(asked: Namespace) -> int:
    """CPU milliseconds an edit; every so many the dates are compared with a whole schedule's."""
    from planengine import EditError, InvalidPlan, Session, schedule

    luck = random.Random(11)
    session = Session(schedule(_plans.random_plan(SIZE)))
    links = list(session.plan.links)
    spent: list[float] = []
    unlike = compared = refused = 0
    every = 1 if asked.compare_all else COMPARED_EVERY[asked.whole]
    gc.collect()
    for number in range(1, EDITS[asked.whole] + 1):
        edit = an_edit(luck, links)
        begun = time.process_time()
        try:
            session.apply([edit])
        except (EditError, InvalidPlan):
            refused += 1
            continue
        spent.append((time.process_time() - begun) * 1000)
        if number % every == 0:
            compared += 1
            whole = schedule(session.plan, checked=True)
            unlike += any(map(ne, map(session.__getitem__, whole.uids), whole.dates()))
    checks = {
        "median_ms": (portal.median(spent), 1.0),
        "p95_ms": (portal.quantile(spent, 0.95), 20.0),
        "max_ms": (max(spent), 60.0),
        "unlike_a_whole_schedule": (float(unlike), 0.0),
    }
    return portal.result(
        "engine.edit", checks, activities=SIZE, edits=len(spent), refused=refused,
        compared=compared, p99_ms=round(portal.quantile(spent, 0.99), 2),
    )  # fmt: skip


def an_edit(luck: random.Random, links: list[Any]) -> Any:
    """What planners do: durations most, then links, dates and progress."""
    from planengine import (
        AddLink,
        ChangeLink,
        Constraint,
        ConstraintKind,
        Link,
        Progress,
        RemoveLink,
        SetConstraint,
        SetDeadline,
        SetDuration,
        SetProgress,
    )

    uid = luck.randint(1, SIZE)
    day = _plans.START + luck.randint(0, 1500) * 86_400
    what = luck.random()
    if what < 0.5:
        return SetDuration(uid, luck.randint(1, 80) * 3600)
    if what < 0.6:
        link = Link(max(1, uid - luck.randint(1, 100)), uid)
        links.append(link)
        return AddLink(link)
    if what < 0.7:
        return RemoveLink(*links.pop(luck.randrange(len(links))).key)
    if what < 0.8:
        place = luck.randrange(len(links))
        links[place] = replace(links[place], lag=luck.choice(_plans.LAGS))
        return ChangeLink(*links[place].key, links[place])
    if what < 0.9:
        kind = ConstraintKind.START_NO_EARLIER_THAN
        return SetConstraint(uid, luck.choice((None, Constraint(kind, day))))
    if what < 0.95:
        return SetDeadline(uid, luck.choice((None, day)))
    return SetProgress(uid, Progress(actual_start=day) if luck.random() < 0.5 else Progress())
