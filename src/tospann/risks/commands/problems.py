"""Raising and solving problems."""

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
from tospann.risks.models import Problem, ProblemState


@command(needs=Power.RAISE)
def raise_problem(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    description: OptionalText = "",
    owner: UUID | None = None,
    due_on: date | None = None,
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Problem:
    """Raise a problem"""
    problem = Problem(
        id=id,
        title=title,
        description=description,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
        **keeping.start(actor, project, owner, due_on),
    )
    problem.save()
    return problem


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def change_problem(
    actor: Actor,
    problem: Problem,
    *,
    title: Line,
    description: OptionalText = "",
    solution: OptionalText = "",
    due_on: date | None = None,
) -> Problem:
    """Change a problem"""
    keeping.must_be_open(problem)
    values = {"title": title, "description": description, "solution": solution, "due_on": due_on}
    keeping.change(problem, values)
    return problem


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def solve_problem(actor: Actor, problem: Problem, *, solution: Text) -> Problem:
    """Solve a problem"""
    keeping.must_be_open(problem)
    keeping.change(problem, {"state": ProblemState.SOLVED, "solution": solution})
    return problem


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def reopen_problem(actor: Actor, problem: Problem) -> Problem:
    """Reopen a problem"""
    if problem.is_open:
        raise Invalid(gettext("This is already open."))
    keeping.change(problem, {"state": ProblemState.OPEN})
    return problem


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def hand_over_problem(actor: Actor, problem: Problem, *, owner: UUID | None) -> Problem:
    """Hand over a problem"""
    keeping.hand_over(problem, owner)
    return problem


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def act_on_problem(
    actor: Actor,
    problem: Problem,
    *,
    id: UUID,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Make an action of a problem"""
    return keeping.act_on(actor, problem, id, title, owner, due_on)


@command(needs=Power.PREPARE, undoable=False)
def raise_problem_as_case(actor: Actor, problem: Problem, *, id: UUID) -> Case:
    """Raise a problem as a case"""
    parts = (
        (gettext("Problem"), problem.description),
        (gettext("Solution"), problem.solution),
    )
    return keeping.raise_case(actor, problem, id, keeping.told(*parts))
