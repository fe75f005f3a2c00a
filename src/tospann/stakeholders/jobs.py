"""Once a day: people are told which of their promises are due today."""

from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import ProjectState
from tospann.stakeholders import queries
from tospann.stakeholders.models import Promise, PromiseState

_DUE = gettext_noop("You promised “%(text)s” to %(whom)s by today.")


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
