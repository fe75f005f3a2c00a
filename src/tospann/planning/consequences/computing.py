"""All the figures of a change put together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop

import planengine as engine
from tospann import __version__
from tospann.cases import comparing
from tospann.cases.consequences import Consequences
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Sentence
from tospann.foundation.commands import Operation
from tospann.planning.consequences import chances, dates, people
from tospann.planning.consequences.costs import costs
from tospann.planning.consequences.promised import promised
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared
from tospann.planning.simulate import draws, running
from tospann.planning.simulate import events as uncertain

SCHEME = 1
"""Raised when the same inputs begin to give other figures."""
_CERTAIN = gettext_noop(
    "Percentiles: no task has an estimate with three points, so every date is as planned."
)
_MONEY = gettext_noop("Money: the project has no budget yet.")
_TOO_FAR = gettext_noop(
    "Percentiles: the simulation reaches further than 68 years. Look at the largest estimates."
)
_BUSY = gettext_noop("Percentiles: too much is being computed just now. Try again in a moment.")


def quick(
    actor: Actor | None,
    head: Plan,
    tried: Prepared,
    operations: Sequence[Operation] = (),
    *,
    not_computed: Sequence[Sentence] = (),
) -> Consequences:
    """The figures that need no simulation, as the actor may see them (None: to be stored).

    ``operations`` are those of money, beside the plan.
    """
    touched = people.touched(tried)
    names = people.names_of(touched)
    days = promised(head, tried)
    elsewhere = people.hits(head, touched, names) if touched.moved else ()
    money = costs(head, tried, operations)
    missing = [*not_computed, *([] if money else [Sentence(_MONEY)])]
    if not tried.after.plan.assignments:
        missing.append(Sentence(people.FULL_DAYS))
    found = Consequences(
        revision=head.revision,
        inputs_hash="",
        engine=f"{__version__}/{SCHEME}",
        finish=dates.finish(tried),
        milestones=dates.milestones(tried),
        promised=days,
        path=dates.path(tried),
        costs=money,
        overloads=people.overloads(tried, touched, names),
        hits=elsewhere,
        informed=people.informed(head, touched, names, days, elsewhere),
        not_computed=tuple(missing),
        samples=draws.samples_for(len(tried.before.rows)),
        seed=draws.seed_of(head.project_id),
    )
    events = uncertain.inputs(list(uncertain.events(head.project_id)))
    found = replace(found, inputs_hash=_inputs(found, tried, events))
    return found if actor is None else comparing.for_reader([found], actor)[0] or found


def _inputs(found: Consequences, tried: Prepared, events: Sequence[Any]) -> str:
    """The hash of everything the figures depend on: when it is the same, so are they."""
    told = {**found.to_json(), "events": events}
    told["plans"] = [tried.before.hash, tried.after.hash]
    del told["revision"]
    return digest(canonical(told))


def full(
    actor: Actor | None,
    head: Plan,
    tried: Prepared,
    operations: Sequence[Operation] = (),
    *,
    not_computed: Sequence[Sentence] = (),
) -> Consequences:
    """Every figure, with percentiles."""
    found = quick(actor, head, tried, operations, not_computed=not_computed)
    return with_chances(found, head, tried)


def with_chances(found: Consequences, head: Plan, tried: Prepared) -> Consequences:
    """The figures with the days that are 50 and 80 per cent certain, and each promise's chance."""
    events = list(uncertain.events(head.project_id))
    if not events and not any(draws.is_uncertain(one.plan) for one in (tried.before, tried.after)):
        missing = (*found.not_computed, Sentence(_CERTAIN))
        return replace(found, is_whole=True, samples=0, not_computed=missing)
    size = len(tried.before.rows)
    watch = [one.uid for one in found.promised if one.uid is not None]
    try:
        both = chances.both(tried, lambda one: running.settings_of(head, one, events, size), watch)
    except draws.Busy:
        return replace(found, not_computed=(*found.not_computed, Sentence(_BUSY)))
    except engine.RiskError:
        missing = (*found.not_computed, Sentence(_TOO_FAR))
        return replace(found, is_whole=True, samples=0, not_computed=missing)
    return replace(
        found,
        finish=chances.certain(found.finish, both),
        milestones=tuple(chances.certain(one, both) for one in found.milestones),
        promised=tuple(chances.likely(one, both) for one in found.promised),
        costs=replace(found.costs, p80=chances.cost(both)) if found.costs else None,
        is_whole=True,
    )
