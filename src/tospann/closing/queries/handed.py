"""Benefits as they are when the project ends: handed over to the line, or why not."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from tospann.benefits import queries as kept
from tospann.benefits.models import Benefit, BenefitState
from tospann.foundation.authority import Actor, Power, Ruling, rule
from tospann.projects.models import Project

MOST = 300
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Handed:
    """A benefit, the days it is measured after the project, and what is missing."""

    benefit: Benefit
    days: list[date]
    is_left: bool
    is_measured: bool

    @property
    def is_given_up(self) -> bool:
        return self.benefit.state == BenefitState.GIVEN_UP


def benefits(project: Project) -> list[Handed]:
    """Those that are left first. Four queries."""
    rows = list(kept.benefits(project).select_related("owner").order_by("kind", "number")[:MOST])
    left = set(kept.not_handed_over(project).values_list("pk", flat=True))
    days, measured = kept.measured_after(rows), kept.indicators(rows)
    found = [
        Handed(one, days.get(one.pk, []), one.pk in left, bool(measured.get(one.pk)))
        for one in rows
    ]
    return sorted(found, key=lambda one: not one.is_left)


def ruling(actor: Actor, project: Project) -> Ruling:
    """Who hands benefits over; the others propose it."""
    return rule(actor, Power.EDIT_BENEFITS, project.pk, "benefit_plan")


def first_days(of: Benefit) -> list[date]:
    """When one may measure first, to begin from: at full effect, else in a year."""
    today = timezone.localdate()
    return [of.full_from if of.full_from and of.full_from > today else today + YEAR]
