"""Starting a project from a pack: only commands that a person could have given one by one."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import PROJECT_ROLES, Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.packs import queries
from tospann.packs.commands import instantiating as parts
from tospann.packs.definition import Pack
from tospann.packs.skeleton import lay_out
from tospann.people import commands as people_commands
from tospann.people.commands import Address
from tospann.people.models import Organisation
from tospann.people.queries import person_by_email
from tospann.projects import commands as projects
from tospann.projects.models import Project

LONGEST = 366 * 30


class Starter(BaseModel):
    """Somebody with a role from the start: known to the portal, or invited by e-mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Role
    person: UUID | None = None
    email: Address | None = None
    name: OptionalLine = ""


People = Annotated[list[Starter], Field(max_length=100)]
Staffing = list[tuple[UUID, Role]]


@command(needs=Power.START_PROJECT, undoable=False)
def start_project(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    key: projects.ProjectKey,
    name: Line,
    finish: date,
    start: date | None = None,
    purpose: OptionalText = "",
    pack: Line,
    language: Literal["nb", "en"] = "nb",
    people: People | None = None,
) -> Project:
    """Start a project from a template pack"""
    chosen = queries.in_use(pack)
    if chosen is None:
        raise Invalid(gettext("There is no such template pack."), "pack")
    begins = start or timezone.localdate()
    if (finish - begins).days > LONGEST:
        raise Invalid(gettext("The end date is too far away."), "finish")
    staffing = _staffing(actor, chosen, people or [])
    project = projects.found_project(
        actor,
        organisation,
        id=id,
        key=key,
        name=name,
        purpose=purpose,
        start=begins,
        finish=finish,
        language=language,
    )
    for person, role in [*staffing, *_invited(actor, organisation, people or [])]:
        projects.appoint(actor, project, person=person, role=role)
    project = _instantiate(actor, project, chosen)
    if not chosen.settings.owner_accepts:
        project = projects.accept_founding(actor, project)
    return project


def _instantiate(actor: Actor, project: Project, pack: Pack) -> Project:
    """The pack's parts, in the project's language and laid out on its days."""
    words = parts.Words(project.language)
    placed = lay_out(pack.plan, project.start, project.finish)
    project = parts.follow(actor, project, pack, words)
    phases = parts.phases(actor, project, pack, words, placed)
    parts.gates(actor, project, pack, words, phases, placed)
    parts.registers_and_lists(actor, project, pack, words)
    parts.limits(actor, project, pack, words)
    parts.budget(actor, project, pack, words, phases)
    parts.folders(actor, project, pack, words)
    parts.blanks(actor, project, pack, words)
    parts.meetings(actor, project, pack, words)
    parts.plan(actor, project, words, placed)
    return project


def _staffing(actor: Actor, pack: Pack, people: Sequence[Starter]) -> Staffing:
    """Who is known already; the starter prepares the project unless she was given a role."""
    for one in people:
        if one.role not in PROJECT_ROLES:
            raise Invalid(gettext("This role belongs to the organisation, not to a project."))
        if (one.person is None) == (one.email is None):
            raise Invalid(gettext("Choose a person, or give an e-mail address."), "people")
    known = list(dict.fromkeys((one.person, one.role) for one in people if one.person))
    given = {one.role for one in people}
    mine = {role for person, role in known if person == actor.person_id}
    if actor.person_id is not None and not mine and Role.COORDINATOR not in given:
        known.append((actor.person_id, Role.COORDINATOR))
    _require_roles(pack, given)
    return known


def _require_roles(pack: Pack, given: set[Role]) -> None:
    missing = [r for r in pack.roles if r.required_at_start and Role(r.role) not in given]
    if missing:
        labels = ", ".join(str(_label(one.label)) for one in missing)
        raise Invalid(gettext("Say who is to be: %(roles)s.") % {"roles": labels}, "people")


def _label(text: Any) -> str:
    from django.utils.translation import get_language

    label: str = text.in_language(get_language() or "nb")
    return label


def _invited(actor: Actor, organisation: Organisation, people: Sequence[Starter]) -> Staffing:
    """Whoever is named by address: the person who has it, or a new one."""
    found: Staffing = []
    for one in people:
        if one.email is None:
            continue
        known = person_by_email(one.email) or people_commands.invite_person(
            actor,
            organisation,
            id=new_id(),
            email=one.email,
            name=one.name or one.email.partition("@")[0],
            is_external=one.role is Role.GUEST,
        )
        if (known.pk, one.role) not in found:
            found.append((known.pk, one.role))
    return found
