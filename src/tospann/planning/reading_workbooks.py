"""As ``reading``, with what reads workbooks loaded before the child may open no more files."""

import mimetypes
from typing import IO, Any

import openpyxl

from tospann.planning.reading import read_plan

__all__ = ["openpyxl", "read_workbook"]
mimetypes.init()


def read_workbook(file: IO[bytes]) -> dict[str, Any]:
    """The plan of a file that says it is a workbook."""
    return read_plan(file)
