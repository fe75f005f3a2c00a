"""A part far into a long list, without reading all that comes before it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

FAR = 500
"""From here on the keys of a part are found first: nearer it costs a question for nothing."""


def keys(ordered: QuerySet[Any, Any], start: int, stop: int, total: int) -> list[Any]:
    """The keys of these rows of ``total``, counted from the end of the list that is nearer."""
    found, stop = ordered.values_list("pk", flat=True), min(stop, total)
    if start > total - stop:
        return list(found.reverse()[total - stop : max(total - start, 0)])[::-1]
    return list(found[start:stop])


def part(
    ordered: QuerySet[Any, Any], start: int, stop: int, total: int, fields: Sequence[str] = ()
) -> list[Any]:
    """These rows of ``total`` in their order, which must tell any two apart; ``fields``: as
    dictionaries of these.
    """
    if start < FAR:
        return list((ordered.values(*fields) if fields else ordered)[start:stop])
    wanted = keys(ordered, start, stop, total)
    # Put in order here: asked to, a database reads the list from its beginning after all.
    rows = ordered.order_by().filter(pk__in=wanted)
    by_key = (
        {row["pk"]: row for row in rows.values(*dict.fromkeys(["pk", *fields]))}
        if fields
        else {row.pk: row for row in rows}
    )
    return [by_key[key] for key in wanted if key in by_key]
