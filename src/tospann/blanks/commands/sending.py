"""From what is written to what was decided: versions sent, approved, published, taken up again."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from tospann.blanks import completeness, content, live, queries
from tospann.blanks.commands.filling import is_writable
from tospann.blanks.definition import form
from tospann.blanks.models import (
    SETTLED,
    BlankKind,
    Edition,
    EditionState,
    Filled,
    FilledState,
)
from tospann.foundation.arguments import OptionalLine, OptionalText
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import Command, Proposed, command, submit
from tospann.foundation.errors import Invalid
from tospann.projects.commands import settle_criterion
from tospann.projects.models import CriterionState, Gate, GateCriterion, GateState

_NOT_WAITING = gettext_noop("This version does not wait for a decision.")
Withdrawer = Callable[[Actor, Edition], None]
_withdraw: Withdrawer = lambda actor, edition: None  # noqa: E731  # replaced when the app is ready


def cases_are_withdrawn_by(withdrawer: Withdrawer) -> None:
    """Called once by the capability that keeps cases: what a newer version replaces."""
    global _withdraw  # noqa: PLW0603  # set once, when the app is ready
    _withdraw = withdrawer


def is_waiting(actor: Actor, edition: Edition) -> Sentence | None:
    waits = edition.state == EditionState.SUBMITTED
    return None if waits else Sentence(_NOT_WAITING)


def _unmeasured(edition: Any, arguments: Any) -> dict[str, Any]:
    """Nothing is measured, but the project's authority matrix is asked each time."""
    return {}


@command(
    needs=Power.CHANGE_BASELINE,
    kind="baseline",
    measures=_unmeasured,
    only_if=is_waiting,
    undoable=False,
    exposed=False,
)
def approve_edition(actor: Actor, edition: Edition) -> Edition:
    """Approve a document"""
    return _settled(actor, edition, EditionState.APPROVED, FilledState.APPROVED)


@command(needs=Power.PUBLISH_REPORT, only_if=is_waiting, undoable=False, exposed=False)
def publish_edition(actor: Actor, edition: Edition) -> Edition:
    """Publish a document"""
    return _settled(actor, edition, EditionState.PUBLISHED, FilledState.PUBLISHED)


@command(needs=Power.KEEP_REGISTERS, only_if=is_waiting, undoable=False, exposed=False)
def record_edition(actor: Actor, edition: Edition) -> Edition:
    """Enter a document in its register"""
    return _settled(actor, edition, EditionState.PUBLISHED, FilledState.PUBLISHED)


_SETTLING: dict[str, Command[Any, [], Edition]] = {
    BlankKind.BASELINE: approve_edition,
    BlankKind.REPORT: publish_edition,
    BlankKind.RECORD: record_edition,
}


def settles(filled: Filled) -> Command[Any, [], Edition]:
    """The command that makes a version of this kind of document count."""
    return _SETTLING[filled.blank.kind]


@command(needs=Power.KEEP_DOCUMENTS, only_if=is_writable, undoable=False)
def send_filled(actor: Actor, filled: Filled, *, id: UUID, comment: OptionalLine = "") -> Edition:
    """Send a document for approval or publication

    Whoever may decide it does so in the same act; for everybody else it becomes a case.
    """
    written = content.now(filled, filled.project.language)
    _require_complete(written)
    before = queries.latest(filled, EditionState.RETURNED)
    if before is not None and before.case_label:
        _withdraw(actor, before)
    edition = _made(actor, filled, written, id, comment)
    filled.state = FilledState.SUBMITTED
    filled.save()
    what = settles(filled)
    if what.assess(actor, edition, {}).may_decide:
        return what(actor, edition)
    outcome = submit(actor, what.on(edition))
    if isinstance(outcome, Proposed):
        case, key = outcome.case, filled.project.key
        edition.case_label = f"{key}-{case.number}"
        edition.case_link = reverse("case", args=[key, case.number])
        _note_case(edition)
    return edition


def _note_case(edition: Edition) -> None:
    """The case has stored the version of the edition it is about; that version stays."""
    kept = Edition.objects.filter(pk=edition.pk)
    kept.update(case_label=edition.case_label, case_link=edition.case_link)


