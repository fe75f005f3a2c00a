"""Everything that changes people, their roles and deputies, tokens, and the organisation."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import AfterValidator, StringConstraints

from tospann.foundation.arguments import Line, OptionalLine
from tospann.foundation.authority import ORGANISATION_ROLES, Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people import handover, queries, sessions
from tospann.people.models import (
    ApiToken,
    AppPassword,
    Deputy,
    Organisation,
    OrganisationRole,
    Person,
)

PREFIX = "tos_"
_NOT_YOURS = gettext_noop("This belongs to somebody else.")
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that look alike: 5 bits each
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(gettext("This is not an e-mail address.")) from None
    return value.lower()


Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_address)
]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Language = Literal["", "nb", "en"]
Scope = Literal["read", "write"]
Owned = Person | Deputy | ApiToken | AppPassword


def own(actor: Actor, subject: Owned) -> Sentence | None:
    """One's own account only; an administrator may also end what others left open."""
    owner = subject.pk if isinstance(subject, Person) else subject.person_id
    return None if actor.person_id == owner else Sentence(_NOT_YOURS)


def own_or_administered(actor: Actor, subject: Owned) -> Sentence | None:
    return None if queries.runs_organisation(actor) else own(actor, subject)


@command(needs=Power.RUN_ORGANISATION, undoable=False)
def invite_person(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    email: Address,
    name: Line,
    title: OptionalLine = "",
    company: OptionalLine = "",
    phone: Phone = "",
    is_external: bool = False,
    language: Language = "",
) -> Person:
    """Invite a person"""
    _refuse_taken(email)
    person = Person(
        id=id,
        email=email,
        name=name,
        title=title,
        company=company,
        phone=phone,
        is_external=is_external,
        language=language,
    )
    person.set_unusable_password()
    person.save()
    keep_address(person)
    return person


@command(needs=Power.RUN_ORGANISATION)
def change_person(
    actor: Actor,
    person: Person,
    *,
    name: Line,
    title: OptionalLine = "",
    company: OptionalLine = "",
    phone: Phone = "",
    is_external: bool = False,
) -> Person:
    """Change a person's details"""
    person.name, person.title, person.company = name, title, company
    person.phone, person.is_external = phone, is_external
    person.save()
    return person


@command(needs=Power.RUN_ORGANISATION, undoable=False)
def change_email(actor: Actor, person: Person, *, email: Address) -> Person:
    """Change a person's e-mail address"""
    if email == person.email:
        return person
    _refuse_taken(email)
    person.email = email
    person.save()
    keep_address(person)
    return person


@command(needs=Power.OWN_ACCOUNT, only_if=own)
def change_own_profile(
    actor: Actor,
    person: Person,
    *,
    name: Line,
    title: OptionalLine = "",
    company: OptionalLine = "",
    phone: Phone = "",
) -> Person:
    """Change one's own profile"""
    person.name, person.title, person.company, person.phone = name, title, company, phone
    person.save()
    return person


@command(needs=Power.RUN_ORGANISATION, undoable=False)
def deactivate_person(actor: Actor, person: Person, *, hand_over_to: UUID | None = None) -> Person:
    """Deactivate a person"""
    if not person.is_active:
        return person
    if Role.ADMINISTRATOR in queries.organisation_roles(person):
        _refuse_last_administrator(person)
    handover.hand_over(actor, person, _successor(person, hand_over_to))
    _end_deputies_and_tokens(person)
    person.is_active = False
    person.save()
    sessions.end_all(person)
    return person


@command(needs=Power.RUN_ORGANISATION, undoable=False)
def reactivate_person(actor: Actor, person: Person) -> Person:
    """Reactivate a person"""
    person.is_active = True
    person.save()
    return person


@command(needs=Power.RUN_ORGANISATION)
def give_organisation_role(actor: Actor, person: Person, *, role: Role) -> OrganisationRole:
    """Give a person a role in the organisation"""
    if role not in ORGANISATION_ROLES:
        raise Invalid(gettext("This role belongs to a project, not to the organisation."), "role")
    if role in queries.organisation_roles(person):
        raise Invalid(gettext("%(name)s already has this role.") % {"name": person.name}, "role")
    if not person.is_active or person.is_external:
        raise Invalid(gettext("Only active people of the organisation can have this role."), "role")
    held = OrganisationRole(person=person, role=role)
    held.save()
    return held


@command(needs=Power.RUN_ORGANISATION)
def take_organisation_role(actor: Actor, person: Person, *, role: Role) -> None:
    """Take a role in the organisation from a person"""
    held = OrganisationRole.objects.filter(person=person, role=role).first()
    if held is None:
        raise Invalid(gettext("%(name)s does not have this role.") % {"name": person.name}, "role")
    if role is Role.ADMINISTRATOR:
        _refuse_last_administrator(person)
    held.delete()


