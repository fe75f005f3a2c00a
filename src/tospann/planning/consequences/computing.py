"""All the figures of a change put together."""

from dataclasses import replace

from tospann import __version__
from tospann.cases.consequences import Consequences
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Sentence
from tospann.planning.consequences import dates
from tospann.planning.consequences.promised import promised
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared

SCHEME = 1
"""Raised when the same inputs begin to give other figures."""


def quick(actor: Actor | None, head: Plan, tried: Prepared) -> Consequences:
    """The figures that need no simulation."""
    plans = (tried.before.hash, tried.after.hash)
    found = Consequences(
        revision=head.revision,
        inputs_hash="",
        engine=f"{__version__}/{SCHEME}",
        finish=dates.finish(tried),
        milestones=dates.milestones(tried),
        promised=promised(head, tried),
        path=dates.path(tried),
    )
    return replace(found, inputs_hash=digest(canonical([SCHEME, *plans])))


def full(
    actor: Actor | None, head: Plan, tried: Prepared, *, not_computed: tuple[Sentence, ...] = ()
) -> Consequences:
    """Every figure, with percentiles."""
    found = quick(actor, head, tried)
    return replace(found, is_whole=True, not_computed=(*found.not_computed, *not_computed))
