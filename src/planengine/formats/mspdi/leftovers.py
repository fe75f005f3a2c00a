"""Fields of a file nobody asked for."""

from __future__ import annotations

from collections.abc import Mapping

from planengine.formats.account import Account
from planengine.formats.mspdi.values import Fields

_BLANK = frozenset(("", "0", "0.0", "0.00", "PT0H0M0S", "false"))


def lose_rest(
    account: Account,
    row: Fields,
    kept: frozenset[str],
    computed: frozenset[str],
    usual: Mapping[str, str],
) -> None:
    """Count the fields of a row nobody asked for.

    Fields in `computed` are worked out anew; those with a blank or their `usual` value say
    nothing.
    """
    recomputed = 0
    for name, value in row.node.fields.items():
        if name in kept or value in _BLANK or usual.get(name) == value:
            continue
        if name in computed:
            recomputed += 1
        else:
            account.lose("field", row.where, f"{row.node.tag}/{name}")
    account.lose("computed", row.where, row.node.tag, recomputed)
    for name, nodes in row.node.groups.items():
        if name not in kept:
            account.lose("field", row.where, f"{row.node.tag}/{name}", len(nodes))
