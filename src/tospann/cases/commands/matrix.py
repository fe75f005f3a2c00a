"""Keeping the authority matrix: who decides what, above which limit.

While a project is being founded, its owner writes it. Once the project is active it is changed by a
case only, so that every change has a reason and a decision; and never so that nobody could decide.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field

from tospann.cases import gaps
from tospann.cases.models import AuthorityRule, Mode
from tospann.foundation.arguments import Key, OptionalLine
from tospann.foundation.authority import Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Person
from tospann.projects.models import Phase, Project, ProjectState
from tospann.projects.queries import members

Limit = Annotated[Decimal, Field(max_digits=16, decimal_places=2)]
Ways = Literal["any", "all", "quorum"]
_BY_CASE = gettext_noop(
    "The project is active: its authority matrix is changed by a case, which the owner decides."
)
_NOBODY = gettext_noop("This would leave nobody to decide. %(gaps)s")


class Way(BaseModel):
    """How the deciders of a row decide, beyond their roles. What is not said is not so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    people: Annotated[list[UUID], Field(max_length=20)] = []
    quorum: Annotated[int, Field(ge=0, le=50)] = 0
    in_order: bool = False
    four_eyes: bool = False
    within_days: Annotated[int, Field(ge=1, le=250)] | None = None
    escalates_to: Annotated[list[Role], Field(max_length=10)] = []
    valid_from: date | None = None
    valid_to: date | None = None
    phase: UUID | None = None


class RuleLine(BaseModel):
    """A row of a whole matrix."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Key
    measure: OptionalLine = ""
    operator: Literal[">", "<"] = ">"
    limit: Limit | None = None
    deciders: list[Role]
    mode: Ways = "any"


def by_case(actor: Actor, subject: Project | AuthorityRule) -> Sentence | None:
    """Why even the owner changes the matrix by a case; None while the project is being founded."""
    project = subject if isinstance(subject, Project) else subject.project
    return Sentence(_BY_CASE) if project.state == ProjectState.ACTIVE else None


@command(needs=Power.SET_LIMITS, kind="authority", by_case=by_case, undoable=False)
def add_authority_rule(
    actor: Actor,
    project: Project,
    *,
    kind: Key,
    measure: OptionalLine = "",
    operator: Literal[">", "<"] = ">",
    limit: Limit | None = None,
    deciders: list[Role],
    mode: Ways = "any",
    way: Way | None = None,
) -> AuthorityRule:
    """Add a row to the authority matrix"""
    if bool(measure) != (limit is not None):
        raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "limit")
    last = AuthorityRule.objects.filter(project=project).order_by("-position").first()
    added = AuthorityRule(
        project=project,
        position=last.position + 1 if last else 1,
        kind=kind,
        measure=measure,
        operator=operator,
        limit=limit,
    )
    _decide_by(added, deciders, mode, way or Way())
    added.save()
    _require_no_gap(project)
    return added


@command(needs=Power.SET_LIMITS, kind="authority", by_case=by_case)
def change_authority_rule(
    actor: Actor,
    rule: AuthorityRule,
    *,
    limit: Limit | None = None,
    deciders: list[Role],
    mode: Ways = "any",
    way: Way | None = None,
) -> AuthorityRule:
    """Change a row of the authority matrix"""
    if rule.measure and limit is None:
        raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "limit")
    rule.limit = limit if rule.measure else None
    _decide_by(rule, deciders, mode, way or Way())
    rule.save()
    _require_no_gap(rule.project)
    return rule


@command(needs=Power.SET_LIMITS, kind="authority", by_case=by_case)
def remove_authority_rule(actor: Actor, rule: AuthorityRule) -> None:
    """Remove a row of the authority matrix"""
    project = rule.project
    rule.delete()
    _require_no_gap(project)


@command(needs=Power.SET_LIMITS, kind="authority", by_case=by_case)
def replace_matrix(
    actor: Actor,
    project: Project,
    *,
    name: OptionalLine = "",
    rules: Annotated[list[RuleLine], Field(min_length=1, max_length=200)],
) -> Project:
    """Replace the authority matrix"""
    for earlier in AuthorityRule.objects.filter(project=project):
        earlier.delete()
    for place, line in enumerate(rules, start=1):
        if bool(line.measure) != (line.limit is not None):
            raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "rules")
        row = AuthorityRule(
            project=project,
            position=place,
            kind=line.kind,
            measure=line.measure,
            operator=line.operator,
            limit=line.limit,
        )
        _decide_by(row, line.deciders, line.mode, Way())
        row.save()
    _require_no_gap(project)
    return project


def _decide_by(row: AuthorityRule, deciders: list[Role], mode: str, way: Way) -> None:
    _check(deciders, mode, way)
    row.deciders = [str(role) for role in dict.fromkeys(deciders)]
    row.people = _named(row.project, way.people)
    row.mode, row.quorum = mode, way.quorum if mode == Mode.QUORUM else 0
    row.in_order = way.in_order and mode != Mode.ANY
    row.four_eyes, row.within_days = way.four_eyes, way.within_days
    row.escalates_to = [str(role) for role in way.escalates_to]
    row.valid_from, row.valid_to = way.valid_from, way.valid_to
    row.phase = _phase(row.project, way.phase)


def _check(deciders: list[Role], mode: str, way: Way) -> None:
    if not deciders and not way.people:
        raise Invalid(gettext("Say who decides."), "deciders")
    if mode == Mode.QUORUM and way.quorum < 1:
        raise Invalid(gettext("Say how many must say yes."), "quorum")
    if way.escalates_to and way.within_days is None:
        raise Invalid(gettext("Say within how many days it must be decided."), "within_days")
    if way.valid_from and way.valid_to and way.valid_to < way.valid_from:
        raise Invalid(gettext("It ends before it begins."), "valid_to")


def _named(project: Project, ids: list[UUID]) -> list[dict[str, str]]:
    found = {person.pk: person.name for person in Person.objects.filter(pk__in=ids)}
    team = set(members(project).exclude(role=Role.GUEST).values_list("person_id", flat=True))
    if not set(ids) <= found.keys() & team:
        raise Invalid(gettext("Only people of the project's team can decide."), "people")
    return [{"id": str(pk), "name": found[pk]} for pk in dict.fromkeys(ids)]


def _phase(project: Project, pk: UUID | None) -> Phase | None:
    if pk is None:
        return None
    found = Phase.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise Invalid(gettext("There is no such phase."), "phase")
    return found


def _require_no_gap(project: Project) -> None:
    """Refused with the gap named. While a project is founded, people are still to be appointed."""
    if project.state != ProjectState.ACTIVE:
        return
    if found := gaps.of_project(project):
        raise Invalid(gettext(_NOBODY) % {"gaps": " ".join(found)}, "deciders")
