"""Risks, problems and deviations, as they are found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.risks.models import Deviation, Problem, Risk
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("risks.risk", _("Risks and opportunities"), "risk", 50),
        read=records(Risk, "title", "cause", "event", number="number"),
        href=by_number("risk"),
    )
)
indexed(
    Kind(
        *("risks.problem", _("Problems"), "warning", 60),
        read=records(Problem, "title", "description", number="number"),
        href=by_number("problem"),
    )
)
indexed(
    Kind(
        *("risks.deviation", _("Deviations"), "deviation", 70),
        read=records(Deviation, "title", "cause", number="number"),
        href=by_number("deviation"),
    )
)
