"""Seals on PDF files: a code people can read, and a signature over every byte.

    pdf = seals.seal(pdf, title="Minutes: Site meeting 4", made_at=now, subject=f"minutes:{pk}")

Whoever has the file and the portal's public keys can prove, without the portal, that it is as it
was made. A call writes down that the seal was given, so the code alone can be looked up too; the
same pages sealed once more are the very same file.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from tospann.ui import pdf as paper


def seal(
    pdf: bytes,
    *,
    title: str,
    made_at: datetime,
    subject: str,
    project_id: UUID | None = None,
    language: str | None = None,
) -> bytes:
    """The same pages with the code at the foot of each, signed. ``subject`` says what it was made
    of (``reports.report:<id>``) and stays in the portal. The pages may be anybody's: they are read
    in a confined child. Raises ``ui.pdf.Busy`` and ``jobs.confined.ConfinedError``."""
    from tospann.seals.sealing import sealed

    return sealed(
        pdf,
        title=title,
        made_at=made_at,
        subject=subject,
        project_id=project_id,
        language=language,
    )


def typeset(
    template: str,
    data: dict[str, Any],
    drawings: Sequence[str] = (),
    standards: Sequence[paper.Standard] = paper.ACCESSIBLE,
    project_id: UUID | None = None,
) -> bytes:
    """As ``ui.pdf.typeset``, sealed: by the title, key and language that the data says."""
    from tospann.seals.sealing import sealed

    return sealed(
        paper.typeset(template, data, drawings, standards),
        title=data["title"],
        made_at=timezone.now(),
        subject=f"{template.rpartition('/')[2].removesuffix('.typ')}:{data['key']}",
        project_id=project_id,
        language=data["language"],
        is_ours=True,
    )
