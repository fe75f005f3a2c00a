"""What quality holds, as it is found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.quality.models import Deliverable, Nonconformity, Requirement, TestCase, TestRound
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("quality.requirement", _("Requirements and standards"), "list", 72),
        read=records(Requirement, "title", "description", "source", number="number"),
        href=by_number("requirement"),
    )
)
indexed(
    Kind(
        *("quality.deliverable", _("Deliverables"), "quality", 74),
        read=records(Deliverable, "title", "expectation", "criteria", number="number"),
        href=by_number("deliverable"),
    )
)
indexed(
    Kind(
        *("quality.nonconformity", _("Nonconformities"), "warning", 76),
        read=records(Nonconformity, "title", "description", "cause", number="number"),
        href=by_number("nonconformity"),
    )
)
indexed(
    Kind(
        *("quality.testround", _("Test rounds"), "quality", 77),
        read=records(TestRound, "title", "purpose", "conclusion", number="number"),
        href=by_number("test_round"),
    )
)
indexed(
    Kind(
        *("quality.testcase", _("Tests"), "check-circle", 78),
        read=records(TestCase, "title", "steps", "expected", number="round__number"),
        href=by_number("test_round"),
    )
)
