"""Looking for the best levelling, which takes longer than a page may."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.errors import CommandError
from tospann.jobs import progress
from tospann.jobs.models import Progress
from tospann.jobs.progress import WorkFailed, reported
from tospann.jobs.queue import job
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning import queries
from tospann.planning.load import levelling
from tospann.planning.load.levelling import Asked
from tospann.projects.queries import project as project_of

_WHY = gettext_noop("%(why)s")


@job(retries=1, queue="engine")
def level_thoroughly(work: str, key: str, person: str, order: str, within_slack: bool) -> None:
    """A draft with the best levelling that is found, for the person who asked."""
    if Progress.objects.filter(pk=UUID(work), state="done").exists():
        return
    who = Person.objects.get(pk=UUID(person))
    with reported(work), translation.override(who.language or settings.LANGUAGE_CODE):
        actor = actor_for(who)
        head = queries.existing_plan(project_of(actor, key))
        asked = Asked("best", order, within_slack)
        try:
            made = levelling.draft(
                actor, head, asked, lambda done, total: progress.report(work, done, total)
            )
        except CommandError as error:
            raise WorkFailed(Sentence(_WHY, {"why": error.message})) from None
        progress.finish(work, reverse("draft_load", args=[key, made.pk]))
