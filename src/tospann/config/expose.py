"""Every command in the API: one address each, its body described by the command's own arguments."""

from collections.abc import Iterator
from typing import Annotated, Any, cast, get_type_hints

from django.db.models import Model
from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Schema, Status
from pydantic import BaseModel, ConfigDict, Field, create_model

from tospann.foundation.commands import COMMANDS, Command, Done, Proposed, submit
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
    """What the body of every command has in common."""

    model_config = ConfigDict(extra="forbid")


def expose_commands(api: NinjaAPI) -> None:
    """Give each command its address: in its project, or in the organisation."""
    for command, subject_type in exposed():
        if issubclass(subject_type, OrganisationWide):
            _add(api, command, "/commands", _in_organisation(command, subject_type))
        else:
            _add(api, command, "/projects/{key}/commands", _in_project(command, subject_type))


def exposed() -> Iterator[tuple[Command[Any, Any, Any], type[Record]]]:
    """Every command that has an address, and the kind of record it changes."""
    for _name, command in sorted(COMMANDS.items()):
        hints = list(get_type_hints(command.function).values())
        subject_type = hints[1]
        if command.exposed and isinstance(subject_type, type) and issubclass(subject_type, Record):
            yield command, subject_type


def _add(api: NinjaAPI, command: Command[Any, Any, Any], prefix: str, endpoint: Any) -> None:
    name = command.name.replace(".", "_")
    endpoint.__name__ = name
    api.post(
        f"{prefix}/{command.name}",
        response={200: Outcome, 202: Outcome},
        operation_id=f"command_{name}",
        url_name=f"command_{name}",
        summary=command.msgid,
        description=f"Needs the power “{command.needs}”. Without it the change is refused, "
        "or becomes a case (202).",
        tags=[f"{command.name.split('.')[0]}: commands"],
    )(endpoint)


def _in_project(command: Command[Any, Any, Any], subject_type: type[Record]) -> Any:
    def endpoint(request: HttpRequest, key: str, body: Any) -> Status[Outcome]:
        actor = cast(ActorRequest, request).actor
        project = queries.project(actor, key)
        subject = project if body.subject is None else find(body.subject)
        if not isinstance(subject, subject_type) or subject.scope_id != project.pk:
            raise Http404
        return _carry_out(request, command, subject, body)

    endpoint.__annotations__["body"] = _body(command, optional=subject_type is Project)
    return endpoint


def _in_organisation(command: Command[Any, Any, Any], subject_type: type[Record]) -> Any:
    def endpoint(request: HttpRequest, body: Any) -> Status[Outcome]:
        named = body.subject
        subject: Any = find(named) if named else Organisation(pk=ORGANISATION_SCOPE)
        if not isinstance(subject, subject_type):
            raise Http404
        if not named:
            subject.refresh_from_db()
        return _carry_out(request, command, subject, body)

    endpoint.__annotations__["body"] = _body(command, optional=subject_type is Organisation)
    return endpoint


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
    return create_model(f"{name}Call", __base__=Call, **fields)


def _carry_out(
    request: HttpRequest, command: Command[Any, Any, Any], subject: Record, body: Any
) -> Status[Outcome]:
    actor = cast(ActorRequest, request).actor
    values = {name: getattr(body.arguments, name) for name in type(body.arguments).model_fields}
    came = submit(actor, command.on(subject, body.version), **values)
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
