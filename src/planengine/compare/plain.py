"""Values of plans and of comparisons as JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, cast

from planengine.codec import encoder
from planengine.model import Activity

_MODEL = Activity.__module__.rpartition(".")[0]


def plain(value: Any) -> Any:
    """A value as JSON: rows of the model in the codec's form, other rows field by field."""
    if is_dataclass(value):
        kind = type(value)
        if kind.__module__.startswith(_MODEL):
            return encoder(cast(Any, kind))(value)
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, str) else value
