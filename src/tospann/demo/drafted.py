"""Changes that are drafted in the demo's projects today, for somebody to trim, share or submit."""

from collections.abc import Sequence
from dataclasses import dataclass

import planengine as engine
from planengine.edits import Edit
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.people.actors import actor_for
from tospann.planning import store
from tospann.planning.drafts import drafting
from tospann.planning.models import Plan


@dataclass(frozen=True)
class Longer:
    """A task that would take so many working days more."""

    task: str
    days: int


@dataclass(frozen=True)
class Drafted:
    """A draft: whose it is, and the tasks that would take longer, one change after the other."""

    project: str
    who: str
    name: str
    changes: tuple[Longer, ...]


DRAFTS = (
    Drafted(
        "NSS",
        "ingrid.lund",
        "Leveranse 3 og akseptansetest trenger mer tid",
        (Longer("Leveranse 3", 5), Longer("Akseptansetest", 7)),
    ),
    Drafted(
        "SVH",
        "ingrid.lund",
        "Lenger testing av de tekniske anleggene",
        (Longer("Testing av tekniske anlegg", 2),),
    ),
)


def beside(cast: Cast, key: str) -> clock.Beside:
    """What is being drafted just now."""
    yield -1, 15
    for one in DRAFTS:
        head = Plan.objects.filter(project__key=key).first()
        if one.project == key and head is not None:
            _draft(cast, head, one)


def _draft(cast: Cast, head: Plan, one: Drafted) -> None:
    actor = actor_for(cast[one.who])
    draft = drafting.open_draft(actor, head, one.name)
    drafting.share(draft, shared=True)
    for change in one.changes:
        edits = [engine.edit_to_json(edit) for edit in _edits(head, change)]
        if edits:
            drafting.add(actor, head, draft, edits)


def _edits(head: Plan, change: Longer) -> Sequence[Edit]:
    plan = store.load(head).plan
    more = change.days * plan.minutes_per_day * 60
    return [
        engine.SetDuration(one.uid, one.duration + more, one.elapsed, one.estimated, one.unit)
        for one in plan.activities
        if one.name == change.task and one.progress.actual_finish is None
    ][:1]
