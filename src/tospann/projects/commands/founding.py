"""Founding a project, its information, dates and modules."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.foundation.arguments import Key, Line, OptionalText
from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Organisation
from tospann.projects.models import (
    Project,
    ProjectState,
)

ProjectKey = Annotated[
    str,
    StringConstraints(
        to_upper=True, strip_whitespace=True, pattern=r"^[A-ZÆØÅa-zæøå][A-ZÆØÅa-zæøå0-9]{1,9}$"
    ),
]
ProjectDay = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
"""Calendars and holidays are worked out around a project's days: there must be days around them."""
Language = Literal["nb", "en"]
Modules = Annotated[list[Key], Field(max_length=60)]


@command(needs=Power.START_PROJECT, undoable=False, exposed=False)
def found_project(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    key: ProjectKey,
    name: Line,
    start: ProjectDay,
    finish: ProjectDay,
    purpose: OptionalText = "",
    language: Language = "nb",
) -> Project:
    """Found a project"""
    if id == ORGANISATION_SCOPE:
        raise Invalid(gettext("This is not a valid reference."), "id")
    if finish < start:
        raise Invalid(gettext("The end date is before the start date."), "finish")
    if Project.objects.filter(key=key).exists():
        raise Invalid(gettext("Another project already has the key %(key)s.") % {"key": key}, "key")
    project = Project(
        id=id, key=key, name=name, purpose=purpose, start=start, finish=finish, language=language
    )
    project.save()
    return project


@command(needs=Power.EDIT_PROJECT)
def edit_project(
    actor: Actor,
    project: Project,
    *,
    name: Line,
    purpose: OptionalText = "",
    language: Language = "nb",
) -> Project:
    """Edit the project's information"""
    project.name, project.purpose, project.language = name, purpose, language
    project.save()
    return project


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def set_project_dates(
    actor: Actor, project: Project, *, start: ProjectDay, finish: ProjectDay
) -> Project:
    """Change the project's start and end date"""
    if finish < start:
        raise Invalid(gettext("The end date is before the start date."), "finish")
    project.start, project.finish = start, finish
    project.save()
    return project


_CHECKS: list[Callable[[Project], Sequence[str]]] = []


def founding_is_checked_by(check: Callable[[Project], Sequence[str]]) -> None:
    """Called once by a capability that knows what a project lacks: sentences, none when nothing."""
    _CHECKS.append(check)


@command(needs=Power.ACCEPT_FOUNDING, undoable=False)
def accept_founding(actor: Actor, project: Project) -> Project:
    """Accept roles and authority matrix"""
    if project.state != ProjectState.FOUNDING:
        raise Invalid(gettext("The project is already active."))
    if missing := [said for check in _CHECKS for said in check(project)]:
        raise Invalid(" ".join(missing))
    project.state = ProjectState.ACTIVE
    project.save()
    return project


@command(needs=Power.EDIT_PROJECT)
def set_modules(actor: Actor, project: Project, *, modules: Modules) -> Project:
    """Choose what the project uses"""
    project.modules = list(dict.fromkeys(modules))
    project.save()
    return project


@command(needs=Power.EDIT_PROJECT, undoable=False, exposed=False)
def follow_pack(
    actor: Actor,
    project: Project,
    *,
    key: Key,
    version: Annotated[int, Field(ge=1)],
    modules: Modules,
    role_labels: dict[Role, Line],
) -> Project:
    """Follow a template pack"""
    project.pack_key, project.pack_version = key, version
    project.modules = list(dict.fromkeys(modules))
    project.role_labels = {str(role): label for role, label in role_labels.items()}
    project.save()
    return project
