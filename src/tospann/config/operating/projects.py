"""``tospann delete-project``: a whole project goes, and a tombstone stays."""

import argparse
import sys

import django

from tospann.config.operating.refusals import Refused, say


def delete_project(asked: argparse.Namespace) -> int:
    """Asks for the key to be typed once more; says what is gone, and what has been left."""
    django.setup()
    from tospann.config.operating import database

    database.prepare()
    from tospann.foundation.errors import CommandError
    from tospann.foundation.ids import new_id
    from tospann.people.actors import actor_for
    from tospann.people.queries import organisation, person_by_email
    from tospann.projects.commands import delete_project as delete
    from tospann.projects.models import Project

    person = person_by_email(asked.by)
    if person is None:
        raise Refused(f"Nobody here has the address {asked.by}.")
    project = Project.objects.filter(key=asked.project.upper()).first()
    if project is None:
        raise Refused(f"There is no project {asked.project}.")
    typed = asked.typed or _typed(project.key, project.name)
    try:
        left = delete(
            actor_for(person),
            organisation(),
            id=new_id(),
            project=project.pk,
            typed=typed,
            reason=asked.reason,
        )
    except CommandError as error:
        raise Refused(error.message) from None
    for table, number in sorted(left.removed.items()):
        say(f"removed {number:>7}  {table}")
    say(f"{left.name} is gone. Its log ended at act {left.chain_sequence}, {left.chain_hash}.")
    say("Its files go with the next collection (tospann gc), a day from now at the earliest.")
    return 0


def _typed(key: str, name: str) -> str:
    say(f"Everything in “{name}” goes for good. Make a backup first. Type {key} to go on:")
    return sys.stdin.readline().strip()
