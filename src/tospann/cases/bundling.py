"""The job's work: a case's file made, made again when a paper changed meanwhile, kept, and sent."""

from uuid import UUID

import structlog
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann import seals
from tospann.cases import binding, bundles
from tospann.cases.commands import send_bundle
from tospann.cases.models import OPEN_STATES, Bundle, BundleState, CaseState
from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.models import Attachment, Document
from tospann.foundation.authority import SYSTEM, Actor, Sentence
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.jobs import confined, progress
from tospann.people.actors import actor_for

log = structlog.get_logger()
TURNS = 3
_RESTLESS = gettext_noop("The papers keep changing. Try again when they are settled.")
_TOO_LONG = gettext_noop("The papers are too many pages for one file.")
_TOO_HARD = gettext_noop(
    "The papers could not be made into one file. Try again without the largest of them."
)


def make(bundle: Bundle) -> Bundle | None:
    """Make the file. A paper that changes while it is made is told, and the file is made again."""
    case = bundle.case
    reader = actor_for(bundle.asked_by) if bundle.asked_by else SYSTEM
    told: list[str] = []
    for _turn in range(TURNS):
        papers = bundles.appended(case)
        made = _bound(bundle, papers, reader)
        changed = _changed(papers, bundles.appended(case))
        if not changed:
            return _keep(bundle, made, told)
        told += [name for name in changed if name not in told]
    _update(bundle, state=BundleState.FAILED, changed=told)
    raise progress.WorkFailed(Sentence(_RESTLESS))


def _bound(bundle: Bundle, papers: list[Document], reader: Actor) -> binding.Bound:
    parts = []
    for number, paper in enumerate(papers, 1):
        parts.append(binding.part(paper))
        if bundle.work:
            progress.report(bundle.work, number, len(papers) + 1)
    try:
        return binding.bind(bundle.case, parts, reader)
    except binding.TooLong:
        _update(bundle, state=BundleState.FAILED)
        raise progress.WorkFailed(Sentence(_TOO_LONG)) from None
    except confined.ConfinedError as error:
        raise _too_hard(bundle, error) from None


def _too_hard(bundle: Bundle, error: confined.ConfinedError) -> progress.WorkFailed:
    log.warning("papers could not be bound", bundle=str(bundle.pk), error=str(error)[:300])
    _update(bundle, state=BundleState.FAILED)
    return progress.WorkFailed(Sentence(_TOO_HARD))


def _changed(before: list[Document], after: list[Document]) -> list[str]:
    """The papers that are others now, by name."""
    then = {one.pk: one.sha256 for one in before}
    now = {one.pk: one.sha256 for one in after}
    names = {one.pk: one.name for one in [*before, *after]}
    return [name for pk, name in names.items() if then.get(pk) != now.get(pk)]


def _keep(bundle: Bundle, made: binding.Bound, told: list[str]) -> Bundle | None:
    """Keep the file; the bytes are on disk before anything names them."""
    case = bundle.case
    blob = blobs.put_bytes(_sealed(bundle, made.pdf))
    if not Attachment.objects.filter(born_in=bundle.ref, sha256=blob.sha256).exists():
        documents.attach(
            SYSTEM, case.project, id=new_id(), born_in=bundle.ref, size=blob.size,
            name=f"{case.project.key}-{case.number} {case.title}"[:190] + ".pdf",
            media_type="application/pdf", sha256=blob.sha256,
        )  # fmt: skip
    _update(
        bundle, state=BundleState.READY, papers=made.papers, page_count=made.pages,
        sha256=blob.sha256, made_at=timezone.now(), changed=told,
    )  # fmt: skip
    return Bundle.objects.select_related("case__project", "asked_by").get(pk=bundle.pk)


def _sealed(bundle: Bundle, pdf: bytes) -> bytes:
    case = bundle.case
    try:
        return seals.seal(
            pdf, title=f"{case.project.key}-{case.number} {case.title}", made_at=timezone.now(),
            subject=f"cases.bundle:{bundle.pk}", project_id=case.project_id,
            language=case.project.language,
        )  # fmt: skip
    except confined.ConfinedError as error:
        raise _too_hard(bundle, error) from None


def _update(bundle: Bundle, **values: object) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(**values)


def due() -> QuerySet[Bundle]:
    """What is to be sent today or was to be sent before."""
    rows = Bundle.objects.filter(sent_at=None, send_on__lte=timezone.localdate())
    return rows.filter(case__state__in=OPEN_STATES).select_related("case__project", "asked_by")


def send_when_due(bundle: Bundle) -> bool:
    """Send it when its day has come and the case waits for its deciders."""
    if not due().filter(pk=bundle.pk, case__state=CaseState.SUBMITTED).exists():
        return False
    try:
        send_bundle(SYSTEM, Bundle.objects.get(pk=bundle.pk))
    except CommandError:  # a paper changed in this very moment: the next round makes it again
        return False
    return True


def is_stale(bundle: Bundle) -> bool:
    return bundle.state != BundleState.READY or bool(bundles.changed_since(bundle))


def read(pk: UUID) -> Bundle | None:
    rows = Bundle.objects.select_related("case__project", "case__prepared_by", "asked_by")
    return rows.filter(pk=pk).first()
