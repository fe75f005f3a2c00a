"""Which promises the plan will break. The plan's dates come from whoever keeps the plan."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tospann.stakeholders.models import Promise


@dataclass(frozen=True)
class PlanDate:
    """A task or milestone as a promise sees it: what it is, and when the plan finishes it."""

    name: str
    finish: date | None
    is_done: bool = False
    link: str = ""


Provider = Callable[[UUID, Collection[int] | None], Mapping[int, PlanDate]]
"""``(project id, uids) → uid → PlanDate``; None instead of uids: what may be chosen in a menu."""
_providers: list[Provider] = []


def plan_dates_come_from(provider: Provider) -> Provider:
    """Called once by the capability that keeps the plan."""
    _providers[:] = [provider]
    return provider


def plan_dates(project_id: UUID, uids: Collection[int] | None) -> Mapping[int, PlanDate]:
    """The plan's dates for these activities; nothing is asked when there are none."""
    if uids is not None and not uids:
        return {}
    return _providers[0](project_id, uids) if _providers else {}


def breaks(due_on: date | None, planned: PlanDate | None) -> bool:
    """Whether the plan finishes what the promise depends on after the promised day."""
    if due_on is None or planned is None or planned.is_done or planned.finish is None:
        return False
    return planned.finish > due_on


def note_break(found: Promise, planned: date | None) -> None:
    """Remember (working state) when the plan was last found to break it, or that it holds."""
    Promise.objects.filter(pk=found.pk).update(plan_breaks_on=planned)
