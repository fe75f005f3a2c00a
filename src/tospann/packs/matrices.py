"""The packs' authority matrices, for projects that take one over."""

from decimal import Decimal
from typing import Any

from tospann.cases.standard import Standard
from tospann.packs import queries
from tospann.packs.definition import AuthorityRule
from tospann.ui.jinja import language


def standards() -> list[Standard]:
    """Each pack's, in the reader's language."""
    return [
        Standard(
            pack.key,
            pack.name.in_language(language()),
            [_line(rule) for rule in pack.authority],
        )
        for pack in (offered.pack for offered in queries.available())
    ]


def _line(rule: AuthorityRule) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "measure": rule.measure or "",
        "operator": rule.operator,
        "limit": None if rule.limit is None else Decimal(rule.limit),
        "deciders": list(rule.deciders),
        "mode": rule.mode,
    }
