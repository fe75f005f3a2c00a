"""Who comes in after the provider has answered: a linked account, an invited address, or nobody."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest
from django.utils.translation import get_language

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.people import commands, queries
from tospann.people.models import Organisation, Person
from tospann.people.oidc.configured import Provider
from tospann.people.oidc.refusing import Refused


def admit(request: HttpRequest, login: Any, provider: Provider) -> None:
    """Leave the login with its person, and the person with the roles her groups give."""
    if not login.is_existing:
        person = _known(login, provider) or _new(login, provider)
        login.connect(request, person)
    if isinstance(login.user, Person) and login.user.is_active:
        give_roles(login.user, login.claims, provider)


def _known(login: Any, provider: Provider) -> Person | None:
    """Somebody here with the address. Never by an address the provider has not verified."""
    addresses = login.email_addresses
    people = [queries.person_by_email(one.email) for one in addresses]
    found = next((one for one in people if one is not None), None)
    if not any(one.verified for one in addresses):
        raise Refused("unverified" if addresses else "unknown")
    if found is not None and not provider.link_by_mail:
        raise Refused("unlinked")
    linked = SocialAccount.objects.filter(provider=provider.id, user=found) if found else None
    if linked is not None and linked.exists():
        raise Refused("unlinked")
    return found


def _new(login: Any, provider: Provider) -> Person:
    if not provider.new_people:
        raise Refused("unknown")
    email = next(one.email for one in login.email_addresses if one.verified)
    name = str(login.claims.get("name") or "").strip() or email.partition("@")[0]
    made = commands.invite_person(
        SYSTEM,
        Organisation.objects.get(pk=ORGANISATION_SCOPE),
        id=new_id(),
        email=email,
        name=name[:200],
        language="nb" if (get_language() or "nb").startswith("nb") else "en",
    )
    assert isinstance(made, Person)
    return made


def give_roles(person: Person, claims: dict[str, Any], provider: Provider) -> None:
    """The roles the setting names follow the groups, both ways; others are left alone."""
    if not provider.roles or person.is_external or _too_many(claims, provider):
        return
    told = claims.get(provider.groups_claim)
    groups = {told} if isinstance(told, str) else {str(one) for one in told or ()}
    governed = {Role(role) for role in provider.roles.values()}
    due = {Role(role) for group, role in provider.roles.items() if group in groups}
    held = set(queries.organisation_roles(person)) & governed
    for role in sorted(due - held):
        commands.give_organisation_role(SYSTEM, person, role=role)
    for role in sorted(held - due):
        _take(person, role)


def _take(person: Person, role: Role) -> None:
    try:
        commands.take_organisation_role(SYSTEM, person, role=role)
    except CommandError:
        return  # the last administrator stays one


def _too_many(claims: dict[str, Any], provider: Provider) -> bool:
    """Some providers leave the groups out when they are many, and say where to ask instead."""
    elsewhere = claims.get("_claim_names")
    return isinstance(elsewhere, dict) and provider.groups_claim in elsewhere
