"""Long lists in pages, the same way at every address of the API."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from pydantic import BaseModel, Field

LARGEST = 200
T = TypeVar("T")
Limit = Annotated[int, Field(ge=1, le=LARGEST, description="How many at most")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="How many to pass over first")]


class Page(BaseModel, Generic[T]):
    """Part of a list, and the address of the part that follows."""

    items: list[T]
    next: str | None = Field(default=None, description="Address of the next page, if there is one")
    count: int | None = Field(default=None, description="Of the whole list; only with count=true")


def following(request: HttpRequest, offset: int, limit: int, total: int) -> str | None:
    """The address of the part after this one, if there is one."""
    if offset + limit >= total:
        return None
    query = request.GET.copy()
    query["offset"] = str(offset + limit)
    return f"{request.path}?{query.urlencode()}"


def page(
    request: HttpRequest,
    found: QuerySet[Any],
    shown: Callable[[Any], T],
    *,
    limit: int,
    offset: int,
    count: bool = False,
) -> Page[T]:
    """The asked-for part of what a query found; one query, two with the count."""
    rows = list(found[offset : offset + limit + 1])
    return Page(
        items=[shown(row) for row in rows[:limit]],
        next=following(request, offset, limit, offset + len(rows)),
        count=found.count() if count else None,
    )
