"""The papers of a case as one file: what belongs in it, and which of them was sent."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.cases import verdicts
from tospann.cases.models import Bundle, BundleState, Case, CasePaper
from tospann.documents import access
from tospann.documents.models import Attachment, Document
from tospann.foundation.authority import Actor, Role, decides_as

DAYS_AHEAD = 7


def appended(case: Case) -> list[Document]:
    """The documents appended to the case, in their order; what lies in the bin is left out."""
    rows = CasePaper.objects.filter(case=case, document__trashed_at=None)
    return [row.document for row in rows.select_related("document__project")]


def readable(actor: Actor, papers: Iterable[Document]) -> list[Document]:
    """Those of them the reader may see."""
    listed = list(papers)
    if not listed:
        return []
    wanted = [one.pk for one in listed]
    visible = access.visible(actor, listed[0].project).filter(pk__in=wanted)
    seen = set(visible.values_list("pk", flat=True))
    return [one for one in listed if one.pk in seen]


def of_case(case: Case) -> QuerySet[Bundle]:
    return Bundle.objects.filter(case=case)


def latest(case: Case) -> Bundle | None:
    return of_case(case).select_related("asked_by", "case__project").first()


def of_number(case: Case, pk: UUID) -> Bundle:
    """One of the case's files, or 404."""
    found = of_case(case).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def usual_day(case: Case) -> date | None:
    """A week before the decision is needed, but not before today."""
    if case.need_by is None:
        return None
    return max(case.need_by - timedelta(days=DAYS_AHEAD), timezone.localdate())


def may_open(actor: Actor, reference: str) -> bool:
    """Those who prepare or decide the case; others when they may see every paper in it."""
    rows = Bundle.objects.filter(pk=reference.partition(":")[2]).select_related("case__project")
    bundle = rows.first()
    if bundle is None:
        return False
    case, held = bundle.case, actor.roles_in(bundle.project_id)
    if held & {Role.COORDINATOR, Role.MANAGER} or actor.person_id == case.prepared_by_id:
        return True
    if decides_as(held, actor.person_id, verdicts.of_case(case)) is not None:
        return True
    papers = [one["document"] for one in bundle.papers if one.get("document")]
    if not held - {Role.GUEST} and not actor.organisation_roles:
        return False
    return access.visible(actor, case.project).filter(pk__in=papers).count() == len(papers)


def sent_of(case: Case) -> dict[str, Any]:
    """The last file that was sent to those who decide, as the decision keeps it."""
    found = of_case(case).filter(state=BundleState.READY, sent_at__isnull=False).first()
    if found is None:
        return {}
    return {"sha256": found.sha256, "pages": found.page_count, "sent_at": found.sent_at}


def file_of(bundle: Bundle) -> Attachment | None:
    """The file itself, once it is made."""
    rows = Attachment.objects.filter(born_in=bundle.ref, sha256=bundle.sha256)
    return rows.select_related("project").order_by("-added_at").first()


def changed_since(bundle: Bundle) -> list[str]:
    """The papers that are other ones than those in the file, by name."""
    then = {one["document"]: one["sha256"] for one in bundle.papers if one.get("document")}
    now = {str(one.pk): one for one in appended(bundle.case)}
    return [
        *(one.name for key, one in now.items() if then.get(key) != one.sha256),
        *(one["title"] for one in bundle.papers if one.get("document") and _gone(one, now)),
    ]


def _gone(one: dict[str, Any], now: dict[str, Document]) -> bool:
    return one["document"] not in now
