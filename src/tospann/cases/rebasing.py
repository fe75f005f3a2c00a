"""Operations prepared some time ago, on the project as it is now.

The capability that keeps the plan says how (``rebasing_comes_from``); what needs no rebasing is
left as it is. Nothing is written here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tospann.foundation.commands import Operation
from tospann.projects.models import Project


@dataclass(frozen=True)
class Rebased:
    """Operations that fit the project as it is now; ``conflicts`` says in words what does not."""

    operations: tuple[Operation, ...]
    conflicts: tuple[str, ...] = ()


Provider = Callable[[Project, Sequence[Operation]], Rebased]
_providers: list[Provider] = []


def rebasing_comes_from(provider: Provider) -> Provider:
    """Called once by the capability that keeps the plan.

    ``provider(project, operations)`` gives the same operations on the latest revision: new base
    revisions, edits merged field by field. Where both sides changed the same thing it gives a
    sentence for each in ``conflicts``. When nothing has moved it gives the very same operations.
    """
    _providers[:] = [provider]
    return provider


def rebased(project: Project, operations: Sequence[Operation]) -> Rebased:
    """The operations on the project as it is now."""
    if not _providers or not operations:
        return Rebased(tuple(operations))
    return _providers[0](project, operations)
