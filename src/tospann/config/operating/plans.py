"""Plans from the command line: importing one as the page does it, making one again to compare."""

import argparse
from typing import Any

from tospann.config.operating.refusals import Refused, say


def import_plan(asked: argparse.Namespace) -> int:
    """Read the file in a child process with limits, say what came of it."""
    import django

    django.setup()
    from tospann.config.operating import database

    database.prepare()
    from tospann.foundation.errors import CommandError
    from tospann.planning import imports
    from tospann.projects.models import Project

    project = Project.objects.filter(key=asked.project.upper()).first()
    if project is None:
        raise Refused(f"There is no project {asked.project}.")
    if not asked.file.is_file():
        raise Refused(f"There is no file {asked.file}.")
    actor = actor_of(asked.email)
    try:
        say(imports.account(imports.import_file(actor, project, asked.file)))
    except CommandError as error:
        raise Refused(error.message) from error
    return 0


def replay(asked: argparse.Namespace) -> int:
    """Make a project's plan again from its revisions; 1 when it is not the plan that is kept."""
    import django

    django.setup()
    from tospann.config.operating import database
    from tospann.planning.models import Plan
    from tospann.planning.revisions.replay import replay as replayed

    if database.is_empty():
        raise Refused("There are no plans: the database is empty. Is --data right?")
    head = Plan.objects.filter(project__key=asked.project.upper()).first()
    if head is None:
        raise Refused(f"There is no project {asked.project} with a plan.")
    found = replayed(head)
    for fault in found.faults:
        say(f"FAULT  {fault}")
    how_many = f"{found.revisions} revision{'' if found.revisions == 1 else 's'}"
    if found.faults:
        say(f"The plan is not what its {how_many} make it.")
        return 1
    say(f"{how_many}, {head.task_count} tasks  OK  {found.content_hash[:16]}")
    return 0


def actor_of(email: str | None) -> Any:
    from tospann.foundation.authority import SYSTEM
    from tospann.people.actors import actor_for
    from tospann.people.models import Person

    if not email:
        return SYSTEM
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(f"Nobody who can sign in has the address {email}.")
    return actor_for(person)
