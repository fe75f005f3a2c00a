"""What money does in the background: recording large files, and forgetting those left behind."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop, override

from tospann.budget import posting
from tospann.budget.commands.imports import import_costs, prepared
from tospann.budget.importing import checking, staging
from tospann.budget.models import CostBatch, StagedCosts
from tospann.foundation.authority import Actor, Sentence
from tospann.foundation.errors import CommandError
from tospann.jobs import progress
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.people.actors import actor_for
from tospann.people.models import Person

TITLE = gettext_noop("Recording costs")
FAILED = gettext_noop("Nothing was recorded. %(why)s")


def begin(actor: Actor, staged: StagedCosts, language: str) -> str:
    """Put the work in the queue; the address of its progress."""
    assert actor.person_id is not None
    work = progress.begin(actor.person_id, Sentence(TITLE), total=int(staged.report["rows"]))
    record_file.enqueue(
        work=str(work.pk), staged=str(staged.pk), person=str(actor.person_id), language=language
    )
    return progress.address(work)


@job(retries=2)
def record_file(*, work: str, staged: str, person: str, language: str) -> str:
    """Record a file of costs as the person who asked for it."""
    with progress.reported(work), override(language):
        found = StagedCosts.objects.filter(pk=staged).select_related("project").first()
        who = Person.objects.filter(pk=person, is_active=True).first()
        if found is None or who is None:
            return _was_done(work, staged)
        key = found.project.key
        try:
            batch = record(actor_for(who), found, work)
        except CommandError as error:
            raise progress.WorkFailed(Sentence(FAILED, {"why": error.message})) from error
        progress.finish(work, reverse("cost_batch", args=[key, batch.number]))
        return str(batch.pk)


def record(actor: Actor, staged: StagedCosts, work: str | None = None) -> CostBatch:
    """Try the rows before anybody has to wait for it, then record them all at once."""
    book = posting.book(staged.project_id)
    tell = (lambda done, all_: progress.report(work, done, all_)) if work else None
    checked = checking.check(staging.content_of(staged), staged.mapping, book, tell)
    token = prepared.set((staged.pk, book, checked))
    try:
        return import_costs(
            actor, staged.project, id=staged.pk, staged=staged.pk, file_hash=staged.file_hash
        )
    finally:
        prepared.reset(token)


def _was_done(work: str, staged: str) -> str:
    """Tried again after it was done: the batch has the id of what was staged."""
    batch = CostBatch.objects.filter(pk=UUID(staged)).select_related("project").first()
    link = reverse("cost_batch", args=[batch.project.key, batch.number]) if batch else ""
    progress.finish(work, link)
    return staged


@every("daily 03:45")
@job()
def forget_cost_files() -> int:
    """Remove files of costs that were read and never recorded."""
    return staging.forget_expired()
