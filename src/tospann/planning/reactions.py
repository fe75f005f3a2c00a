"""When the plan has changed: broken promises are told, and open cases are computed anew."""

from django.utils.translation import gettext_noop

from tospann.budget import commands as budget
from tospann.cases import commands as cases
from tospann.cases.jobs import recompute
from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.planning.commands import apply_edits, import_plan, report_progress
from tospann.planning.pending.commands import set_what_waits
from tospann.planning.pending.refreshing import refresh
from tospann.planning.simulate.commands import (
    add_uncertain_event,
    change_uncertain_event,
    remove_uncertain_event,
)
from tospann.stakeholders import promises, queries
from tospann.stakeholders.commands import change_promise, record_promise, reopen_promise
from tospann.stakeholders.models import Promise

_BREAKS = gettext_noop(
    "The plan will break the promise “%(text)s” to %(whom)s: promised %(due)s, planned %(planned)s."
)


@reaction(apply_edits, import_plan, report_progress, record_promise, change_promise, reopen_promise)
def tell_whose_promise_the_plan_breaks(entry: AuditEntry) -> None:
    """Once for each new break: a promise that holds again may be broken anew."""
    tied = list(queries.tied_to_plan(entry.scope_id))
    planned = promises.plan_dates(entry.scope_id, {one.activity_uid or 0 for one in tied})
    for one in tied:
        found = planned.get(one.activity_uid or 0)
        finish = found.finish if found and promises.breaks(one.due_on, found) else None
        if finish == one.plan_breaks_on:
            continue
        if finish is not None and one.plan_breaks_on is None:
            _tell(one, finish.isoformat(), entry)
        promises.note_break(one, finish)


@reaction(
    *(apply_edits, import_plan, report_progress, record_promise, change_promise, reopen_promise),
    *(add_uncertain_event, change_uncertain_event, remove_uncertain_event),
    *budget.CHANGES,
)
def have_open_cases_computed_anew(entry: AuditEntry) -> None:
    recompute(entry.scope_id)


@reaction(
    *(apply_edits, import_plan, report_progress, set_what_waits),
    *(cases.open_case, cases.edit_case, cases.set_alternative, cases.prepare_gate),
    *(cases.propose_change, cases.submit_case, cases.return_case, cases.withdraw_case),
    *(cases.decide, budget.change_line, budget.change_lines, budget.add_line),
)
def compute_pending_decisions(entry: AuditEntry) -> None:
    refresh(entry.scope_id)


def _tell(one: Promise, planned: str, entry: AuditEntry) -> None:
    """Also whoever changed the plan herself: she may not have thought of it."""
    said = Sentence(
        _BREAKS,
        {
            "text": one.text,
            "whom": queries.whom(one),
            "due": f"day:{one.due_on}",
            "planned": f"day:{planned}",
        },
    )
    people = [one.by_person_id or one.to_person_id]
    key = f"promise:{one.pk}:{entry.pk}"
    tell(people, Kind.ASKED, said, one.get_absolute_url(), key=key, project=one.project)
