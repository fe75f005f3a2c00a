"""A message and its attachments, kept as one act."""

from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from tospann.documents import commands as documents
from tospann.documents import files
from tospann.foundation.arguments import Hash, Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.foundation.transactions import next_number
from tospann.mailbox.models import Message, Trust, Way
from tospann.projects.models import Project

Id = Annotated[str, StringConstraints(max_length=250)]
Body = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)]
Size = Annotated[int, Field(ge=1)]


class Attached(BaseModel):
    """An attachment whose bytes are kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line
    sha256: Hash
    size: Size


class Letter(BaseModel):
    """What was read of a mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: Hash
    size: Size
    kind_of_file: Literal["eml", "msg"] = "eml"
    subject: Annotated[str, StringConstraints(max_length=250)] = ""
    from_name: Annotated[str, StringConstraints(max_length=200)] = ""
    from_email: Annotated[str, StringConstraints(max_length=254)] = ""
    to: Annotated[list[str], Field(max_length=100)] = []
    text: Body = ""
    sent_at: AwareDatetime | None = None
    message_id: Id = ""
    answers: Id = ""
    files: Annotated[list[Attached], Field(max_length=50)] = []
    left_out: Annotated[list[str], Field(max_length=100)] = []
    about_label: Annotated[str, StringConstraints(max_length=250)] = ""
    about_link: Annotated[str, StringConstraints(max_length=500)] = ""


@command(needs=Power.KEEP_REGISTERS, undoable=False, exposed=False)
def receive(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    letter: Letter,
    trust: Literal["proved", "unknown"],
    received_at: AwareDatetime | None = None,
) -> Message:
    """Take in a mail"""
    return _kept(actor, project, id, letter, Way.MAIL, Trust(trust), received_at)


@command(needs=Power.KEEP_REGISTERS, undoable=False, exposed=False)
def bring_in(actor: Actor, project: Project, *, id: UUID, letter: Letter) -> Message:
    """Bring in a mail as a file"""
    return _kept(actor, project, id, letter, Way.DROPPED, Trust.DROPPED, letter.sent_at)


def _kept(
    actor: Actor,
    project: Project,
    id: UUID,
    letter: Letter,
    way: Way,
    trust: Trust,
    at: AwareDatetime | None,
) -> Message:
    """The message; one that is there already stays as it is."""
    known = Message.objects.filter(project=project, sha256=letter.sha256).first()
    if known is not None:
        return known
    now = timezone.now()
    values = letter.model_dump(exclude={"files", "to", "left_out"})
    message = Message(
        id=id,
        project=project,
        number=next_number(project.pk),
        way=way,
        trust=trust,
        received_at=min(at or now, now),
        to=", ".join(letter.to),
        added_by_id=actor.person_id,
        **values,
    )
    message.save()
    left_out = [*letter.left_out, *_without(actor, message, letter.files)]
    if left_out:
        message.left_out = left_out
        message.save()
    return message


def _without(actor: Actor, message: Message, attached: list[Attached]) -> list[str]:
    """Keep the attachments; returns the names of those there is no room for."""
    names: list[str] = []
    for one in attached:
        try:
            documents.attach(
                actor,
                message.project,
                id=new_id(),
                born_in=reference(message),
                name=one.name,
                media_type=files.media_type_of(one.name),
                size=one.size,
                sha256=one.sha256,
            )
        except CommandError:
            names.append(one.name)
    return names
