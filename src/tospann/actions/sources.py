"""Everything somebody owes a project, whatever keeps it: one shape, one question to the database.

A capability above this one contributes its rows when it is ready:

    sources.owed_rows_come_from(Source("task", _("Plan task"), rows, address))

where ``rows()`` is a queryset of every project's rows, shaped by ``shaped``. Nothing here knows who
contributes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Protocol, cast

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import Promise

from tospann.actions.models import Stage
from tospann.projects.models import Project

Row = dict[str, Any]
Rows = QuerySet[Any, Any]
NEVER = date(9999, 12, 31)
OPEN = (Stage.NOT_STARTED, Stage.UNDER_WAY)
COLUMNS = (
    "owed_kind",
    "owed_ref",
    "owed_pick",
    "owed_code",
    "owed_title",
    "owed_owner",
    "owed_owner_name",
    "owed_given",
    "owed_given_name",
    "owed_due",
    "owed_by",
    "owed_state",
    "owed_rank",
    "owed_stuck",
    "owed_asked",
    "owed_priority",
    "owed_origin",
)
FLAGGED = Q(owed_stuck=True) | Q(owed_asked__isnull=False)
"""Something the owner said and somebody should answer."""
URGENT_FIRST = ("owed_rank", "owed_by", "owed_priority")
"""Open before the rest, the longest overdue first, what has no date last."""


class Address(Protocol):
    """Where a row's own page is."""

    def __call__(self, key: str, ref: int) -> str: ...


@dataclass(frozen=True)
class Source:
    """One kind of thing that is owed."""

    kind: str
    label: str | Promise
    rows: Callable[[], Rows]
    address: Address


_sources: dict[str, Source] = {}


def owed_rows_come_from(source: Source) -> Source:
    """Called once by each capability that keeps something people owe, when it is ready."""
    _sources[source.kind] = source
    return source


def kinds() -> list[tuple[str, str | Promise]]:
    return [(source.kind, source.label) for source in _sources.values()]


def label(kind: str) -> str:
    return str(_sources[kind].label)


def address(key: str, row: Mapping[str, Any]) -> str:
    return _sources[row["owed_kind"]].address(key, row["owed_ref"])


def short_id(key: str, row: Mapping[str, Any]) -> str:
    """NF-123, or what the source calls it (1.2.4 in the plan)."""
    return row["owed_code"] or f"{key}-{row['owed_ref']}"


def _stage(state: Any, is_open: Q) -> Any:
    if state is not None:
        return F(state) if isinstance(state, str) else state
    waits, done = Value(Stage.NOT_STARTED.value), Value(Stage.DONE.value)
    return Case(When(is_open, then=waits), default=done, output_field=TextField())


def shaped(  # the names are what a contributor has to know
    rows: Rows,
    kind: str,
    *,
    ref: str,
    title: str,
    owner: str,
    due: str,
    is_open: Q,
    state: Any = None,
    pick: str = "",
    code: str = "",
    given_by: str = "",
    stuck: Any = None,
    asked: str = "",
    priority: str = "",
    origin: str = "",
) -> Rows:
    """The queryset with the common columns. Names are fields; `state` may be an expression.

    It gives a Stage, or that is not started while open and done then; an index may serve `is_open`.
    """
    none = {"uuid": Cast(Value(None), UUIDField()), "text": _text("")}
    people = {
        "owed_owner": Cast(F(owner), UUIDField()),
        "owed_owner_name": _name(owner),
        "owed_given": Cast(F(given_by), UUIDField()) if given_by else none["uuid"],
        "owed_given_name": _name(given_by) if given_by else none["text"],
    }
    found: Rows = rows.annotate(
        owed_kind=_text(kind),
        owed_ref=Cast(F(ref), BigIntegerField()),
        owed_pick=F(pick) if pick else none["uuid"],
        owed_code=Cast(F(code), TextField()) if code else none["text"],
        owed_title=Cast(F(title), TextField()),
        **people,
        owed_due=F(due),
        owed_by=Coalesce(F(due), Value(NEVER), output_field=DateField()),
        owed_state=Cast(_stage(state, is_open), TextField()),
        owed_rank=Case(When(is_open, then=0), default=1, output_field=IntegerField()),
        owed_stuck=Case(
            When(stuck, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        if stuck is not None
        else Value(False, output_field=BooleanField()),
        owed_asked=F(asked) if asked else Cast(Value(None), DateField()),
        owed_priority=Cast(F(priority), TextField()) if priority else _text("normal"),
        owed_origin=Cast(F(origin), TextField()) if origin else none["text"],
    )
    return found


def _name(person: str) -> Coalesce:
    return Coalesce(F(f"{person}__name"), _text(""), output_field=TextField())


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())


@dataclass(frozen=True)
class Owed:
    """What is owed in a project, as lists need it: narrowed in every source, put together once.

    It answers the questions a register asks of a queryset, so that it can stand in for one.
    """

    parts: tuple[Rows, ...]
    order: tuple[str, ...] = ()

    def filter(self, *conditions: Q, **named: Any) -> "Owed":
        return replace(self, parts=tuple(part.filter(*conditions, **named) for part in self.parts))

    def order_by(self, *names: str) -> "Owed":
        """A row's own place last, so that pages never overlap."""
        return replace(self, order=tuple(name for name in names if name.lstrip("-") != "pk"))

    def of_kind(self, kind: str) -> "Owed":
        wanted = tuple(part for part in self.parts if _kind_of(part) == kind)
        return replace(self, parts=wanted or tuple(part.none() for part in self.parts[:1]))

    def count(self) -> int:
        return self._together(["owed_kind"]).count() if self.parts else 0

    def values(self, *_fields: str) -> "Owed":
        """Rows hold every column: sorting wants more than what is shown."""
        return self

    def __getitem__(self, wanted: slice) -> Rows:
        order = self.order or URGENT_FIRST
        found = self._together(COLUMNS).order_by(*order, "owed_kind", "owed_ref")
        return found[wanted]

    def per(self, *names: str) -> list[Row]:
        """How many, overdue and stuck for each value of these columns, in one query.

        The same value comes once from each source.
        """
        late = Q(owed_rank=0, owed_due__lt=timezone.localdate())
        stuck = Q(owed_rank=0, owed_stuck=True)
        first, *others = (
            part.order_by()
            .values(*names)
            .annotate(
                n=Count("pk"),
                late=Count("pk", filter=late),
                stuck=Count("pk", filter=stuck),
            )
            for part in self.parts
        )
        return list(first.union(*others, all=True) if others else first)

    def _together(self, columns: Sequence[str]) -> Rows:
        first, *others = (part.order_by().values(*columns) for part in self.parts)
        return first.union(*others, all=True) if others else first


def _kind_of(part: Rows) -> str:
    return str(cast(Value, part.query.annotations["owed_kind"]).value)


def of_project(project: Project) -> Owed:
    """Everything somebody owes the project."""
    return Owed(tuple(_shaped_once(kind).filter(project=project) for kind in _sources))


@cache
def _shaped_once(kind: str) -> Rows:
    """Working out the common columns takes longer than asking for a page of them."""
    return _sources[kind].rows()


def is_late(row: Mapping[str, Any]) -> bool:
    due = row["owed_due"]
    return row["owed_rank"] == 0 and due is not None and due < timezone.localdate()


def overdue(rows: Any) -> Any:
    return rows.filter(owed_rank=0, owed_due__lt=timezone.localdate())
