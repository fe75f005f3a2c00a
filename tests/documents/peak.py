"""Prints the most memory, in kB, that any confined reader took for the corpus's bad files.

With the word `imports` also the readers of imports, which take a minute.

Run as a program of its own: a child counts what its parent held when it was begun, and the
children of a test process are not only those of one test.
"""

import contextlib
import resource
import sys
import tempfile

from tests.documents import hostile

from tospann.jobs import confined

OF_IMPORTS = (
    "tospann.planning.reading:read_plan",
    "tospann.planning.reading_workbooks:read_workbook",
    "tospann.budget.importing.reading:read_costs",
    "tospann.jobs.sheet_reading:read_sheet",
)


def readers(data: bytes) -> tuple[str, ...]:
    """Who may be handed such a file; workbooks are what imports unpack."""
    own = "child_pdf" if data.startswith(b"%PDF") else "child"
    imports = OF_IMPORTS if data.startswith(b"PK") and "imports" in sys.argv else ()
    return (f"tospann.documents.reading.{own}:read", *imports)


def main() -> None:
    for one in hostile.BAD:
        for reader in readers(one.data):
            with tempfile.TemporaryFile() as file, contextlib.suppress(confined.ConfinedError):
                file.write(one.data)
                file.flush()
                confined.run(reader, file)
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}\n")


if __name__ == "__main__":
    main()
