"""Benefits and changes in the line, as they are found by words."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.benefits.models import Benefit, Change
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("benefits.benefit", _("Benefits"), "benefits", 135),
        read=records(Benefit, "title", "code", "description", number="number"),
        href=by_number("benefit"),
    )
)
indexed(
    Kind(
        *("benefits.change", _("Changes in the line"), "layers", 136),
        read=records(Change, "title", "description", "product"),
        href=lambda key, hit: reverse("line_change", args=[key, hit.key]),
    )
)
