"""Scenarios proposed, computed anew, withdrawn, and decided: once, for all their projects."""

from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, Field

from tospann.cases.commands import record_across
from tospann.foundation.arguments import Line, OptionalLine, OptionalText, Text
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Mandate, Power, Sentence, rule
from tospann.foundation.commands import Operation, command, perform_all
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.transactions import hold, next_number
from tospann.people.models import Organisation, Person
from tospann.portfolio import scenarios
from tospann.portfolio.models import Scenario, ScenarioProject, ScenarioState
from tospann.portfolio.what_if import MOST_CHOSEN, Choice
from tospann.projects.models import Project, ProjectState
from tospann.projects.queries import sees_project

CHANGES = frozenset({"planning.apply_edits", "projects.move_gate"})
"""What a scenario may do, whatever is stored."""
_OVER = gettext_noop("The scenario is decided or withdrawn. It was not decided twice.")
_NOT_HERS = gettext_noop("Whoever proposed a scenario does this, or the portfolio leader.")
_MOVED = gettext_noop(
    "Plans, gates or budgets have changed since the scenario was computed. Nothing was decided; "
    "compute it anew, and read it."
)


class HasMoved(CommandError):
    """The scenario is no longer what it was computed as, or not what was read."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext(_MOVED))


class Chosen(BaseModel):
    """A project, and by how many weeks it begins later; none is a stop."""

    project: UUID
    weeks: Annotated[int, Field(ge=1, le=260)] | None = None


SomeChoices = Annotated[list[Chosen], Field(min_length=1, max_length=MOST_CHOSEN)]


def is_open(_actor: Actor, scenario: Scenario) -> Sentence | None:
    return None if scenario.is_open else Sentence(_OVER)


def is_hers(actor: Actor, scenario: Scenario) -> Sentence | None:
    """Whoever proposed it, or decides about the portfolio; while it waits."""
    if not scenario.is_open:
        return Sentence(_OVER)
    leads = rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide
    return None if leads or scenario.proposed_by_id == actor.person_id else Sentence(_NOT_HERS)


@command(needs=Power.HAND_IN_IDEAS, undoable=False)
def propose_scenario(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    title: Line,
    recommendation: Text,
    choices: SomeChoices,
) -> Scenario:
    """Propose that projects begin later or stop

    What it does to each project is computed and kept. The portfolio leader decides.
    """
    wanted = [one.project for one in choices]
    if len(set(wanted)) < len(wanted):
        raise Invalid(gettext("Each project is there once."), "choices")
    if not scenarios.may_propose(actor, wanted):
        raise NotAllowed(gettext("You propose this for projects you lead."))
    known = Project.objects.exclude(state=ProjectState.CLOSED).in_bulk(wanted)
    if len(known) < len(wanted):
        raise Invalid(gettext("One of the projects is not there, or closed."), "choices")
    made = Scenario(
        id=id,
        number=next_number(ORGANISATION_SCOPE),
        title=title,
        recommendation=recommendation,
        choices=[one.model_dump(mode="json") for one in choices],
        proposed_by=Person.objects.get(pk=str(actor.person_id)),
    )
    _compute(made, [Choice(known[one.project], one.weeks) for one in choices])
    made.save()
    touched = [ScenarioProject(scenario=made, project=one) for one in known.values()]
    ScenarioProject.objects.bulk_create(touched)
    return made


@command(needs=Power.HAND_IN_IDEAS, undoable=False, only_if=is_hers)
def compute_scenario(actor: Actor, scenario: Scenario) -> Scenario:
    """Compute a scenario anew

    On the plans as they are now; the choices stay.
    """
    _compute(scenario, scenarios.choices_of(scenario))
    scenario.save()
    return scenario


@command(needs=Power.HAND_IN_IDEAS, undoable=False, only_if=is_hers)
def withdraw_scenario(actor: Actor, scenario: Scenario) -> Scenario:
    """Withdraw a scenario"""
    scenario.state = ScenarioState.WITHDRAWN
    scenario.save()
    return scenario


@command(needs=Power.DECIDE_PORTFOLIO, undoable=False, only_if=is_open)
def decide_scenario(
    actor: Actor,
    scenario: Scenario,
    *,
    answer: Literal["approved", "rejected"],
    reason: OptionalText = "",
    seen: OptionalLine = "",
) -> Scenario:
    """Decide that projects begin later or stop

    ``seen`` is the ``content_hash`` that was read. Approved, all the projects are changed
    together, or none; rejected, with a reason, none is.
    """
    touched = list(
        ScenarioProject.objects.filter(scenario=scenario).values_list("project_id", flat=True)
    )
    if not all(sees_project(actor, pk) for pk in touched):
        raise NotAllowed(gettext("You do not see every project this is about."))
    hold(touched)  # in the order of their ids, before anything of theirs is read
    operations = _chosen(scenario, answer, reason, seen)
    allowed = frozenset(one.fingerprint() for one in operations)
    under = actor.under(Mandate(scenario.pk, new_id(), allowed, frozenset(touched)))
    perform_all(under, operations)
    _write_down(under, scenario, answer, reason, operations, touched)
    return scenario


def _compute(scenario: Scenario, choices: list[Choice]) -> None:
    found = scenarios.compute(choices)
    scenario.operations, scenario.effects = found.operations, found.effects
    scenario.people, scenario.inputs_hash = found.people, found.inputs_hash
    scenario.content_hash = scenarios.content_hash(scenario)
    scenario.computed_at = timezone.now()


def _chosen(scenario: Scenario, answer: str, reason: str, seen: str) -> list[Operation]:
    """What was read, as it was computed, on what still is so."""
    if answer == "rejected":
        if not reason:
            raise Invalid(
                gettext("Say why it is rejected: whoever proposed it reads it."), "reason"
            )
        return []
    as_read = not seen or seen == scenario.content_hash
    as_kept = scenarios.content_hash(scenario) == scenario.content_hash
    if not (as_read and as_kept) or scenarios.is_stale(scenario):
        raise HasMoved
    operations = [Operation.from_json(one) for one in scenario.operations]
    if any(one.command not in CHANGES for one in operations):
        raise NotAllowed(gettext("A scenario changes plans and days of gates, and nothing else."))
    return operations


def _write_down(
    actor: Actor,
    scenario: Scenario,
    answer: str,
    reason: str,
    operations: list[Operation],
    touched: list[UUID],
) -> None:
    """The decision with the scenario, and its part in the log of each project."""
    scenario.state, scenario.reason = ScenarioState(answer), reason
    scenario.decided_by_id, scenario.decided_at = actor.person_id, timezone.now()
    scenario.operations_hash = digest(canonical([one.to_json() for one in operations]))
    scenario.save()
    weeks = {one["project"]: one["weeks"] for one in scenario.choices}
    for project in Project.objects.filter(pk__in=touched).order_by("pk"):
        record_across(
            actor,
            project,
            id=new_id(),
            title=scenario.title,
            chosen=scenario.short_id,
            is_rejected=answer == "rejected",
            reason=reason,
            operations_hash=scenario.operations_hash,
            evidence={
                "scenario": scenario.short_id,
                "content_hash": scenario.content_hash,
                "weeks": weeks[str(project.pk)],
            },
            born_in=f"portfolio.scenario:{scenario.pk}",
            born_label=scenario.short_id,
            born_link=f"/portfolio/scenarios/{scenario.number}",
        )
