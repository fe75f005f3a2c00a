"""The papers of a case: appended, bound into one file, and sent to those who decide it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.cases import bundles, verdicts
from tospann.cases.commands.preparing import is_preparer
from tospann.cases.models import OPEN_STATES, Bundle, BundleState, Case, CasePaper, CaseState
from tospann.documents import access
from tospann.foundation.arguments import OptionalText
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.jobs import progress
from tospann.jobs.queue import enqueue
from tospann.projects.queries import holders

MOST_PAPERS = 100
_MAKING = gettext_noop("Putting the papers of a case together")
_CLOSED = gettext_noop("This case is already closed.")
_NOT_READY = gettext_noop("The file is not ready yet.")
_NOT_WAITING = gettext_noop("Submit the case first: the papers go to those who decide it.")


def _prepares(actor: Actor, about: Case | Bundle) -> Sentence | None:
    if actor.kind == "system":
        return None
    return is_preparer(actor, about.case if isinstance(about, Bundle) else about)


@command(needs=Power.PREPARE, only_if=_prepares, undoable=False)
def append_paper(actor: Actor, case: Case, *, id: UUID, document: UUID) -> CasePaper:
    """Append a document to a case"""
    _require_open(case)
    found = access.visible(actor, case.project).filter(pk=document).first()
    if found is None:
        raise Invalid(gettext("There is no such document."), "document")
    papers = CasePaper.objects.filter(case=case)
    if papers.filter(document=found).exists():
        raise Invalid(gettext("This document is appended already."), "document")
    if papers.count() >= MOST_PAPERS:
        raise Invalid(gettext("A case has at most %(n)s papers.") % {"n": MOST_PAPERS}, "document")
    last = papers.order_by("-position").values_list("position", flat=True).first() or 0
    paper = CasePaper(
        id=id, project_id=case.project_id, case=case, document=found, position=last + 1
    )
    paper.save()
    return paper


@command(needs=Power.PREPARE, only_if=_prepares, undoable=False)
def remove_paper(actor: Actor, case: Case, *, document: UUID) -> Case:
    """Remove a document from a case"""
    _require_open(case)
    paper = CasePaper.objects.filter(case=case, document=document).first()
    if paper is None:
        raise Invalid(gettext("This document is not appended."), "document")
    paper.delete()
    return case


@command(needs=Power.PREPARE, only_if=_prepares, undoable=False)
def order_papers(
    actor: Actor, case: Case, *, documents: Annotated[list[UUID], Field(max_length=MOST_PAPERS)]
) -> Case:
    """Put the papers of a case in order"""
    _require_open(case)
    papers = {one.document_id: one for one in CasePaper.objects.filter(case=case)}
    if set(papers) != set(documents) or len(papers) != len(documents):
        raise Invalid(gettext("Name every paper once."), "documents")
    for position, document in enumerate(documents, 1):
        if papers[document].position != position:
            papers[document].position = position
            papers[document].save()
    return case


@command(needs=Power.PREPARE, only_if=_prepares, undoable=False)
def make_bundle(
    actor: Actor, case: Case, *, id: UUID, send_on: date | None = None, message: OptionalText = ""
) -> Bundle:
    """Put the papers of a case together

    One file with numbered pages is made by a job. With ``send_on`` it is sent that day to those
    who decide, or as soon as it is ready when the day has come.
    """
    _require_open(case)
    papers = bundles.appended(case)
    if hidden := len(papers) - len(bundles.readable(actor, papers)):
        raise Invalid(gettext("You may not see %(n)s of the papers.") % {"n": hidden})
    for earlier in Bundle.objects.filter(case=case, sent_at=None, send_on__isnull=False):
        earlier.send_on = None
        earlier.save()
    bundle = Bundle(
        id=id, project_id=case.project_id, case=case, asked_by_id=actor.person_id,
        send_on=send_on, message=message,
    )  # fmt: skip
    if actor.person_id is not None:
        bundle.work = progress.begin(actor.person_id, Sentence(_MAKING), len(papers) + 1).pk
    bundle.save()
    enqueue("cases.bind_case", bundle=str(bundle.pk))
    return bundle


@command(needs=Power.PREPARE, only_if=_prepares, undoable=False)
def send_bundle(actor: Actor, bundle: Bundle) -> Bundle:
    """Send the papers of a case to those who decide it"""
    case = bundle.case
    if bundle.state != BundleState.READY:
        raise Invalid(gettext(_NOT_READY))
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext(_NOT_WAITING))
    if changed := bundles.changed_since(bundle):
        said = gettext("These papers have changed since; put them together again: %(names)s.")
        raise Invalid(said % {"names": ", ".join(changed)})
    who = verdicts.of_case(case)
    people = {*holders(case.project_id, who.roles), *(one.id for one in who.people)}
    bundle.receivers = sorted(str(one) for one in people)
    bundle.sent_at = timezone.now()
    bundle.save()
    return bundle


def _require_open(case: Case) -> None:
    if case.state not in OPEN_STATES:
        raise Invalid(gettext(_CLOSED))
