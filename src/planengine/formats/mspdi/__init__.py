"""Microsoft Project XML (MSPDI), read cautiously and written, each with an account of what was
not kept.

The schema is the one Microsoft publishes as “Project XML Data Interchange” (2003 and later).
"""

from planengine.formats.account import ImportResult, Loss, Repair
from planengine.formats.failure import ImportFailed
from planengine.formats.mspdi.reader import read
from planengine.formats.mspdi.writer import ExportResult, write
from planengine.formats.mspdi.xml import Limits

__all__ = [
    "ExportResult",
    "ImportFailed",
    "ImportResult",
    "Limits",
    "Loss",
    "Repair",
    "read",
    "write",
]
