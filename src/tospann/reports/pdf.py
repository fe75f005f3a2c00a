"""Reports as tagged PDF files; how is in ``ui/pdf.py``."""

from typing import Any

from tospann.projects.queries import id_of
from tospann.seals import typeset
from tospann.ui.pdf import Busy

__all__ = ["Busy", "render"]


def render(name: str, data: dict[str, Any]) -> bytes:
    """The report of this name as a PDF/UA-1 file; raises Busy when too many are being made."""
    return typeset(f"reports/typst/{name}.typ", data, project_id=id_of(data["key"]))
