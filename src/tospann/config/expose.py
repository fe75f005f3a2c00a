"""Every command in the API: one address each, its body described by the command's own arguments."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, cast, get_type_hints

import ninja.errors
import pydantic
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema, Status
from pydantic import BaseModel, ConfigDict, Field, create_model

from tospann.foundation.commands import COMMANDS, Command, Done, Proposed, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.records import Record, reference
from tospann.foundation.references import find
from tospann.people.actors import ActorRequest
from tospann.people.models import Organisation, OrganisationWide
from tospann.projects import queries
from tospann.projects.models import Project

Reference = Annotated[
    str,
    Field(
        pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}:[0-9a-f-]{32,36}$",
        description="The record to change, such as projects.goal:01928f…",
    ),
]
Version = Annotated[
    int | None,
    Field(ge=0, le=2_147_483_647, description="Refused with 409 unless it still has this version"),
]


class Outcome(Schema):
    """What came of a command."""

    outcome: str = Field(description="done, or proposed: it awaits a decision")
    entry: int | None = Field(default=None, description="Number of the audit entry")
    result: str | None = Field(default=None, description="The record made or changed")
    version: int | None = Field(default=None, description="Its version now")
    case: str | None = Field(default=None, description="The case that awaits a decision")
    because: str | None = Field(default=None, description="Why it was not done at once")


class Call(BaseModel):
    """The body of every command; what stands in ``arguments`` the command itself checks."""

    model_config = ConfigDict(extra="forbid")

    subject: Reference | None = None
    version: Version = None
    arguments: dict[str, Any] = Field(default_factory=dict)


IN_PROJECT, IN_ORGANISATION = "/projects/{key}/commands", "/commands"


def expose_commands(api: NinjaAPI) -> None:
    """One door to all commands of projects, and one to those of the organisation.

    An address of its own for each would cost every process hundreds of models it never uses.
    """
    words: dict[str, Any] = {
        "response": {200: Outcome, 202: Outcome},
        "include_in_schema": False,
    }
    api.post(f"{IN_PROJECT}/{{name}}", url_name="project_command", **words)(_in_project)
    api.post(f"{IN_ORGANISATION}/{{name}}", url_name="organisation_command", **words)(
        _in_organisation
    )


def describe_commands(api: NinjaAPI) -> None:
    """Each command with an address and a body of its own: for the description, not to be served."""
    for command, subject_type in exposed():
        is_wide = issubclass(subject_type, OrganisationWide)
        _describe(api, command, subject_type, IN_ORGANISATION if is_wide else IN_PROJECT)


def exposed() -> Iterator[tuple[Command[Any, Any, Any], type[Record]]]:
    """Every command that has an address, and the kind of record it changes."""
    for _name, command in sorted(COMMANDS.items()):
        hints = list(get_type_hints(command.function).values())
        subject_type = hints[1]
        if command.exposed and isinstance(subject_type, type) and issubclass(subject_type, Record):
            yield command, subject_type


@cache
def _by_name() -> dict[str, tuple[Command[Any, Any, Any], type[Record]]]:
    return {command.name: (command, subject_type) for command, subject_type in exposed()}


def _in_project(request: HttpRequest, key: str, name: str, body: Call) -> Status[Outcome]:
    command, subject_type = _named(name, wide=False)
    values = _checked(command, body, is_named=subject_type is not Project)
    project = queries.project(cast(ActorRequest, request).actor, key)
    subject = project if body.subject is None else find(body.subject)
    if not isinstance(subject, subject_type) or subject.scope_id != project.pk:
        raise Http404
    return _carry_out(request, command, subject, body.version, values)


def _in_organisation(request: HttpRequest, name: str, body: Call) -> Status[Outcome]:
    command, subject_type = _named(name, wide=True)
    values = _checked(command, body, is_named=subject_type is not Organisation)
    subject: Any = find(body.subject) if body.subject else Organisation(pk=ORGANISATION_SCOPE)
    if not isinstance(subject, subject_type):
        raise Http404
    if not body.subject:
        subject.refresh_from_db()
    return _carry_out(request, command, subject, body.version, values)


def _named(name: str, *, wide: bool) -> tuple[Command[Any, Any, Any], type[Record]]:
    found = _by_name().get(name)
    if found is None or issubclass(found[1], OrganisationWide) != wide:
        raise Http404
    return found


def _checked(command: Command[Any, Any, Any], body: Call, *, is_named: bool) -> dict[str, Any]:
    """The command's arguments as values; every one that is wrong is told at once."""
    if is_named and body.subject is None:
        raise ninja.errors.ValidationError([{"type": "missing", "loc": (*_BODY, "subject")}])
    try:
        arguments = command.arguments.model_validate(body.arguments)
    except pydantic.ValidationError as error:
        place = (*_BODY, "arguments")
        found = [{**one, "loc": (*place, *one["loc"])} for one in error.errors(include_url=False)]
        raise ninja.errors.ValidationError(found) from None
    _refuse_named_bytes(arguments)
    return {name: getattr(arguments, name) for name in type(arguments).model_fields}


