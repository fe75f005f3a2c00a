"""Reports as tagged PDF files; how is in ``ui/pdf.py``."""

from typing import Any

from tospann.projects.queries import id_of
from tospann.seals import typeset
from tospann.ui.pdf import ARCHIVABLE, Busy

__all__ = ["Busy", "render"]


def render(name: str, data: dict[str, Any]) -> bytes:
    """The report as a PDF/A-2a and PDF/UA-1 file; raises Busy when too many are being made."""
    template, of = f"reports/typst/{name}.typ", id_of(data["key"])
    return typeset(template, data, standards=ARCHIVABLE, project_id=of)
