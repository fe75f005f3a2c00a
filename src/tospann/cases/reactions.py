"""Who is told when a case waits, comes back, is answered or decided."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.cases.commands import (
    decide,
    propose_change,
    remark,
    remove_alternative,
    return_case,
    set_alternative,
    submit_case,
)
from tospann.cases.jobs import compute_anew
from tospann.cases.models import Case, CaseState, Decision
from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.queries import holders

_WAITS = gettext_noop("“%(title)s” waits for your decision; %(who)s prepared it.")
_RETURNED = gettext_noop("%(who)s returned “%(title)s” with a question.")
_DECIDED = gettext_noop("%(who)s decided “%(title)s”: %(chosen)s.")
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


@reaction(propose_change, submit_case, set_alternative, remove_alternative)
def have_the_consequences_computed(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None:
        compute_anew(case.pk)


@reaction(propose_change, submit_case)
def tell_those_who_decide(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None and case.state == CaseState.SUBMITTED:
        deciders = holders(case.project_id, [Role(role) for role in case.deciders])
        said = _said(_WAITS, entry, case)
        tell(deciders, Kind.DECISION, said, _link(case), entry, project=case.project)


@reaction(return_case)
def tell_whoever_prepared_it(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None:
        said, people = _said(_RETURNED, entry, case), [case.prepared_by_id]
        tell(people, Kind.ASKED, said, _link(case), entry, project=case.project)


@reaction(decide)
def tell_what_was_decided(entry: AuditEntry) -> None:
    case = _case_of(entry)
    decision = Decision.objects.filter(case=case).first() if case else None
    if case is not None and decision is not None:
        people = {case.prepared_by_id, *case.remarks.values_list("person_id", flat=True)}
        said = _said(_DECIDED, entry, case, chosen=decision.chosen)
        tell(people, Kind.OUTCOME, said, _link(case), entry, project=case.project)


@reaction(remark)
def tell_those_in_the_discussion(entry: AuditEntry) -> None:
    case = _case_of(entry)
    if case is not None:
        people = {case.prepared_by_id, *case.remarks.values_list("person_id", flat=True)}
        said = _said(_SAID, entry, case)
        tell(people, Kind.NEWS, said, _link(case), entry, project=case.project)
