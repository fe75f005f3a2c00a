"""What the command line does to accounts: the first administrator, recovery, tokens."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.people import commands, queries
from tospann.people.models import Organisation, Person
from tospann.people.sign_in import set_password_link
from tospann.people.sign_in_log import note


def found_organisation(name: str = "Tospann") -> Organisation:
    """The organisation; made when the portal is new, with its name as the chain's first act."""
    found = Organisation.objects.filter(pk=ORGANISATION_SCOPE).first()
    if found is None:
        # Nothing exists yet that an act could be about; the edit that follows is the first.
        blank = [Organisation(pk=ORGANISATION_SCOPE)]
        QuerySet[Organisation](Organisation).bulk_create(blank, ignore_conflicts=True)
        found = commands.edit_organisation(
            SYSTEM, Organisation.objects.get(pk=ORGANISATION_SCOPE), name=name
        )
    return found


def create_admin(email: str, name: str) -> str:
    """A new administrator; returns the address where she sets her password."""
    person = commands.invite_person(
        SYSTEM, found_organisation(), id=new_id(), email=email, name=name
    )
    commands.give_organisation_role(SYSTEM, person, role=Role.ADMINISTRATOR)
    return set_password_link(person)


def recover_admin(email: str) -> str:
    """Let somebody who is locked out in again, as administrator and without second factor."""
    person = _known(email)
    if not person.is_active:
        person = commands.reactivate_person(SYSTEM, person)
    if Role.ADMINISTRATOR not in queries.organisation_roles(person):
        commands.give_organisation_role(SYSTEM, person, role=Role.ADMINISTRATOR)
    removed, _each = Authenticator.objects.filter(user=person).delete()
    commands.keep_address(person)
    note(SYSTEM, "people.recovered", person, factors_removed=removed)
    return set_password_link(person)


def api_token(
    email: str, name: str, scopes: list[commands.Scope], expires_on: date | None = None
) -> str:
    """A token for the person; returns the secret, which is kept nowhere."""
    issued = commands.create_api_token(
        SYSTEM, _known(email), id=new_id(), name=name, scopes=scopes, expires_on=expires_on
    )
    return issued.secret


def _known(email: str) -> Person:
    found = queries.person_by_email(email)
    if found is None:
        raise Invalid(gettext("Nobody here has the address %(email)s.") % {"email": email}, "email")
    return found
