"""Who is told when a case waits, comes back, is answered or decided."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.cases import computing, mailing
from tospann.cases.commands import (
    decide,
    escalate_case,
    open_case,
    propose_change,
    refresh_case,
    remark,
    remove_alternative,
    return_case,
    send_bundle,
    set_alternative,
    submit_case,
)
from tospann.cases.jobs import bind_due, compute_anew
from tospann.cases.models import Bundle, Case, CaseState, Decision
from tospann.foundation.authority import PROJECT_ROLES, Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.queries import holders

_WAITS = gettext_noop("“%(title)s” waits for your decision; %(who)s prepared it.")
_RETURNED = gettext_noop("%(who)s returned “%(title)s” with a question.")
_DECIDED = gettext_noop("%(who)s decided “%(title)s”: %(chosen)s.")
_MOVED = gettext_noop("“%(title)s” has changed since it was read and waits for your decision.")
_UNFIT = gettext_noop("“%(title)s” no longer fits the project as it is. It is yours to adjust.")
_LATE = gettext_noop("“%(title)s” was not decided in time. Those named for it may decide it now.")
_SAID = gettext_noop("%(who)s wrote in “%(title)s”.")


def _case_of(entry: AuditEntry) -> Case | None:
    """The case of the act: its subject, or the one it made (none when the detail is erased)."""
    refs = [entry.subject, *(entry.detail.changes or {})]
    found = (find(ref) for ref in refs if ref.startswith("cases.case:"))
    return next((case for case in found if isinstance(case, Case)), None)


def _link(case: Case) -> str:
    return reverse("case", args=[case.project.key, case.number])


def _said(msgid: str, entry: AuditEntry, case: Case, **values: str) -> Sentence:
    return Sentence(msgid, {"who": entry.detail.actor_name, "title": case.title, **values})


@reaction(propose_change, open_case, submit_case, set_alternative, remove_alternative, refresh_case)
def have_the_consequences_computed(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None and computing.has_figures(case.pk):
        compute_anew(case.pk)


@reaction(propose_change, submit_case)
def tell_those_who_decide(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None and case.state == CaseState.SUBMITTED:
        said = _said(_WAITS, entry, case)
        tell(_deciders(case), Kind.DECISION, said, _link(case), entry, project=case.project)


@reaction(refresh_case)
def tell_that_it_has_moved(entry: AuditEntry) -> None:
    """Those who decide it now; or whoever prepared it, when it no longer fits."""
    case = _case_of(entry)
    if case is None:
        return
    waits = case.state == CaseState.SUBMITTED
    people = _deciders(case) if waits else _inside(case, {case.prepared_by_id})
    said, kind = _said(_MOVED if waits else _UNFIT, entry, case), Kind.DECISION
    tell(people, kind if waits else Kind.ASKED, said, _link(case), entry, project=case.project)


@reaction(escalate_case)
def tell_those_it_was_passed_on_to(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None and case.state == CaseState.SUBMITTED:
        said = _said(_LATE, entry, case)
        tell(_deciders(case), Kind.DECISION, said, _link(case), entry, project=case.project)


def _deciders(case: Case) -> set[UUID]:
    named = {UUID(one["id"]) for one in case.people}
    return {*holders(case.project_id, [Role(role) for role in case.deciders]), *named}


def _inside(case: Case, people: set[UUID]) -> set[UUID]:
    """Those of them who still see the project."""
    return people & set(holders(case.project_id, PROJECT_ROLES))


@reaction(return_case)
def tell_whoever_prepared_it(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None:
        said, people = _said(_RETURNED, entry, case), _inside(case, {case.prepared_by_id})
        tell(people, Kind.ASKED, said, _link(case), entry, project=case.project)


@reaction(decide)
def tell_what_was_decided(entry: AuditEntry) -> None:
    case = _case_of(entry)
    decision = Decision.objects.filter(case=case).first() if case else None
    if case is not None and decision is not None:
        people = _inside(
            case, {case.prepared_by_id, *case.remarks.values_list("person_id", flat=True)}
        )
        said = _said(_DECIDED, entry, case, chosen=decision.chosen)
        tell(people, Kind.OUTCOME, said, _link(case), entry, project=case.project)


@reaction(remark)
def tell_those_in_the_discussion(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None:
        people = _inside(
            case, {case.prepared_by_id, *case.remarks.values_list("person_id", flat=True)}
        )
        said = _said(_SAID, entry, case)
        tell(people, Kind.NEWS, said, _link(case), entry, project=case.project)


@reaction(send_bundle)
def mail_the_papers(entry: AuditEntry) -> None:
    bundle = find(entry.subject)
    if isinstance(bundle, Bundle):
        mailing.queue(bundle)


@reaction(submit_case)
def send_what_waited_for_it(entry: AuditEntry) -> None:
    """Papers whose day had come before the case was submitted go now."""
    case = _case_of(entry)
    if case is not None:
        bind_due(case.pk)
