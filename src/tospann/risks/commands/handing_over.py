"""What a person leaves behind."""

from tospann.foundation.authority import Actor
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.risks import queries
from tospann.risks.commands.deviations import hand_over_deviation
from tospann.risks.commands.problems import hand_over_problem
from tospann.risks.commands.risks import hand_over_risk
from tospann.risks.models import Problem, Risk


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """Give a person's open rows to another, where she is on the team; else to nobody (yet)."""
    for row in queries.open_rows_of(person):
        can = to is not None and to.pk in projects.on_team(row.project_id)
        owner = to.pk if to and can else None
        if isinstance(row, Risk):
            hand_over_risk(actor, row, owner=owner)
        elif isinstance(row, Problem):
            hand_over_problem(actor, row, owner=owner)
        else:
            hand_over_deviation(actor, row, owner=owner)
