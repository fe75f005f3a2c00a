"""Raising and correcting deviations."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from tospann.actions.models import Action
from tospann.cases.models import Case
from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project
from tospann.risks.commands import keeping
from tospann.risks.commands.keeping import is_own_or_kept
from tospann.risks.models import Deviation, DeviationState


@command(needs=Power.RAISE)
def raise_deviation(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    cause: OptionalText = "",
    consequence: OptionalText = "",
    corrective_action: OptionalText = "",
    owner: UUID | None = None,
    due_on: date | None = None,
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Deviation:
    """Raise a deviation"""
    deviation = Deviation(
        id=id,
        title=title,
        cause=cause,
        consequence=consequence,
        corrective_action=corrective_action,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
        **keeping.start(actor, project, owner, due_on),
    )
    deviation.save()
    return deviation


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def change_deviation(
    actor: Actor,
    deviation: Deviation,
    *,
    title: Line,
    cause: OptionalText = "",
    consequence: OptionalText = "",
    corrective_action: OptionalText = "",
    due_on: date | None = None,
) -> Deviation:
    """Change a deviation"""
    keeping.must_be_open(deviation)
    values = {
        "title": title,
        "cause": cause,
        "consequence": consequence,
        "corrective_action": corrective_action,
        "due_on": due_on,
    }
    keeping.change(deviation, values)
    return deviation


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def correct_deviation(actor: Actor, deviation: Deviation, *, corrective_action: Text) -> Deviation:
    """Correct a deviation"""
    keeping.must_be_open(deviation)
    values = {"state": DeviationState.CORRECTED, "corrective_action": corrective_action}
    keeping.change(deviation, values)
    return deviation


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def reopen_deviation(actor: Actor, deviation: Deviation) -> Deviation:
    """Reopen a deviation"""
    if deviation.is_open:
        raise Invalid(gettext("This is already open."))
    keeping.change(deviation, {"state": DeviationState.OPEN})
    return deviation


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def hand_over_deviation(actor: Actor, deviation: Deviation, *, owner: UUID | None) -> Deviation:
    """Hand over a deviation"""
    keeping.hand_over(deviation, owner)
    return deviation


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def act_on_deviation(
    actor: Actor,
    deviation: Deviation,
    *,
    id: UUID,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Make an action of a deviation"""
    return keeping.act_on(actor, deviation, id, title, owner, due_on)


@command(needs=Power.PREPARE, undoable=False)
def raise_deviation_as_case(actor: Actor, deviation: Deviation, *, id: UUID) -> Case:
    """Raise a deviation as a case"""
    parts = (
        (gettext("Cause"), deviation.cause),
        (gettext("Consequence"), deviation.consequence),
        (gettext("Corrective action"), deviation.corrective_action),
    )
    return keeping.raise_case(actor, deviation, id, keeping.told(*parts))