def _require_complete(written: content.Content) -> None:
    found = completeness.of_all(written).wanting
    if found:
        named = "; ".join(
            f"{one.label}: {one.problem}" if one.problem else one.label for one in found[:8]
        )
        more = " …" if len(found) > 8 else ""
        raise Invalid(gettext("Still missing: %(fields)s") % {"fields": named + more})


def _made(
    actor: Actor, filled: Filled, written: content.Content, id: UUID, comment: str
) -> Edition:
    values, drawn = content.frozen(written)
    last = Edition.objects.filter(filled=filled).order_by("-number").first()
    edition = Edition(
        id=id,
        project_id=filled.project_id,
        filled=filled,
        number=last.number + 1 if last else 1,
        comment=comment,
        values=values,
        live=drawn,
        content_hash=digest(canonical({"values": values, "live": drawn})),
        made_by_id=actor.person_id,
        made_at=timezone.now(),
    )
    edition.save()
    return edition


def _settled(actor: Actor, edition: Edition, state: EditionState, then: FilledState) -> Edition:
    """The version counts from now on: its registers follow, and the gate's point is ticked off."""
    filled = Filled.objects.select_related("project", "blank").get(pk=edition.filled_id)
    edition.state, edition.settled_at = state, timezone.now()
    edition.settled_by = actor.name
    edition.save()
    filled.state = then
    filled.save()
    _write_registers(actor, filled, edition)
    _tick_off(actor, filled)
    return edition


def _write_registers(actor: Actor, filled: Filled, edition: Edition) -> None:
    for register, changes in _to_write(filled, edition):
        if register.write is not None:
            register.write(actor, filled.project, changes)


def _to_write(
    filled: Filled, edition: Edition
) -> Iterator[tuple[live.Register, list[live.Change]]]:
    for one in form(filled.blank, filled.project.language):
        register = live.register(one.source) if one.kind == "table" else None
        if register is None or register.write is None:
            continue
        there = register.rows(filled.project, filled.project.language)
        rows = live.presented(register, there, edition.values.get(one.address))
        if changes := live.differences(register, rows):
            yield register, changes


@approve_edition.told
def _told(edition: Edition, arguments: Mapping[str, Any]) -> list[str]:
    """Which registers the approval writes to."""
    if edition.state != EditionState.SUBMITTED:
        return []
    return [
        ngettext(
            "Writes %(n)s row to %(register)s", "Writes %(n)s rows to %(register)s", len(changes)
        )
        % {"n": len(changes), "register": register.label}
        for register, changes in _to_write(edition.filled, edition)
    ]


def _tick_off(actor: Actor, filled: Filled) -> None:
    """The gates that ask for this document have it now."""
    asked = GateCriterion.objects.filter(
        project=filled.project, document_key=filled.blank.key, state=CriterionState.OPEN
    )
    undecided = Gate.objects.exclude(state__in=[GateState.PASSED, GateState.STOPPED])
    for point in asked.filter(gate__in=undecided):
        settle_criterion(
            actor, point, state=CriterionState.DONE, evidence=filled.get_absolute_url()
        )


@command(needs=Power.KEEP_DOCUMENTS, undoable=False, exposed=False)
def return_edition(actor: Actor, edition: Edition, *, reason: OptionalText = "") -> Edition:
    """Take a document back for more work"""
    if edition.state != EditionState.SUBMITTED:
        raise Invalid(gettext(_NOT_WAITING))
    edition.state, edition.reason, edition.settled_at = EditionState.RETURNED, reason, None
    edition.save()
    filled = Filled.objects.get(pk=edition.filled_id)
    filled.state = FilledState.DRAFT
    filled.save()
    return edition


@command(needs=Power.KEEP_DOCUMENTS, undoable=False)
def revise_filled(actor: Actor, filled: Filled) -> Filled:
    """Start a new version of a document"""
    if filled.state not in SETTLED:
        raise Invalid(gettext("A new version follows one that was approved or published."))
    filled.state = FilledState.DRAFT
    filled.save()
    return filled
