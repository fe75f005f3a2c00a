"""After a document has new bytes they are looked into."""

from tospann.documents.contents import known
from tospann.documents.contents.jobs import examine
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import to_changes_of
from tospann.jobs.queue import enqueue_once


def look_into_it(entry: AuditEntry) -> None:
    """Every content that the act brought and nobody has looked into."""
    for ref, change in (entry.detail.changes or {}).items():
        _before, sha256 = change["fields"].get("sha256", (None, None))
        if ref.startswith("documents.document:") and sha256 and known(sha256) is None:
            enqueue_once(examine, sha256=sha256)


to_changes_of("documents.document", look_into_it)
