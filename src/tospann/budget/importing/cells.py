"""The cells of a workbook or a text file that somebody brings in, for whoever reads tables."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext

from tospann.jobs import incoming

READER = "tospann.budget.importing.reading:read_costs"


def read(file: IO[bytes], most: int) -> tuple[dict[str, Any], str]:
    """``rows`` of cells, the cells with ``formulas``, the ``merged`` areas; and the file's hash."""

    def why(answer: Mapping[str, Any]) -> str:
        match answer["code"]:
            case "old":
                return gettext("Save the workbook as .xlsx or as text (CSV) first.")
            case "rows":
                said = gettext("The file has more than %(most)s rows. Divide it.")
                return said % {"most": answer["most"]}
            case "empty":
                return gettext("There is nothing in the file.")
            case "large":
                return incoming.too_large(most).message
        return gettext("The file could not be read.")

    return incoming.read(READER, file, most, why)
