"""A colleague with something of everything this week, made through the commands people use."""

from datetime import timedelta

from django.utils import timezone
from tests.meetings import meet

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.documents import commands as documents
from tospann.documents import files
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning.skeleton import PlannedRow, outline_edits


def today():
    return timezone.localdate()


def add_action(made, title="Ring <leverandøren>", days=0, owner=Role.MEMBER):
    values = {"title": title, "owner": made.people[owner].pk, "due_on": today()}
    values["due_on"] += timedelta(days=days)
    return actions.add_action(made.coordinator, made.project, id=new_id(), **values)


def start_plan(made, *names, days=10, owner=Role.MEMBER):
    """Tasks that are under way and end later than this week."""
    first, person = today() - timedelta(days=1), made.people[owner].pk
    last = first + timedelta(days=days)
    rows = [PlannedRow("Fase", 1)]
    rows += [PlannedRow(name, 2, first, last, responsible=person) for name in names]
    return planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))


def check_out(made, name="Kontrakt.txt"):
    kept = files.keep(b"Innhold", name)
    document = documents.add_document(
        made.coordinator,
        made.project,
        id=new_id(),
        name=name,
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain",
    )
    return documents.check_out(made.member, document)


def call(made, title="Byggemøte <7>", days=1):
    """A meeting within the days to come, with the member among those who are called."""
    return meet.planned(made, title, days=days, minutes_by=made.people[Role.MEMBER].pk)


def again(record):
    return type(record).objects.get(pk=record.pk)


def action(number):
    return Action.objects.get(number=number)
