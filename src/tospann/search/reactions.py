"""The index follows what is written: each act says which records it changed."""

from collections import defaultdict

from tospann.foundation.models import AuditEntry
from tospann.search import indexing
from tospann.search.kinds import KINDS, kept_by


def keep_index(entry: AuditEntry) -> None:
    """Look again at everything the act changed."""
    touched: dict[str, set[str]] = defaultdict(set)
    for ref, change in (entry.detail.changes or {}).items():
        label, _colon, key = ref.partition(":")
        for kind in KINDS.values():
            if kind.label == label:
                touched[label].add(key)
            elif label in kind.also:
                touched[kind.label].update(kind.also[label](key, change))
    for label, keys in touched.items():
        indexing.keep(label, sorted(keys))


kept_by(keep_index)
