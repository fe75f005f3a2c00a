"""Erasing what is known of a person."""

from typing import Annotated, Any

from django.utils.translation import gettext
from pydantic import StringConstraints

from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people import sessions
from tospann.people.models import Person
from tospann.people.privacy import erasing

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


@command(needs=Power.RUN_ORGANISATION, undoable=False, exposed=False)
def erase_person(actor: Actor, person: Person, *, reason: Reason) -> Any:
    """Erase a person's data

    The account becomes a pseudonym everywhere. It cannot be undone. Only somebody who has been
    deactivated, and whose open work is handed over, can be erased.
    """
    if person.is_active:
        raise Invalid(gettext("Deactivate %(name)s first.") % {"name": person.name})
    if actor.person_id == person.pk:
        raise Invalid(gettext("Nobody erases herself."))
    sessions.end_all(person)
    return erasing.erase(person)
