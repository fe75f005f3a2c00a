"""After a change only what it touched is worked out anew, and the result is as if all had been."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

import planengine as engine
from planengine import Activity, Link, SetDuration
from tospann.planning import dating, hashing, projection, store
from tospann.planning.editor import sheets

DAY = 8 * 3600
START = 20_000 * 86_400 + DAY


def plan(luck, rows=40):
    """A plan with summaries on two levels, links, and something set on some rows."""
    made, parents = [], [None]
    for uid in range(1, rows + 1):
        parent = luck.choice(parents[-3:])
        if luck.random() < 0.3 and len(parents) < 8:
            parents.append(uid)
        days = luck.randint(0, 9)
        deadline = START + 40 * 86_400 if luck.random() < 0.2 else None
        made.append(Activity(uid, f"Rad {uid}", parent, days * DAY, deadline=deadline))
    leaves = [one.uid for one in made if all(other.parent != one.uid for other in made)]
    links = tuple(Link(a, b, lag=luck.choice((0, 0, DAY))) for a, b in pairwise(leaves))
    return engine.arranged(engine.Plan(start=START, activities=tuple(made), links=links))


def edits(luck, before):
    leaves = [row.uid for row in before.plan.activities if before.rows[row.uid].kind != "summary"]
    uid = luck.choice(leaves)
    return luck.choice(
        [
            [SetDuration(uid, luck.randint(0, 9) * DAY)],
            [engine.RenameActivity(uid, "Annet navn")],
            [engine.RemoveActivity(uid)],
            [
                engine.AddActivity(
                    Activity(max(before.rows) + 1, "Ny", before.plan.activities[0].parent), 0
                )
            ],
            [engine.SetProgress(uid, engine.Progress(percent=50.0, actual_start=START))],
            [engine.RemoveLink(*before.plan.links[0].key)] if before.plan.links else [],
            [engine.SetActive(uid, False)],
            [engine.SetPlanDates(START + 86_400, None)],
        ]
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_change_gives_what_working_everything_out_gives(seed, monkeypatch):
    monkeypatch.setattr(hashing, "LARGE", 0)
    luck = random.Random(seed)
    before = store.loaded(dating.dated(plan(luck)))
    for _step in range(4):
        near = sheets.sheet(before, "nb")
        changed = dating.dated(engine.apply_all(before.plan, edits(luck, before)))
        after = store.loaded(changed, before)
        assert after.hash == engine.content_hash(changed)
        assert list(after.rows.items()) == list(projection.rows_of(changed).items())
        drawn = sheets.sheet(after, "nb", near)
        sheets._kept.clear()
        anew = sheets.sheet(replace(after), "nb")
        assert list(drawn.lines.items()) == list(anew.lines.items())
        sums = engine.roll_up(changed)
        for uid, total in sums.items():
            line = drawn.lines[uid]
            start = None if total.start is None else total.start // 60
            assert line.start == start
        before = after
