"""The coverage matrix as rows of a spreadsheet: one a proof."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tospann.projects.models import Project
from tospann.quality.models import Proof
from tospann.quality.queries import Covered
from tospann.ui.exports import Headings

Cells = list[Any]


def coverage_table(project: Project, rows: Iterable[Covered]) -> tuple[Headings, Iterator[Cells]]:
    headings = [
        (_("No."), "key"),
        (_("Requirement"), "link"),
        (_("Source"), "text"),
        (_("Proved"), "text"),
        (_("Proved by"), "text"),
        (_("What proves it"), "link"),
        (_("State"), "text"),
    ]
    return headings, _rows(project, rows)


def _rows(project: Project, rows: Iterable[Covered]) -> Iterator[Cells]:
    for row in rows:
        about = row.requirement
        said = _("Proved") if row.is_proved else _("Not proved")
        first = [f"{project.key}-{about.number}", about.title, about.source, said]
        for proof in row.proofs:
            yield [*first, *told(proof)]
        if not row.proofs:
            yield [*first, "", _("Nothing yet"), ""]


def told(proof: Proof) -> tuple[str, str, str]:
    """What kind of thing proves it, which, and how that stands."""
    if proof.test_case is not None:
        return (_("Test"), proof.test_case.title, proof.test_case.get_outcome_display())
    if proof.review is not None:
        return (_("Review"), proof.review.title, proof.review.get_state_display())
    of = proof.deliverable
    return (_("Deliverable"), of.title if of else "", of.get_state_display() if of else "")
