"""Who is told when a promise is made in her name, or made to her and settled."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.stakeholders import queries
from tospann.stakeholders.commands import (
    break_promise,
    hand_over_promise,
    keep_promise,
    record_promise,
    withdraw_promise,
)
from tospann.stakeholders.models import Promise, PromiseState

_PROMISED = gettext_noop("%(who)s noted that you promised “%(text)s” to %(whom)s.")
_GIVEN = gettext_noop("%(who)s gave you the promise “%(text)s” to %(whom)s to keep.")
_TO_YOU = gettext_noop("%(who)s noted that you were promised “%(text)s”.")
_KEPT = gettext_noop("%(who)s marked the promise “%(text)s” as kept.")
_BROKEN = gettext_noop("%(who)s marked the promise “%(text)s” as not kept.")
_WITHDRAWN = gettext_noop("%(who)s withdrew the promise “%(text)s”.")
_SETTLED = {
    PromiseState.KEPT: (_KEPT, Kind.DONE),
    PromiseState.BROKEN: (_BROKEN, Kind.NEWS),
    PromiseState.WITHDRAWN: (_WITHDRAWN, Kind.NEWS),
}


def _changed(entry: AuditEntry) -> Iterator[Promise]:
    """The promises the act changed, as they are now (none when its detail is erased)."""
    for ref in entry.detail.changes or {}:
        found = find(ref) if ref.startswith("stakeholders.promise:") else None
        if isinstance(found, Promise):
            yield found


def _tell(entry: AuditEntry, one: Promise, people: list[object], msgid: str, kind: Kind) -> None:
    said = Sentence(
        msgid, {"who": entry.detail.actor_name, "text": one.text, "whom": queries.whom(one)}
    )
    tell(people, kind, said, one.get_absolute_url(), entry, project=one.project)  # type: ignore[arg-type]  # ids of people


@reaction(record_promise)
def tell_who_promised(entry: AuditEntry) -> None:
    for one in _changed(entry):
        _tell(entry, one, [one.by_person_id], _PROMISED, Kind.ACTION)
        _tell(entry, one, [one.to_person_id], _TO_YOU, Kind.NEWS)


@reaction(hand_over_promise)
def tell_who_keeps_it_now(entry: AuditEntry) -> None:
    for one in _changed(entry):
        _tell(entry, one, [one.by_person_id], _GIVEN, Kind.ACTION)


@reaction(keep_promise, break_promise, withdraw_promise)
def tell_both_what_became_of_it(entry: AuditEntry) -> None:
    for one in _changed(entry):
        if said := _SETTLED.get(PromiseState(one.state)):
            _tell(entry, one, [one.by_person_id, one.to_person_id], *said)
