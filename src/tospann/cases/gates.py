"""What a gate still lacks, and the frozen picture of what its decision rested on."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tospann.cases.models import Case, CaseState
from tospann.foundation.audit import canonical
from tospann.projects import queries as projects
from tospann.projects.models import CriterionState, Gate, GateState


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


def readiness(gate: Gate) -> Readiness:
    """The exact gaps: open points, documents without evidence, the case's missing parts."""
    criteria = list(projects.criteria(gate))
    gaps = []
    for criterion in criteria:
        if criterion.state == CriterionState.OPEN:
            missing = (
                gettext("Document missing: %(text)s")
                if criterion.kind == "document"
                else gettext("Open point: %(text)s")
            )
            gaps.append(missing % {"text": criterion.text})
    settled = sum(criterion.state != CriterionState.OPEN for criterion in criteria)
    return Readiness(settled, len(criteria), tuple(gaps))


def open_case(gate: Gate) -> Case | None:
    """The case being prepared or waiting for this gate, if there is one."""
    states = (CaseState.DRAFT, CaseState.SUBMITTED, CaseState.RETURNED)
    return Case.objects.filter(gate=gate, state__in=states).first()


def is_next(gate: Gate) -> bool:
    """Whether no earlier binding gate is undecided."""
    earlier = Gate.objects.filter(
        project_id=gate.project_id, position__lt=gate.position, is_binding=True
    )
    return not earlier.exclude(state=GateState.PASSED).exists()


def evidence(gate: Gate) -> dict[str, Any]:
    """What the decision rests on, as it was, in plain JSON: checklist, goals, roles."""
    found: dict[str, Any] = json.loads(canonical(_picture(gate)))
    return found


def _picture(gate: Gate) -> dict[str, Any]:
    project = gate.project
    return {
        "gate": {"code": gate.code, "name": gate.name, "version": gate.version},
        "criteria": [
            {
                "text": c.text,
                "kind": c.kind,
                "state": c.state,
                "reason": c.reason,
                "evidence": c.evidence,
                "settled_by": c.settled_by.name if c.settled_by else "",
                "settled_at": c.settled_at,
            }
            for c in projects.criteria(gate)
        ],
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
