"""References to records (``projects.phase:0192…``): finding them, and what became of them."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError

from tospann.foundation.models import AuditEntry
from tospann.foundation.statements import by_key


def find(ref: str) -> Any:
    """The record the reference names, or None."""
    label, _colon, pk = ref.partition(":")
    try:
        return by_key(apps.get_model(label))(pk)
    except (LookupError, ValueError, ValidationError):
        return None


def what_changed_since(ref: str, version: int) -> list[dict[str, Any]]:
    """The changes to a record after that version: who, when, which fields, before and after."""
    found: list[dict[str, Any]] = []
    entries = AuditEntry.objects.filter(subject=ref).select_related("detail").order_by("-id")[:20]
    for entry in entries:
        change = (entry.detail.changes or {}).get(ref)
        if change is None or (change["version"] or 0) <= version:
            continue
        found.append(
            {"at": entry.at.isoformat(), "by": entry.detail.actor_name, "fields": change["fields"]}
        )
    return found
