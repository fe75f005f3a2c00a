"""Raising, assessing and closing risks and opportunities."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext

from tospann.actions.models import Action
from tospann.cases.models import Case
from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project
from tospann.risks import matrix
from tospann.risks.commands import keeping
from tospann.risks.commands.keeping import Level, is_own_or_kept
from tospann.risks.models import Risk, RiskState

Kind = Literal["threat", "opportunity"]
Closed = Literal["occurred", "closed"]


@command(needs=Power.RAISE)
def raise_risk(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    kind: Kind = "threat",
    cause: OptionalText = "",
    event: OptionalText = "",
    effect: OptionalText = "",
    probability: Level | None = None,
    impact: Level | None = None,
    residual_probability: Level | None = None,
    residual_impact: Level | None = None,
    proximity: OptionalLine = "",
    strategy: OptionalLine = "",
    owner: UUID | None = None,
    due_on: date | None = None,
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Risk:
    """Raise a risk"""
    matrix.require_known(project, proximity=proximity, strategy=strategy)
    risk = Risk(
        id=id,
        title=title,
        kind=kind,
        cause=cause,
        event=event,
        effect=effect,
        probability=probability,
        impact=impact,
        residual_probability=residual_probability,
        residual_impact=residual_impact,
        proximity=proximity,
        strategy=strategy,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
        **keeping.start(actor, project, owner, due_on),
    )
    risk.save()
    return risk


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def change_risk(
    actor: Actor,
    risk: Risk,
    *,
    title: Line,
    kind: Kind = "threat",
    cause: OptionalText = "",
    event: OptionalText = "",
    effect: OptionalText = "",
    probability: Level | None = None,
    impact: Level | None = None,
    residual_probability: Level | None = None,
    residual_impact: Level | None = None,
    proximity: OptionalLine = "",
    strategy: OptionalLine = "",
    due_on: date | None = None,
) -> Risk:
    """Change a risk"""
    keeping.must_be_open(risk)
    matrix.require_known(risk.project, proximity=proximity, strategy=strategy, risk=risk)
    values = {
        "title": title,
        "kind": kind,
        "cause": cause,
        "event": event,
        "effect": effect,
        "probability": probability,
        "impact": impact,
        "residual_probability": residual_probability,
        "residual_impact": residual_impact,
        "proximity": proximity,
        "strategy": strategy,
        "due_on": due_on,
    }
    keeping.change(risk, values)
    return risk


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def close_risk(actor: Actor, risk: Risk, *, state: Closed = "closed", reason: Text) -> Risk:
    """Close a risk"""
    keeping.must_be_open(risk)
    keeping.change(risk, {"state": RiskState(state), "reason": reason})
    return risk


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def reopen_risk(actor: Actor, risk: Risk) -> Risk:
    """Reopen a risk"""
    if risk.is_open:
        raise Invalid(gettext("This is already open."))
    keeping.change(risk, {"state": RiskState.OPEN, "reason": ""})
    return risk


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def hand_over_risk(actor: Actor, risk: Risk, *, owner: UUID | None) -> Risk:
    """Hand over a risk"""
    keeping.hand_over(risk, owner)
    return risk


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def add_measure(
    actor: Actor,
    risk: Risk,
    *,
    id: UUID,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Add a measure to a risk"""
    return keeping.act_on(actor, risk, id, title, owner, due_on)


@command(needs=Power.PREPARE, undoable=False)
def raise_risk_as_case(actor: Actor, risk: Risk, *, id: UUID) -> Case:
    """Raise a risk as a case"""
    parts = (
        (gettext("Cause"), risk.cause),
        (gettext("Event"), risk.event),
        (gettext("Effect"), risk.effect),
    )
    return keeping.raise_case(actor, risk, id, keeping.told(*parts))
