"""Progress of long work: begun with the request, reported by the job, shown until it is over.

work = progress.begin(actor.person_id, Sentence(gettext_noop("Importing the plan")))
import_plan.enqueue(work=str(work.pk), …)
return go(request, progress.address(work))
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.jobs.models import Progress, ProgressState

_FAILED = gettext_noop("Something went wrong. Nothing was changed.")


class WorkFailed(Exception):
    """Raised by a job to say to the person, in a sentence, why the work cannot be done."""

    def __init__(self, because: Sentence) -> None:
        super().__init__(because.msgid)
        self.because = because


def begin(person: UUID, title: Sentence, total: int = 0) -> Progress:
    """Write down that the work is waiting to be done."""
    return Progress.objects.create(person_id=person, title=title.to_json(), total=total)


def address(work: Progress) -> str:
    return reverse("job_progress", args=[work.pk])


def report(work: UUID | str, done: int, total: int | None = None) -> None:
    """How far the work has come."""
    values = {} if total is None else {"total": total}
    _update(work, done=done, state=ProgressState.RUNNING, **values)


def finish(work: UUID | str, link: str = "") -> None:
    """The work is done; ``link`` is where its result is."""
    _update(work, state=ProgressState.DONE, link=link)


def fail(work: UUID | str, because: Sentence) -> None:
    _update(work, state=ProgressState.FAILED, error=because.to_json())


@contextmanager
def reported(work: UUID | str) -> Iterator[None]:
    """Around a job's work: a failure is shown, and tried again when it may pass."""
    report(work, 0)
    try:
        yield
    except WorkFailed as error:
        fail(work, error.because)
    except Exception:
        fail(work, Sentence(_FAILED))
        raise


def _update(work: UUID | str, **values: object) -> None:
    Progress.objects.filter(pk=work).update(updated_at=timezone.now(), **values)
