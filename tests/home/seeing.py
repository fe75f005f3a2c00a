"""What the tests of the front pages share: signing in, and filling a project."""

from datetime import timedelta

from django.utils import timezone

from tospann.actions import commands as actions
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.projects import commands as projects
from tospann.projects.models import GoalLevel

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client, person):
    client.force_login(person, BACKEND)
    return client


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def fill(made, rows):
    """So many milestones, tasks, actions and goals, some of them late."""
    owner = made.people["member"].pk
    planned = [
        row
        for number in range(rows)
        for row in (
            PlannedRow(f"Milepæl {number}", 1, day(number - 1), day(number - 1), milestone=True),
            PlannedRow(f"Oppgave {number}", 1, day(-3), day(number), responsible=owner),
        )
    ]
    planning.start_plan(made.coordinator, made.project, edits=outline_edits(planned))
    for number in range(rows):
        actions.add_action(
            made.coordinator,
            made.project,
            id=new_id(),
            title=f"Aksjon {number}",
            owner=owner,
            due_on=day(number - 1),
        )
        goal = projects.add_goal(
            made.owner,
            made.project,
            id=new_id(),
            level=GoalLevel.OUTPUT,
            description=f"Målet <{number}>",
        )
        projects.add_success_criterion(made.owner, goal, id=new_id(), text=f"Kriterium {number}")
    return made


def appoint(made, person, role):
    projects.appoint(SYSTEM, made.project, person=person.pk, role=role)
