"""What a decision would carry out, judged as things are now rather than as they were prepared."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tospann.cases import bundles, gates, parts, rebasing, seeing, verdicts
from tospann.cases.models import Alternative, Case
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Deciders, Sentence, strictest
from tospann.foundation.commands import Operation, verdict_on
from tospann.foundation.errors import CommandError, Invalid
from tospann.projects.models import GateOutcome


class AlreadyDecided(Invalid):
    """Somebody was first: another decider, or the same one, twice."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext("This case is decided already. It was not decided twice."))


class HasMoved(CommandError):
    """Things have moved since the case was prepared or read; ``changed`` says what, in sentences.

    ``refresh_case`` brings the case up to date, for the one who now decides it.
    """

    status = 409

    def __init__(self, changed: Sequence[str]) -> None:
        said = gettext("Things have changed since you read the case. Nothing was decided.")
        super().__init__(" ".join([said, *changed]))
        self.changed = tuple(changed)


@dataclass(frozen=True)
class Ready:
    """What will be carried out if it is decided, and who may decide it."""

    chosen: Alternative
    operations: tuple[Operation, ...]
    who: Deciders
    because: Sentence | None
    parts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    points: tuple[gates.Checked, ...] = ()
    """The points of the gate it decides, as they are now."""

    @property
    def is_part(self) -> bool:
        return bool(self.parts)


def readied(case: Case, chosen: Alternative, part: Sequence[str], seen: str) -> Ready:
    """The operations on the project as it is now. ``HasMoved`` when the approval would not be of
    what was read: other changes, another verdict, or more than was shown."""
    stored = verdicts.operations_of(chosen)
    fresh = _fresh(case, stored)
    who = verdicts.who_decides(chosen)
    _require_same(case, chosen, fresh, seen)
    if case.gate is not None:
        return Ready(chosen, fresh, who, verdicts.because(chosen), points=_points(case, chosen))
    every = parts.parts_of(stored) if part else []
    left = tuple(" ".join(one.sentences) for one in every if one.key not in part)
    if not left and not set(part) - {one.key for one in every}:
        return Ready(chosen, fresh, who, verdicts.because(chosen))
    kept = _fresh(case, parts.taken(stored, part))
    ruling = verdict_on(kept)
    if ruling is None:
        raise HasMoved([gettext("Nothing of it is left.")])
    taken = tuple(" ".join(one.sentences) for one in every if one.key in part)
    return Ready(chosen, kept, strictest([who, ruling.who]), ruling.because, taken, left)


def _points(case: Case, chosen: Alternative) -> tuple[gates.Checked, ...]:
    """The gate's points once more. Going on needs every rule to hold, or to be waived."""
    assert case.gate is not None
    points = tuple(gates.checked(case.gate, case))
    unmet = gates.unmet_rules(points) if chosen.key == GateOutcome.PROCEED else []
    if moved := [one.gap for one in unmet if gates.held_then(case, one)]:
        raise HasMoved(moved)
    if unmet:
        listed = " ".join(one.gap for one in unmet)
        said = gettext("The gate cannot be passed: each of these must hold, or be waived. %(gaps)s")
        raise Invalid(said % {"gaps": listed}, "alternative")
    return points


def _fresh(case: Case, operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """The operations on the project as it is now."""
    found = rebasing.rebased(case.project, operations)
    if found.conflicts:
        raise HasMoved(found.conflicts)
    return found.operations


def _require_same(
    case: Case, chosen: Alternative, operations: Sequence[Operation], seen: str
) -> None:
    """What is decided is what was read, and the decider is the one whose it is.

    Figures that were computed anew are not in the way while what limits are set on has not grown.
    """
    changed = seeing.changed_since(case, seen) if seen else []
    kept = chosen.verdict.get("measures") is not None and case.gate_id is None
    now = verdict_on(operations) if kept else None
    if now is not None:
        changed += verdicts.outside(chosen, now)
        if now.who != verdicts.who_decides(chosen):
            changed.append(str(now.because))
    if changed:
        raise HasMoved(changed)


def evidence_of(case: Case, ready: Ready) -> dict[str, Any]:
    """What the decision rests on, as it was, in plain JSON."""
    found: dict[str, Any] = gates.evidence(case.gate, ready.points) if case.gate else {}
    if bundle := bundles.sent_of(case):
        found["bundle"] = bundle
    if ready.chosen.consequences:
        found["consequences"] = ready.chosen.consequences
    if ready.is_part:
        found |= {"parts": list(ready.parts), "left_out": list(ready.left_out)}
    prepared = digest(canonical(ready.chosen.operations))
    carried_out = digest(canonical([one.to_json() for one in ready.operations]))
    if prepared != carried_out:
        found["prepared_hash"] = prepared
    plain: dict[str, Any] = json.loads(canonical(found))
    return plain
