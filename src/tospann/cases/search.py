"""Cases and decisions, as they are found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.cases.models import Case, Decision
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("cases.case", _("Cases"), "case", 20),
        read=records(Case, "title", "situation", number="number"),
        href=by_number("case"),
    )
)
indexed(
    Kind(
        *("cases.decision", _("Decisions"), "decision", 30),
        read=records(Decision, "title", "reason", number="number"),
        href=by_number("decision"),
    )
)
