"""What a project turns on besides its menu: a small project shows none of it until it asks.

What is turned off stands in no menu and no tab; its addresses still answer, so links keep working.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.projects.models import Project

FEATURES: Mapping[str, Promise] = {
    "agreements": _("Agreements on people's time"),
    "timesheets": _("Timesheets"),
    "raci": _("Responsibility matrix (RACI)"),
    "contracts": _("Contracts and notices"),
    "invoices": _("Invoices"),
    "earned_value": _("Earned value"),
    "quality": _("Quality: requirements, reviews and tests"),
    "benefits": _("Benefits"),
    "registers": _("Registers of the project's own"),
}


def is_on(project: Project, feature: str) -> bool:
    """Whether the project uses it. One that never chose anything uses everything."""
    return not project.modules or feature in project.modules


def choices() -> list[tuple[str, Promise]]:
    return list(FEATURES.items())


def turned_on(project: Project) -> list[str]:
    return [key for key in FEATURES if is_on(project, key)]
