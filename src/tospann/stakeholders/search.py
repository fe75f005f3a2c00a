"""Stakeholders, contacts, promises and notes, as they are found by words; never judgements."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.search.kinds import Kind, by_number, indexed, records
from tospann.stakeholders.models import CommunicationItem, Contact, Note, Promise, Stakeholder

indexed(
    Kind(
        *("stakeholders.contact", _("Contacts"), "person", 90),
        read=records(Contact, "name", "organisation", "email"),
        href=lambda key, hit: reverse("contact", args=[key, hit.key]),
    )
)
indexed(
    Kind(
        *("stakeholders.promise", _("Promises"), "check-circle", 100),
        read=records(Promise, "text", "to_name", number="number"),
        href=by_number("promise"),
    )
)
indexed(
    Kind(
        *("stakeholders.note", _("Telephone notes"), "phone", 110),
        read=records(Note, "text", "contact__name", number="number"),
        href=by_number("note"),
    )
)
indexed(
    Kind(
        *("stakeholders.stakeholder", _("Stakeholders"), "team", 95),
        read=records(Stakeholder, "name", "organisation", "relation", number="number"),
        href=by_number("stakeholder"),
    )
)
indexed(
    Kind(
        *("stakeholders.communicationitem", _("Communication plan"), "send", 115),
        read=records(CommunicationItem, "title", "purpose", number="number"),
        href=by_number("communication_item"),
    )
)
