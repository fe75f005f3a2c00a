"""Adding and changing rows of own registers, and the registers themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field

from tospann.foundation.arguments import Key
from tospann.foundation.arguments import Line as OneLine
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import reference, remove_all, save_all
from tospann.foundation.transactions import next_number
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project, RegisterDefinition
from tospann.registers import queries
from tospann.registers.columns import cleaned
from tospann.registers.models import Line

Values = Annotated[dict[Key, Any], Field(max_length=100)]
Columns = Annotated[list[dict[str, Any]], Field(max_length=40)]
_NOT_YOURS = gettext_noop(
    "Somebody else looks after this. Its owner, the coordinator and the manager change it."
)


def _own_or_kept(actor: Actor, row: Line) -> Sentence | None:
    if row.owner_id is not None and row.owner_id == actor.person_id:
        return None
    keeps = rule(actor, Power.KEEP_REGISTERS, row.scope_id).may_decide
    return None if keeps else Sentence(_NOT_YOURS)


@command(needs=Power.RAISE)
def add_line(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    key: Key,
    title: OneLine,
    owner: UUID | None = None,
    due_on: date | None = None,
    state: Key | None = None,
    values: Values | None = None,
) -> Line:
    """Add a row to a register"""
    found = queries.definitions(project).filter(key=key).first()
    if found is None:
        raise Invalid(gettext("The project keeps no such register."), "key")
    line = Line(
        id=id,
        project=project,
        register=found,
        number=next_number(project.pk),
        raised_by_id=actor.person_id,
    )
    _set(line, title, owner, due_on, state, values or {})
    return line


class NewLine(BaseModel):
    """A row as a spreadsheet gives it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: OneLine
    owner: UUID | None = None
    due_on: date | None = None
    state: Key | None = None
    values: Values = Field(default_factory=dict)


@command(needs=Power.KEEP_REGISTERS, exposed=False)
def bring_in_lines(
    actor: Actor,
    register: RegisterDefinition,
    *,
    rows: Annotated[list[NewLine], Field(min_length=1, max_length=500)],
) -> list[Line]:
    """Bring rows into a register from a spreadsheet"""
    if register.key in queries.KEPT_ELSEWHERE:
        raise Invalid(gettext("This register has pages of its own."))
    kept, team = queries.whole(register), set(projects.on_team(register.project_id))
    made = []
    for row in rows:
        if row.owner is not None and row.owner not in team:
            raise Invalid(gettext("Only somebody on the project's team can own this."), "owner")
        state = row.state or kept.states[0].key
        line = Line(
            id=new_id(),
            project_id=register.project_id,
            register=register,
            number=next_number(register.project_id),
            raised_by_id=actor.person_id,
            title=row.title,
            owner_id=row.owner,
            due_on=row.due_on,
            values=cleaned(kept.columns, row.values),
        )
        _move(line, kept, state)
        made.append(line)
    return save_all(made)


@bring_in_lines.undo
def take_lines_back(actor: Actor, register: RegisterDefinition, entry: AuditEntry) -> None:
    """Remove what came in, provided nobody has changed any of it."""
    changes = entry.detail.changes or {}
    made = {ref: change for ref, change in changes.items() if change.get("created")}
    found = {reference(one): one for one in Line.objects.filter(register=register)}
    for ref, change in made.items():
        if ref not in found or found[ref].version != change["version"]:
            raise Stale(change["label"])
    remove_all(found[ref] for ref in made)


@command(needs=Power.RAISE, only_if=_own_or_kept)
def change_line(
    actor: Actor,
    line: Line,
    *,
    title: OneLine,
    owner: UUID | None = None,
    due_on: date | None = None,
    state: Key | None = None,
    values: Values | None = None,
) -> Line:
    """Change a row of a register"""
    _set(line, title, owner, due_on, state or line.state, values or {})
    return line


@command(needs=Power.RAISE, only_if=_own_or_kept)
def move_line(actor: Actor, line: Line, *, state: Key) -> Line:
    """Move a row to another state"""
    _move(line, queries.whole(line.register), state)
    line.save()
    return line


@command(needs=Power.RAISE, only_if=_own_or_kept)
def hand_over_line(actor: Actor, line: Line, *, owner: UUID | None = None) -> Line:
    """Hand over a row of a register"""
    line.owner_id = _on_the_team(line.project_id, owner)
    line.save()
    return line


@command(needs=Power.EDIT_PROJECT)
def change_register(
    actor: Actor, register: RegisterDefinition, *, title: OneLine, columns: Columns
) -> RegisterDefinition:
    """Change a register"""
    if register.key in queries.KEPT_ELSEWHERE:
        raise Invalid(gettext("This register has pages of its own."))
    keys = [one.get("key") for one in columns]
    if len(set(keys)) < len(keys):
        raise Invalid(gettext("Two columns have the same name."), "columns")
    register.title, register.columns = title, columns
    register.save()
    return register


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """Give a person's open rows to another, where she is on the team; else to nobody (yet)."""
    for line in queries.open_of(person):
        can = to is not None and to.pk in projects.on_team(line.project_id)
        hand_over_line(actor, line, owner=to.pk if to and can else None)


def _set(
    line: Line,
    title: str,
    owner: UUID | None,
    due_on: date | None,
    state: str | None,
    values: Mapping[str, Any],
) -> None:
    kept = queries.whole(line.register)
    line.title, line.due_on = title, due_on
    line.owner_id = _on_the_team(line.project_id, owner)
    known = {one.key for one in kept.own}
    of_removed_columns = {key: old for key, old in line.values.items() if key not in known}
    line.values = of_removed_columns | cleaned(kept.columns, values)
    _move(line, kept, state or kept.states[0].key)
    line.save()


def _move(line: Line, kept: queries.Kept, state: str) -> None:
    known = next((one for one in kept.states if one.key == state), None)
    if known is None and state != line.state:
        raise Invalid(gettext("Choose one of the values of the list."), "state")
    line.state = state
    if known is not None:
        line.is_open = not known.final


def _on_the_team(project_id: UUID, person: UUID | None) -> UUID | None:
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Only somebody on the project's team can own this."), "owner")
    return person
