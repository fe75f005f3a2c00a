"""What a gate still lacks, and the frozen picture of what its decision rested on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tospann.cases import rules
from tospann.cases.models import OPEN_STATES, Case, Decision, Waiver
from tospann.cases.rules import RuleResult
from tospann.foundation.audit import canonical
from tospann.projects import queries as projects
from tospann.projects.models import (
    BY_RULE,
    CriterionKind,
    CriterionState,
    Gate,
    GateCriterion,
    GateState,
)


@dataclass(frozen=True)
class Checked:
    """A point of a gate as it is now: what its rule says, and why it is waived, if it is."""

    criterion: GateCriterion
    result: RuleResult | None = None
    waiver: Waiver | None = None

    @property
    def is_by_rule(self) -> bool:
        return self.criterion.kind in BY_RULE

    @property
    def is_met(self) -> bool:
        if self.result is not None:
            return self.result.is_met
        return self.criterion.state != CriterionState.OPEN

    @property
    def is_settled(self) -> bool:
        return self.is_met or self.waiver is not None

    @property
    def gap(self) -> str:
        """What is missing, in a sentence."""
        said = {"text": self.criterion.text}
        if self.result is not None:
            said["why"] = self.result.text
            return gettext("Does not hold: %(text)s. %(why)s") % said
        if self.criterion.kind == CriterionKind.DOCUMENT:
            return gettext("Document missing: %(text)s") % said
        return gettext("Open point: %(text)s") % said

    def to_json(self) -> dict[str, Any]:
        """The point as it is, to be kept with a case or its decision."""
        one = self.criterion
        kept: dict[str, Any] = {
            "id": one.pk,
            "text": one.text,
            "kind": one.kind,
            "state": one.state,
            "reason": one.reason,
            "evidence": one.evidence,
            "settled_by": one.settled_by.name if one.settled_by else "",
            "settled_at": one.settled_at,
        }
        if self.result is not None:
            kept |= {"rule": one.rule, "parameters": one.parameters}
            kept["result"] = self.result.to_json()
        if self.waiver is not None:
            kept["waived"] = _waived(self.waiver)
        return kept


def _waived(waiver: Waiver) -> dict[str, Any]:
    by = waiver.waived_by.name if waiver.waived_by else ""
    return {"reason": waiver.reason, "by": by, "at": waiver.waived_at}


@dataclass(frozen=True)
class Readiness:
    """How far a gate is prepared; ``gaps`` are sentences, the first the most important."""

    settled: int
    total: int
    gaps: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.gaps

    @property
    def percent(self) -> int:
        return 100 * self.settled // self.total if self.total else 100


def checked(gate: Gate, case: Case | None = None) -> list[Checked]:
    """Every point with what its rule says of the project now."""
    project = gate.project
    waived = waivers(case)
    return [
        Checked(
            one,
            rules.evaluate(project, one.rule, one.parameters) if one.kind in BY_RULE else None,
            waived.get(one.pk),
        )
        for one in projects.criteria(gate)
    ]


def waivers(case: Case | None) -> Mapping[Any, Waiver]:
    """The waivers of a case by their point."""
    if case is None:
        return {}
    found = Waiver.objects.filter(case=case).select_related("waived_by")
    return {one.criterion_id: one for one in found}


def readiness(points: Iterable[Checked]) -> Readiness:
    """The exact gaps: open points, documents without evidence, rules that do not hold."""
    listed = list(points)
    gaps = tuple(one.gap for one in listed if not one.is_settled)
    return Readiness(len(listed) - len(gaps), len(listed), gaps)


def unmet_rules(points: Iterable[Checked]) -> list[Checked]:
    """The rules that neither hold nor are waived: they stand in the way of going on."""
    return [one for one in points if one.is_by_rule and not one.is_settled]


def met_rules(points: Iterable[Checked]) -> list[UUID]:
    """Which of the rules hold, waived or not."""
    return [one.criterion.pk for one in points if one.is_by_rule and one.is_met]


def has_turned(points: Iterable[Checked]) -> bool:
    """Whether a rule answers otherwise than what was noted of it last."""
    return any(
        one.is_by_rule and one.is_met != (one.criterion.state == CriterionState.DONE)
        for one in points
    )


def frozen(points: Iterable[Checked]) -> list[dict[str, Any]]:
    """The points in plain JSON, as a case keeps them from when it is submitted."""
    found: list[dict[str, Any]] = json.loads(canonical([one.to_json() for one in points]))
    return found


@dataclass(frozen=True)
class Kept:
    """A point as it was kept: read from a case or a decision, for showing."""

    text: str
    kind: str
    state: str
    reason: str = ""
    evidence: str = ""
    by: str = ""
    result: RuleResult | None = None
    waived: Mapping[str, Any] | None = None

    @property
    def is_met(self) -> bool:
        return self.result.is_met if self.result else self.state != CriterionState.OPEN


def kept(stored: Sequence[Mapping[str, Any]]) -> list[Kept]:
    """What ``frozen`` kept. Points of earlier decisions have no rules."""
    return [
        Kept(
            one["text"],
            one["kind"],
            one["state"],
            one.get("reason", ""),
            one.get("evidence", ""),
            one.get("settled_by", ""),
            RuleResult.from_json(one["result"]) if one.get("result") else None,
            one.get("waived"),
        )
        for one in stored
    ]


def held_then(case: Case, point: Checked) -> bool:
    """Whether the point held when the case was submitted."""
    key = str(point.criterion.pk)
    was = next((one for one in case.checked if one.get("id") == key), None)
    return bool(was and (was.get("result") or {}).get("ok"))


def open_case(gate: Gate) -> Case | None:
    """The case being prepared or waiting for this gate, if there is one."""
    return Case.objects.filter(gate=gate, state__in=OPEN_STATES).first()


def is_next(gate: Gate) -> bool:
    """Whether no earlier binding gate is undecided."""
    earlier = Gate.objects.filter(
        project_id=gate.project_id, position__lt=gate.position, is_binding=True
    )
    return not earlier.exclude(state=GateState.PASSED).exists()


def decided_points(decision: Decision | None) -> list[Kept]:
    """The points of a gate as its decision keeps them."""
    return kept(decision.evidence.get("criteria", [])) if decision else []


def evidence(gate: Gate, points: Iterable[Checked]) -> dict[str, Any]:
    """What the decision rests on, as it was, in plain JSON: checklist, goals, roles."""
    found: dict[str, Any] = json.loads(canonical(_picture(gate, points)))
    return found


def _picture(gate: Gate, points: Iterable[Checked]) -> dict[str, Any]:
    project = gate.project
    return {
        "gate": {"code": gate.code, "name": gate.name, "version": gate.version},
        "criteria": [one.to_json() for one in points],
        "goals": [
            {
                "level": goal.level,
                "description": goal.description,
                "success_criteria": [s.text for s in goal.success_criteria.all()],
            }
            for goal in projects.goals(project)
        ],
        "roles": [{"person": m.person.name, "role": m.role} for m in projects.members(project)],
        "finish": project.finish,
    }
