"""A file of costs between being read and being recorded: its cells, its mapping, what was found."""

import json
import zlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from tospann.budget import posting
from tospann.budget.importing import cells, checking, headings
from tospann.budget.importing.checking import Checked
from tospann.budget.models import CostBatch, StagedCosts
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.jobs import incoming
from tospann.projects.models import Project

MOST_SHOWN = 100
"""Problems that are told; how many there are is told besides."""


def stage(actor: Actor, project: Project, file: IO[bytes], name: str) -> StagedCosts:
    """Read a file, guess what its columns are, and try it. ``Invalid``: it cannot be read."""
    content, file_hash = cells.read(file, incoming.most_bytes())
    now = timezone.now()
    mine = Q(person_id=actor.person_id) if actor.person_id else Q(person=None)
    StagedCosts.objects.filter(mine, project=project).delete()
    staged = StagedCosts(
        id=new_id(),
        project=project,
        person_id=actor.person_id,
        file_name=incoming.shown_name(name, "costs.csv"),
        file_hash=file_hash,
        content=zlib.compress(json.dumps(content).encode(), 3),
        mapping=headings.guess(content["rows"]),
        created_at=now,
        expires_at=now + incoming.KEPT_FOR,
    )
    staged.report = report(staged, content)
    staged.save(force_insert=True)
    return staged


def remap(staged: StagedCosts, mapping: Mapping[str, Any]) -> StagedCosts:
    """Try it again with other columns."""
    staged.mapping = dict(mapping)
    staged.report = report(staged, content_of(staged))
    staged.save(update_fields=["mapping", "report"])
    return staged


def content_of(staged: StagedCosts) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(bytes(staged.content)))
    return found


def tried(staged: StagedCosts, content: Mapping[str, Any] | None = None) -> Checked:
    """Every row tried on the project as it is now."""
    book = posting.book(staged.project_id)
    return checking.check(content or content_of(staged), staged.mapping, book)


def report(staged: StagedCosts, content: Mapping[str, Any]) -> dict[str, Any]:
    """What would be recorded, in words and figures that can be kept."""
    shape = {"head": staged.mapping["head"], "names": _names(content, staged.mapping["head"])}
    try:
        found = checking.check(content, staged.mapping, posting.book(staged.project_id))
    except Invalid as error:
        return {**shape, "missing": error.message}
    if earlier := recorded_before(staged):
        said = gettext("This file was recorded before (batch %(number)s). Reverse that one first.")
        found.problems.insert(0, (staged.file_name, said % {"number": earlier.number}))
    days = [one.booked_on for one in found.costs]
    return {
        **shape,
        "rows": len(found.costs),
        "total": str(found.total),
        "already": found.already,
        "rounded": found.rounded,
        "late": sum(1 for one in found.costs if one.is_late),
        "first_on": min(days).isoformat() if days else "",
        "last_on": max(days).isoformat() if days else "",
        "problems": [list(one) for one in found.problems[:MOST_SHOWN]],
        "problem_count": len(found.problems),
    }


def figures(staged: StagedCosts) -> dict[str, Any]:
    """The report with its dates and its sum as such."""
    kept = staged.report
    first, last = (
        date.fromisoformat(kept[name]) if kept.get(name) else None
        for name in ("first_on", "last_on")
    )
    total = Decimal(kept.get("total", "0"))
    return {"report": kept, "first": first, "last": last, "total": total}


def recorded_before(staged: StagedCosts) -> CostBatch | None:
    """A batch out of the very same file that still stands."""
    same = CostBatch.objects.filter(project_id=staged.project_id, file_hash=staged.file_hash)
    return same.filter(reversed_by=None).first()


def _names(content: Mapping[str, Any], head: int) -> list[str]:
    """How each column is called where it is chosen."""
    rows = content["rows"]
    width = max((len(row) for row in rows[: head + 50]), default=0)
    top = rows[head] if head < len(rows) else []
    return [
        f"{headings.letter(place)} · {top[place]}"[:60]
        if place < len(top) and isinstance(top[place], str)
        else headings.letter(place)
        for place in range(width)
    ]


def forget_expired() -> int:
    """Remove what nobody recorded in time."""
    return StagedCosts.objects.filter(expires_at__lt=timezone.now()).delete()[0]