@command(needs=Power.OWN_ACCOUNT, only_if=own_or_administered)
def appoint_deputy(
    actor: Actor, person: Person, *, id: UUID, deputy: UUID, starts_on: date, ends_on: date
) -> Deputy:
    """Appoint a deputy"""
    if ends_on < starts_on:
        raise Invalid(gettext("The last day is before the first."), "ends_on")
    if ends_on < timezone.localdate():
        raise Invalid(gettext("The last day has already passed."), "ends_on")
    chosen = Person.objects.filter(pk=deputy, is_active=True, is_external=False).first()
    # Administrators arrange deputies for others, but do not take others' roles themselves.
    if chosen is None or chosen.pk in {person.pk, actor.person_id}:
        raise Invalid(gettext("Choose an active colleague."), "deputy")
    made = Deputy(id=id, person=person, deputy=chosen, starts_on=starts_on, ends_on=ends_on)
    made.save()
    return made


@command(needs=Power.OWN_ACCOUNT, only_if=own_or_administered)
def end_deputy(actor: Actor, deputy: Deputy) -> None:
    """End a deputy's time"""
    _end_deputy(deputy)


@dataclass(frozen=True)
class IssuedToken:
    """A new token with its secret, which is shown once and kept nowhere."""

    token: ApiToken
    secret: str


@command(needs=Power.OWN_ACCOUNT, only_if=own, undoable=False, exposed=False)
def create_api_token(
    actor: Actor,
    person: Person,
    *,
    id: UUID,
    name: Line,
    scopes: list[Scope],
    expires_on: date | None = None,
) -> IssuedToken:
    """Create an API token"""
    if expires_on is not None and expires_on < timezone.localdate():
        raise Invalid(gettext("The last day has already passed."), "expires_on")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        id=id,
        person=person,
        name=name,
        prefix=secret[:10],
        token_hash=hash_of(secret),
        scopes=sorted({"read", *scopes}),
        expires_on=expires_on,
    )
    token.save()
    return IssuedToken(token, secret)


@command(needs=Power.OWN_ACCOUNT, only_if=own_or_administered, undoable=False)
def revoke_api_token(actor: Actor, token: ApiToken) -> ApiToken:
    """Revoke an API token"""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save()
    return token


@dataclass(frozen=True)
class IssuedPassword:
    """A new app password, which is shown once and kept nowhere."""

    kept: AppPassword
    secret: str


@command(needs=Power.OWN_ACCOUNT, only_if=own, undoable=False, exposed=False)
def create_app_password(
    actor: Actor, person: Person, *, id: UUID, name: Line, may_write: bool = True
) -> IssuedPassword:
    """Make an app password"""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(25))
    kept = AppPassword(
        id=id, person=person, name=name, password_hash=hash_of(letters), may_write=may_write
    )
    kept.save()
    return IssuedPassword(kept, "-".join(letters[at : at + 5] for at in range(0, 25, 5)))


@command(needs=Power.OWN_ACCOUNT, only_if=own_or_administered, undoable=False)
def revoke_app_password(actor: Actor, app_password: AppPassword) -> AppPassword:
    """Revoke an app password"""
    if app_password.revoked_at is None:
        app_password.revoked_at = timezone.now()
        app_password.save()
    return app_password


@command(needs=Power.RUN_ORGANISATION)
def edit_organisation(
    actor: Actor,
    organisation: Organisation,
    *,
    name: Line,
    organisation_number: OptionalLine = "",
    language: Literal["nb", "en"] = "nb",
) -> Organisation:
    """Edit the organisation's information"""
    digits = organisation_number.replace(" ", "")
    if digits and not is_organisation_number(digits):
        raise Invalid(gettext("This is not an organisation number."), "organisation_number")
    organisation.name, organisation.organisation_number = name, digits
    organisation.language = language
    organisation.save()
    return organisation


def is_organisation_number(digits: str) -> bool:
    """Nine digits, the last of which is the modulus-11 check digit."""
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[8])


def hash_of(secret: str) -> str:
    """125 random bits and more need no slow hash: they cannot be guessed from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keep_address(person: Person) -> None:
    """The person's address as the one she signs in with; whoever invites vouches for it."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def _refuse_taken(email: str) -> None:
    if queries.person_by_email(email) is not None:
        raise Invalid(gettext("Somebody with this e-mail address is already here."), "email")


def _refuse_last_administrator(person: Person) -> None:
    if not queries.other_administrators(person):
        raise Invalid(
            gettext("%(name)s is the last administrator. Appoint another first.")
            % {"name": person.name}
        )


def _successor(person: Person, pk: UUID | None) -> Person | None:
    if pk is None:
        return None
    found = Person.objects.filter(pk=pk, is_active=True).exclude(pk=person.pk).first()
    if found is None:
        raise Invalid(gettext("Choose an active colleague."), "hand_over_to")
    return found


def _end_deputies_and_tokens(person: Person) -> None:
    for token in queries.tokens(person):
        token.revoked_at = timezone.now()
        token.save()
    for app_password in queries.app_passwords(person):
        app_password.revoked_at = timezone.now()
        app_password.save()
    for deputy in [*queries.deputies(person), *queries.deputises_for(person)]:
        _end_deputy(deputy)


def _end_deputy(deputy: Deputy) -> None:
    """The roles are gone at once: yesterday was the last day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if deputy.starts_on > yesterday:
        deputy.delete()
    elif deputy.ends_on > yesterday:
        deputy.ends_on = yesterday
        deputy.save()
