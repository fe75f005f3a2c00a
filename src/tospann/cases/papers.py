"""Documents that wait in cases: given back when they are not approved, replaced by newer ones."""

from tospann.blanks import commands as blanks
from tospann.blanks.models import Edition, EditionState
from tospann.cases.commands import decide, return_case, withdraw_case
from tospann.cases.models import OPEN_STATES, Alternative, Case, CaseState, Decision, Remark
from tospann.foundation.authority import SYSTEM, Actor
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find

_ABOUT = "blanks.edition:"


def withdraw(actor: Actor, edition: Edition) -> None:
    """The case of a version that a newer one replaces, if it is still open."""
    number = edition.case_label.rpartition("-")[2]
    found = Case.objects.filter(project_id=edition.project_id, state__in=OPEN_STATES)
    case = found.filter(number=int(number)).first() if number.isdigit() else None
    if case is not None:
        withdraw_case(actor, case)


@reaction(return_case, withdraw_case, decide)
def give_documents_back(entry: AuditEntry) -> None:
    """Whoever wrote it goes on writing, with the question or the reason beside it."""
    case = find(entry.subject)
    if not isinstance(case, Case) or case.state == CaseState.SUBMITTED:
        return
    for edition in _editions(case):
        if edition.state == EditionState.SUBMITTED:
            blanks.return_edition(SYSTEM, edition, reason=_why(case))


def _editions(case: Case) -> list[Edition]:
    stored = Alternative.objects.filter(case=case).values_list("operations", flat=True)
    refs = {one["subject"] for listed in stored for one in listed}
    found = (find(ref) for ref in refs if ref.startswith(_ABOUT))
    return [one for one in found if isinstance(one, Edition)]


def _why(case: Case) -> str:
    if case.state == CaseState.RETURNED:
        asked = Remark.objects.filter(case=case, is_question=True).order_by("-pk").first()
        return asked.text if asked else ""
    decision = Decision.objects.filter(case=case).first()
    return decision.reason if decision else ""
