"""Who needs which bytes, asked of the database itself, so that no capability can forget to say.

A column ``sha256`` (or ``…_sha256``) with a ``size`` (``…_size``) beside it names kept bytes. For
deciding what nobody needs any more, every hash counts that stands in any such column or anywhere in
a JSON column: a file in a proposal that waits for its decision is needed too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, CharField, Field, JSONField, Model, TextField
from django.db.models.functions import Cast

_HASH = re.compile(r"[0-9a-f]{64}")
_REMEMBERS_ONLY = {"foundation.auditdetail", "documents.content"}
"""Says what was once, or what is known of bytes; not what is needed."""
_AT_A_TIME = 2000


@dataclass(frozen=True)
class Named:
    """A row that says certain bytes are kept."""

    label: str
    pk: Any
    sha256: str
    size: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.label} {self.pk}" + (f" ({self.name})" if self.name else "")


def named() -> Iterator[Named]:
    """Every row that names kept bytes."""
    for model in apps.get_models():
        for column in _naming(model):
            size = f"{column.removesuffix('sha256')}size"
            has_name = any(field.attname == "name" for field in model._meta.concrete_fields)
            columns = ["pk", column, size, *(["name"] if has_name else [])]
            found = model._base_manager.exclude(**{column: ""}).order_by("pk")
            for row in found.values_list(*columns).iterator(_AT_A_TIME):
                yield Named(model._meta.label_lower, *row)


def needed() -> set[bytes]:
    """The hashes of all bytes that somebody may still need."""
    found: set[bytes] = set()
    for model in apps.get_models():
        if model._meta.label_lower in _REMEMBERS_ONLY:
            continue
        for field in model._meta.concrete_fields:
            if _may_name(field):
                for text in _texts(model, field):
                    found.update(bytes.fromhex(one) for one in _HASH.findall(text))
    return found


def _naming(model: type[Model]) -> list[str]:
    """Columns whose bytes are kept here, not in the row itself."""
    fields = model._meta.concrete_fields
    names = {field.attname for field in fields}
    if any(isinstance(field, BinaryField) for field in fields):
        return []
    hashes = (name for name in names if name == "sha256" or name.endswith("_sha256"))
    return sorted(name for name in hashes if f"{name.removesuffix('sha256')}size" in names)


def _may_name(field: Field[Any, Any]) -> bool:
    if isinstance(field, JSONField):
        return True
    return isinstance(field, CharField) and field.attname.endswith("sha256")


def _texts(model: type[Model], field: Field[Any, Any]) -> Iterator[str]:
    rows = model._base_manager.order_by().annotate(_text=Cast(field.attname, TextField()))
    for text in rows.values_list("_text", flat=True).iterator(_AT_A_TIME):
        if text:
            yield text
