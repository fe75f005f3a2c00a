"""Recording a file of costs: all of it, or nothing."""

from contextvars import ContextVar
from uuid import UUID

from django.utils.translation import gettext

from tospann.budget import posting
from tospann.budget.importing import staging
from tospann.budget.importing.checking import SOURCE, Checked
from tospann.budget.models import CostBatch, StagedCosts
from tospann.foundation.arguments import Hash
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid
from tospann.projects.models import Project

prepared: ContextVar[tuple[UUID, posting.Book, Checked] | None] = ContextVar(
    "prepared", default=None
)
"""What was tried just before, so that the rows need not be read again while others wait."""


@command(needs=Power.KEEP_COSTS, undoable=False)
def import_costs(
    actor: Actor, project: Project, *, id: UUID, staged: UUID, file_hash: Hash
) -> CostBatch:
    """Import costs from a file"""
    found = StagedCosts.objects.filter(project=project, pk=staged, file_hash=file_hash).first()
    if found is None:
        raise Gone
    book, checked = posting.book(project.pk), _tried(found)
    if checked is None or not _is_same(book):
        checked = staging.tried(found)
    if earlier := staging.recorded_before(found):
        said = gettext("This file was recorded before (batch %(number)s). Reverse that one first.")
        raise Invalid(said % {"number": earlier.number})
    if checked.problems:
        where, why = checked.problems[0]
        raise Invalid(gettext("%(cell)s: %(why)s") % {"cell": where, "why": why}, where)
    batch = posting.post(
        actor,
        book,
        id,
        SOURCE,
        checked.costs,
        file_name=found.file_name,
        file_hash=found.file_hash,
    )
    found.delete()
    return batch


def _tried(staged: StagedCosts) -> Checked | None:
    ready = prepared.get()
    return ready[2] if ready and ready[0] == staged.pk else None


def _is_same(now: posting.Book) -> bool:
    """Whether everything the rows were tried on still is as it was."""
    ready = prepared.get()
    if ready is None:
        return False
    then = ready[1]
    return (_shape(then), then.rates, then.closed_until) == (
        _shape(now),
        now.rates,
        now.closed_until,
    )


def _shape(book: posting.Book) -> dict[UUID, tuple[bool, str]]:
    return {pk: (one.with_vat, one.vat_code) for pk, one in book.lines.items()}
