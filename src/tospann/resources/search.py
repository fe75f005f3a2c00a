"""Requests for people, as they are found by words. Nothing of what an hour costs is indexed."""

from django.utils.translation import gettext_lazy as _

from tospann.resources.models import Request
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("resources.request", _("Requests for people"), "add-person", 150),
        read=records(Request, "role", "text", number="number"),
        href=by_number("people_request"),
    )
)
