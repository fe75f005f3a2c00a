"""The very first acts of a portal: the organisation itself, and an administrator to run it."""

import uuid

from django.db import transaction

from tospann.foundation.arguments import Line
from tospann.foundation.authority import SYSTEM, Actor, Power, Role
from tospann.foundation.commands import command, run
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.models import AuditHead
from tospann.people.models import Organisation, OrganisationRole, Person


def ensure_organisation() -> Organisation:
    """The organisation; its first audit entry is that the portal made it."""
    found = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if found is not None:
        return found
    with transaction.atomic():
        head, _created = AuditHead.objects.get_or_create(pk=ORGANISATION_SCOPE)

    def body(act: object, _head: AuditHead) -> Organisation:
        act.authority = "system"  # type: ignore[attr-defined]  # an audit.Act
        made = Organisation(pk=ORGANISATION_SCOPE, name="", language="nb")
        made.save()
        return made

    # There is nothing yet that the act could be about but the chain it begins.
    return run(SYSTEM, "people.found_organisation", head, None, body)[0]


@command(needs=Power.RUN_ORGANISATION, undoable=False, exposed=False)
def install_administrator(
    actor: Actor, organisation: Organisation, *, person_id: uuid.UUID, email: Line, name: Line
) -> Person:
    """Install an administrator"""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(id=person_id, email=email.lower(), name=name)
        person.set_unusable_password()
        person.save()
    elif not person.is_active:
        person.is_active = True
        person.save()
    if not OrganisationRole.objects.filter(person=person, role=Role.ADMINISTRATOR).exists():
        OrganisationRole(person=person, role=str(Role.ADMINISTRATOR)).save()
    return person


def administrator(email: str, name: str, password: str) -> Person:
    """The person with that address as an administrator with that password."""
    from allauth.account.models import EmailAddress

    made = install_administrator(
        SYSTEM, ensure_organisation(), person_id=new_id(), email=email.lower(), name=name
    )
    person = Person.objects.get(pk=made.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person