def _refuse_named_bytes(arguments: BaseModel) -> None:
    """Whoever knows the hash of a file is not given the file for it: bytes are sent, not named."""
    for name, value in arguments:
        for inside in value if isinstance(value, list | tuple) else [value]:
            if isinstance(inside, BaseModel):
                _refuse_named_bytes(inside)
        has_size = f"{name.removesuffix('sha256')}size" in type(arguments).model_fields
        if name.endswith("sha256") and has_size and value:
            raise Invalid(gettext("Send the file itself; its hash is not enough."), name)


_BODY = ("body", "body")


def _describe(
    api: NinjaAPI, command: Command[Any, Any, Any], subject_type: type[Record], prefix: str
) -> None:
    if prefix == IN_PROJECT:

        def endpoint(request: HttpRequest, key: str, body: Any) -> None: ...
    else:

        def endpoint(request: HttpRequest, body: Any) -> None: ...  # type: ignore[misc]  # ninja asks

    name = command.name.replace(".", "_")
    is_optional = subject_type in {Project, Organisation}
    endpoint.__name__ = name
    endpoint.__annotations__["body"] = _body(command, optional=is_optional)
    api.post(
        f"{prefix}/{command.name}",
        response={200: Outcome, 202: Outcome},
        operation_id=f"command_{name}",
        summary=command.msgid,
        description=f"Needs the power “{command.needs}”. Without it the change is refused, "
        "or becomes a case (202).",
        tags=[f"{command.name.split('.')[0]}: commands"],
    )(endpoint)


def _body(command: Command[Any, Any, Any], *, optional: bool) -> type[BaseModel]:
    """The envelope around the command's own arguments. Names carry the capability: unique."""
    name = "".join(part.title() for part in command.name.replace(".", "_").split("_"))
    arguments = create_model(f"{name}Arguments", __base__=command.arguments)
    is_bare = not any(field.is_required() for field in arguments.model_fields.values())
    fields: dict[str, Any] = {
        "subject": (Reference | None, None) if optional else (Reference, ...),
        "version": (Version, None),
        "arguments": (arguments, Field(default_factory=arguments) if is_bare else ...),
    }
    return create_model(f"{name}Call", __config__=ConfigDict(extra="forbid"), **fields)


def _carry_out(
    request: HttpRequest,
    command: Command[Any, Any, Any],
    subject: Record,
    version: int | None,
    values: dict[str, Any],
) -> Status[Outcome]:
    actor = cast(ActorRequest, request).actor
    came = submit(actor, command.on(subject, version), **values)
    if isinstance(came, Proposed):
        case, because = reference(came.case), str(came.ruling)
        return Status(202, Outcome(outcome="proposed", case=case, because=because))
    return Status(200, _done(came))


def _done(came: Done[Any]) -> Outcome:
    made = came.result if isinstance(came.result, Model) and came.result.pk else None
    return Outcome(
        outcome="done",
        entry=came.entry.sequence,
        result=reference(made) if made is not None else None,
        version=getattr(made, "version", None),
    )
