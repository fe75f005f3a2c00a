"""Once a day: people are told which promises, and what of the communication plan, are due today."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects import queries as projects
from tospann.projects.models import ProjectState
from tospann.stakeholders import communicating, queries
from tospann.stakeholders.models import CommunicationItem, Promise, PromiseState

_DUE = gettext_noop("You promised “%(text)s” to %(whom)s by today.")
_TELL = gettext_noop("“%(title)s” is to be told by today, as the communication plan says.")


@every("daily 06:05")
@job()
def tell_what_is_promised_today() -> int:
    """One notice for each promise; running it again tells nobody twice."""
    today = timezone.localdate()
    due = Promise.objects.filter(state=PromiseState.OPEN, due_on=today, by_person__isnull=False)
    due = due.exclude(project__state=ProjectState.CLOSED)
    listed = due.select_related("project", "to_person", "to_contact").order_by("pk")
    return sum(_tell(one, f"due:{today}:{one.pk}") for one in listed)


def _tell(one: Promise, key: str) -> int:
    said = Sentence(_DUE, {"text": one.text, "whom": queries.whom(one)})
    link = one.get_absolute_url()
    return tell([one.by_person_id], Kind.DUE, said, link, key=key, project=one.project)


@every("daily 06:15")
@job()
def tell_what_is_told_today() -> int:
    """To whoever is responsible, else the coordinators; running it again tells nobody twice."""
    today = timezone.localdate()
    due = communicating.due(today).filter(next_on=today).exclude(project__state=ProjectState.CLOSED)
    listed = due.select_related("project").order_by("pk")
    return sum(_tell_of_plan(one, f"due:{today}:{one.pk}") for one in listed)


def _tell_of_plan(one: CommunicationItem, key: str) -> int:
    said = Sentence(_TELL, {"title": one.title})
    people = [one.responsible_id] if one.responsible_id else _coordinators(one)
    return tell(people, Kind.DUE, said, one.get_absolute_url(), key=key, project=one.project)


def _coordinators(one: CommunicationItem) -> list[UUID]:
    found = projects.holders(one.project_id, [Role.COORDINATOR])
    return found or projects.holders(one.project_id, [Role.MANAGER])
