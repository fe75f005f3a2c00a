"""The hash of all that the ways out of a conflict are computed from: when it is the same, so are
they."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tospann.budget.models import Budget
from tospann.conflicts.models import Conflict
from tospann.foundation.audit import canonical, digest
from tospann.planning.models import Plan
from tospann.resources.models import Absence, Agreement, Employment

SCHEME = 1
"""Raised when the same inputs begin to give other ways out."""


def hash_of(conflict: Conflict, projects: Sequence[UUID]) -> str:
    """Plans, budgets and agreements of every project, and how much the person works."""
    person = conflict.person_id
    wanted = sorted(projects)
    told: list[Any] = [SCHEME, str(person), [str(pk) for pk in wanted]]
    plans = Plan.objects.filter(project__in=wanted).order_by("project")
    told.append([[str(pk), *rest] for pk, *rest in plans.values_list("project", "content_hash")])
    budgets = Budget.objects.filter(project__in=wanted).order_by("project")
    told.append([[str(pk), version] for pk, version in budgets.values_list("project", "version")])
    agreed = Agreement.objects.filter(project__in=wanted, person=person).order_by("pk")
    told.append([[str(pk), version] for pk, version in agreed.values_list("pk", "version")])
    for kind in (Employment, Absence):
        rows = kind.objects.filter(person=person).order_by("pk").values_list("pk", "version")
        told.append([[str(pk), version] for pk, version in rows])
    return digest(canonical(told))
