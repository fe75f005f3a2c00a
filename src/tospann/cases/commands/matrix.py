"""Keeping the authority matrix: who decides what, above which limit."""

from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext
from pydantic import Field

from tospann.cases.models import (
    AuthorityRule,
)
from tospann.foundation.arguments import Key, OptionalLine
from tospann.foundation.authority import (
    Actor,
    Power,
    Role,
)
from tospann.foundation.commands import (
    command,
)
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project

Limit = Annotated[Decimal, Field(max_digits=16, decimal_places=2)]


@command(needs=Power.SET_LIMITS, kind="authority", undoable=False)
def add_authority_rule(
    actor: Actor,
    project: Project,
    *,
    kind: Key,
    measure: OptionalLine = "",
    operator: Literal[">", "<"] = ">",
    limit: Limit | None = None,
    deciders: list[Role],
    mode: Literal["any", "all"] = "any",
) -> AuthorityRule:
    """Add a row to the authority matrix"""
    if not deciders:
        raise Invalid(gettext("Say who decides."), "deciders")
    if bool(measure) != (limit is not None):
        raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "limit")
    added = AuthorityRule(
        project=project,
        position=AuthorityRule.objects.filter(project=project).count() + 1,
        kind=kind,
        measure=measure,
        operator=operator,
        limit=limit,
        deciders=[str(role) for role in deciders],
        mode=mode,
    )
    added.save()
    return added


@command(needs=Power.SET_LIMITS, kind="authority")
def change_authority_rule(
    actor: Actor, rule: AuthorityRule, *, limit: Limit | None = None, deciders: list[Role]
) -> AuthorityRule:
    """Change a row of the authority matrix"""
    if rule.measure and limit is None:
        raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "limit")
    if not deciders:
        raise Invalid(gettext("Say who decides."), "deciders")
    rule.limit = limit if rule.measure else None
    rule.deciders = [str(role) for role in deciders]
    rule.save()
    return rule
