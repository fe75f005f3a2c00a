"""A closing from its beginning to the decision. Open cases are decided, or carried on by name."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.cases.models import Case, Decision
from tospann.closing.models import CarriedOn, Closing
from tospann.closing.queries import left, readiness
from tospann.foundation.arguments import Line, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.projects.models import Phase, PhaseState, Project, ProjectState

_CLOSED = gettext_noop("The project is closed.")
_NOT_CLOSED = gettext_noop("The project is not closed.")
_OPEN = gettext_noop(
    "These cases are still open: %(cases)s. Decide them, withdraw them, or say who carries them on."
)


def not_closed(_actor: Actor, closing: Closing) -> Sentence | None:
    closed = Project.objects.filter(pk=closing.project_id, state=ProjectState.CLOSED).exists()
    return Sentence(_CLOSED) if closed else None


def is_closed(_actor: Actor, closing: Closing) -> Sentence | None:
    return None if not_closed(_actor, closing) else Sentence(_NOT_CLOSED)


def may_end(actor: Actor, closing: Closing) -> Sentence | None:
    """Not while it is closed already, and not with open cases that nobody carries on."""
    return not_closed(actor, closing) or open_ends(closing.project)


def open_ends(project: Project) -> Sentence | None:
    """Why the project cannot be closed: the open cases, by name."""
    found = left.cases_in_the_way(project)
    if not found:
        return None
    listed = "; ".join(f"{project.key}-{one.number} {one.title}" for one in found[:5])
    more = f" (+{len(found) - 5})" if len(found) > 5 else ""
    return Sentence(_OPEN, {"cases": listed + more})


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def begin_closing(actor: Actor, project: Project, *, id: UUID) -> Closing:
    """Begin to close the project"""
    if Closing.objects.filter(project=project).exists():
        raise Invalid(gettext("The closing has begun already."))
    closing = Closing(id=id, project=project, begun_by_id=actor.person_id)
    closing.save()
    return closing


@command(needs=Power.KEEP_REGISTERS, only_if=not_closed)
def write_closing(
    actor: Actor, closing: Closing, *, summary: OptionalText = "", handed_over_to: OptionalLine = ""
) -> Closing:
    """Write how the project went"""
    closing.summary, closing.handed_over_to = summary, handed_over_to
    closing.save()
    return closing


@command(needs=Power.KEEP_REGISTERS, only_if=not_closed)
def carry_on_case(
    actor: Actor, closing: Closing, *, id: UUID, case: UUID, to: Line, why: Text
) -> CarriedOn:
    """Carry an open case on after closing"""
    found = Case.objects.filter(project=closing.project_id, pk=case).first()
    if found is None:
        raise Invalid(gettext("There is no such case in this project."), "case")
    if CarriedOn.objects.filter(case=found).exists():
        raise Invalid(gettext("Somebody carries this case on already."), "case")
    carried = CarriedOn(id=id, project_id=closing.project_id, case=found, to=to, why=why)
    carried.save()
    return carried


@command(needs=Power.KEEP_REGISTERS)
def drop_carrying_on(actor: Actor, carried: CarriedOn) -> None:
    """Not carry a case on after all"""
    if carried.case.project.state == ProjectState.CLOSED:
        raise Invalid(gettext(_CLOSED))
    carried.delete()


@command(needs=Power.CLOSE_PROJECT, kind="closing", only_if=may_end, undoable=False)
def close_project(actor: Actor, closing: Closing, *, text: Text) -> Closing:
    """Close the project

    ``text`` is what is decided on: how it went, what is left, and who takes it over.
    """
    if said := may_end(actor, closing):
        raise Invalid(str(said))
    project = closing.project
    _keep(actor, closing, text)
    project.state = ProjectState.CLOSED
    project.save()
    _end_phases(project)
    return closing


def _keep(actor: Actor, closing: Closing, reason: str) -> None:
    """Who closed it, when, why, and what the decision rested on."""
    closing.picture = readiness.picture(closing.project)
    closing.reason, closing.closed_at = reason, timezone.now()
    closing.closed_by_id = actor.person_id
    closing.save()


def closed_by_gate(actor: Actor, project: Project) -> None:
    """A gate closes the project as well: the same is written down, begun before or not."""
    closing = Closing.objects.filter(project=project).first()
    if closing is None:
        closing = Closing(id=new_id(), project=project, begun_by_id=actor.person_id)
    _keep(actor, closing, _why(actor))


def _why(actor: Actor) -> str:
    """The reason of the decision that is being carried out."""
    if actor.mandate is None:
        return ""
    found = Decision.objects.filter(pk=actor.mandate.decision_id).first()
    return found.reason if found else ""


def _end_phases(project: Project) -> None:
    for phase in Phase.objects.filter(project=project, state=PhaseState.CURRENT):
        phase.state, phase.finished_at = PhaseState.DONE, timezone.now()
        phase.save()


@command(needs=Power.CLOSE_PROJECT, kind="closing", only_if=is_closed, undoable=False)
def reopen_project(actor: Actor, closing: Closing, *, text: Text) -> Closing:
    """Open a closed project again"""
    project = closing.project
    closing.closed_at, closing.closed_by_id = None, None
    closing.reason, closing.picture = text, {}
    closing.save()
    project.state = ProjectState.ACTIVE
    project.save()
    return closing
