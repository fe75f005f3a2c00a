"""Reports as tagged PDF files; how is in ``ui/pdf.py``."""

from typing import Any

from tospann.ui.pdf import Busy, typeset

__all__ = ["Busy", "render"]


def render(name: str, data: dict[str, Any]) -> bytes:
    """The report of this name as a PDF/UA-1 file; raises Busy when too many are being made."""
    return typeset(f"reports/typst/{name}.typ", data)
