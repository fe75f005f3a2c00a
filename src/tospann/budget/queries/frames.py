"""The frames the project is given, what can be cut, and who pays."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404

from tospann.budget.ledger import ZERO
from tospann.budget.models import Budget, CutItem, CutState, Funding
from tospann.projects.models import Project


@dataclass(frozen=True)
class Frames:
    """P50, P85 and the cost frame; None of them before the base estimate is known."""

    base_estimate: Decimal
    unspecified: Decimal
    expected_addition: Decimal
    steering_frame: Decimal
    contingency: Decimal
    p85: Decimal
    cuts: Decimal
    """What the cut list can still save."""
    cost_frame: Decimal
    source: str


def frames(head: Budget | None, cuts: list[CutItem]) -> Frames | None:
    if head is None or head.base_estimate is None:
        return None
    steering, certain = head.steering_frame or ZERO, head.p85 or ZERO
    possible = sum((one.amount for one in cuts if one.state == CutState.POSSIBLE), ZERO)
    return Frames(
        base_estimate=head.base_estimate,
        unspecified=head.unspecified,
        expected_addition=head.expected_addition,
        steering_frame=steering,
        contingency=head.contingency,
        p85=certain,
        cuts=possible,
        cost_frame=certain - possible,
        source=head.frames_source,
    )


def cuts(project: Project) -> list[CutItem]:
    return list(CutItem.objects.filter(project=project))


def cut(project: Project, pk: UUID) -> CutItem:
    found = CutItem.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise Http404
    return found


def fundings(project: Project) -> list[Funding]:
    return list(Funding.objects.filter(project=project))


def funding(project: Project, pk: UUID) -> Funding:
    found = Funding.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise Http404
    return found
