"""The very first acts of a portal: the organisation itself, and an administrator to run it."""

from django.db import transaction

from tospann.foundation import audit
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.models import AuditHead
from tospann.foundation.transactions import run
from tospann.people import commands
from tospann.people.models import Organisation, OrganisationRole, Person


def ensure_organisation() -> Organisation:
    """The organisation; its first audit entry is that the portal made it."""
    found = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if found is not None:
        return found
    with transaction.atomic():
        head, _created = AuditHead.objects.get_or_create(pk=ORGANISATION_SCOPE)

    def body(act: audit.Act, _head: AuditHead) -> Organisation:
        act.authority = "system"
        made = Organisation(pk=ORGANISATION_SCOPE, name="", language="nb")
        made.save()
        return made

    # There is nothing yet that the act could be about but the chain it begins.
    return run(SYSTEM, "people.found_organisation", head, None, body)[0]


def administrator(email: str, name: str, password: str) -> Person:
    """The person with that address, made if need be, as an administrator with that password."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = commands.invite_person(
            SYSTEM, ensure_organisation(), id=new_id(), email=email.lower(), name=name
        )
    elif not person.is_active:
        person = commands.reactivate_person(SYSTEM, person)
    if not OrganisationRole.objects.filter(person=person, role=str(Role.ADMINISTRATOR)).exists():
        commands.give_organisation_role(SYSTEM, person, role=Role.ADMINISTRATOR)
    person = Person.objects.get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    commands.keep_address(person)
    return person
