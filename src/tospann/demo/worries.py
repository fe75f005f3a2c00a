"""What may happen, what has happened and what cannot be kept in the demo's projects."""

from collections.abc import Iterator
from typing import Any

from tospann.demo import clock
from tospann.demo.story import Cast, date_in
from tospann.demo.troubles import DEVIATIONS, PROBLEMS, WORRIES, Cell, Trouble, Worry
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import Project
from tospann.risks import commands
from tospann.risks.models import Risk


def beside(cast: Cast, key: str) -> Iterator[clock.Beside]:
    """Everything that worries a project."""
    for worry in WORRIES[key]:
        yield _worry(cast, key, worry)
    for trouble in PROBLEMS[key]:
        yield _problem(cast, key, trouble)
    for trouble in DEVIATIONS[key]:
        yield _deviation(cast, key, trouble)


def _worry(cast: Cast, key: str, worry: Worry) -> clock.Beside:
    yield worry.day, 11
    keeper = actor_for(cast["ingrid.lund"])
    risk = commands.raise_risk(
        actor_for(cast[worry.by]),
        Project.objects.get(key=key),
        id=new_id(),
        owner=cast[worry.owner].pk,
        due_on=date_in(worry.review),
        **_said(worry, worry.now),
    )
    for title, who, due in worry.measures:
        commands.add_measure(
            keeper, risk, id=new_id(), title=title, owner=cast[who].pk, due_on=date_in(due)
        )
    if worry.moved:
        day, cell = worry.moved
        yield day, 14
        _change(keeper, risk, worry, cell)
    if worry.closed:
        day, reason = worry.closed
        yield day, 14
        commands.close_risk(keeper, risk, reason=reason)


def _said(worry: Worry, now: Cell) -> dict[str, Any]:
    after = worry.after or (None, None)
    return {
        "title": worry.title,
        "kind": worry.kind,
        "cause": worry.cause,
        "event": worry.event,
        "effect": worry.effect,
        "probability": now[0],
        "impact": now[1],
        "residual_probability": after[0],
        "residual_impact": after[1],
        "strategy": worry.strategy,
        "proximity": worry.proximity,
    }


def _change(keeper: Actor, risk: Risk, worry: Worry, now: Cell) -> None:
    commands.change_risk(keeper, risk, due_on=date_in(worry.review), **_said(worry, now))


def _problem(cast: Cast, key: str, trouble: Trouble) -> clock.Beside:
    yield trouble.day, 10
    problem = commands.raise_problem(
        actor_for(cast[trouble.by]),
        Project.objects.get(key=key),
        id=new_id(),
        title=trouble.title,
        description=trouble.text,
        owner=cast[trouble.owner].pk,
        due_on=date_in(trouble.due),
    )
    if trouble.solved:
        day, solution = trouble.solved
        yield day, 15
        commands.solve_problem(actor_for(cast["ingrid.lund"]), problem, solution=solution)


def _deviation(cast: Cast, key: str, trouble: Trouble) -> clock.Beside:
    yield trouble.day, 10
    deviation = commands.raise_deviation(
        actor_for(cast[trouble.by]),
        Project.objects.get(key=key),
        id=new_id(),
        title=trouble.title,
        cause=trouble.text,
        consequence=trouble.consequence,
        owner=cast[trouble.owner].pk,
        due_on=date_in(trouble.due),
    )
    if trouble.solved:
        day, corrective_action = trouble.solved
        yield day, 15
        keeper = actor_for(cast["ingrid.lund"])
        commands.correct_deviation(keeper, deviation, corrective_action=corrective_action)
