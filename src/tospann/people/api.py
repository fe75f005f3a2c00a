"""The REST API of one's own account, and people to choose from."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from tospann.foundation.authority import Actor
from tospann.foundation.commands import submit
from tospann.people import commands, queries
from tospann.people.models import ApiToken, AppPassword, Person

Search = Annotated[str, Query(max_length=100)]
Limit = Annotated[int, Query(ge=1, le=100)]
router = Router(tags=["people"])


class Me(Schema):
    """Whose token this is, and what it may do."""

    id: UUID
    name: str
    email: str
    organisation_roles: list[str]
    scopes: list[str]


class PersonToChoose(Schema):
    """Somebody who can be given a task or a role."""

    id: UUID
    name: str
    email: str
    title: str
    company: str
    is_external: bool


class Token(Schema):
    """A token of one's own; its secret was shown once."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    expires_on: date | None
    created_at: datetime
    last_used_at: datetime | None


class Password(Schema):
    """An app password of one's own; the password itself was shown once."""

    id: UUID
    name: str
    may_write: bool
    created_at: datetime
    last_used_at: datetime | None


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _me(request: HttpRequest) -> Person:
    person_id = _actor(request).person_id
    assert person_id is not None  # every token belongs to a person
    return queries.person(person_id)


@router.get("/me", response=Me, summary="Who I am")
def me(request: HttpRequest) -> Me:
    """The person the token belongs to."""
    actor, person = _actor(request), _me(request)
    return Me(
        id=person.pk,
        name=person.name,
        email=person.email,
        organisation_roles=sorted(actor.organisation_roles),
        scopes=sorted(actor.scopes or {"read", "write"}),
    )


@router.get("/people", response=list[PersonToChoose], summary="People to choose from")
def people(request: HttpRequest, q: Search = "", limit: Limit = 20) -> list[dict[str, object]]:
    """Active people whose name, address or organisation holds the text, by name."""
    return queries.people_to_choose(_actor(request), q.replace("\x00", "").strip(), limit)


@router.get("/me/tokens", response=list[Token], summary="My tokens")
def tokens(request: HttpRequest) -> list[ApiToken]:
    """The tokens that still work."""
    return list(queries.tokens(_me(request)))


@router.delete("/me/tokens/{token_id}", response={204: None}, summary="Revoke a token")
def revoke_token(request: HttpRequest, token_id: UUID) -> Status[None]:
    """The token stops working at once."""
    found = queries.token(_me(request), token_id)
    submit(_actor(request), commands.revoke_api_token.on(found))
    return Status(204, None)


@router.get("/me/app-passwords", response=list[Password], summary="My app passwords")
def app_passwords(request: HttpRequest) -> list[AppPassword]:
    """What my devices and programs sign in with; those that still work."""
    return list(queries.app_passwords(_me(request)))


@router.delete(
    "/me/app-passwords/{password_id}", response={204: None}, summary="Revoke an app password"
)
def revoke_app_password(request: HttpRequest, password_id: UUID) -> Status[None]:
    """The device is signed out at once."""
    found = queries.app_password(_me(request), password_id)
    submit(_actor(request), commands.revoke_app_password.on(found))
    return Status(204, None)
