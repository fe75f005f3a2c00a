"""The one register list page: declared columns and filters give sorting, paging and export.

What the reader chose stands in the address, so a list can be linked to, saved and gone back to.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from markupsafe import Markup

from tospann.foundation import parts
from tospann.ui import exports
from tospann.ui.cells import ShownRow, shown_rows
from tospann.ui.pages import fragment, is_fragment, page

Kind = Literal["text", "key", "link", "date", "state", "person", "number", "money", "percent"]
Text = str | Promise
Row = dict[str, Any]
Rows = QuerySet[Any, Any]
Choices = Sequence[tuple[str, Text]]
PAGE_SIZE = 100
CHUNK = 2000
NUMERIC = {"number", "money", "percent"}


@dataclass(frozen=True)
class Column:
    """One column. `key` names the value in the row; `field` the model field when it differs."""

    key: str
    label: Text
    kind: Kind = "text"
    field: str = ""
    sort: str | None = None
    """What to order by; "" switches sorting off, None means the field itself."""
    default: bool = True
    states: Mapping[str, tuple[Text, str]] = dataclasses.field(default_factory=dict)
    """For kind state: value → (label, tone)."""
    href: Callable[[Row], str | None] | None = None
    edit: Callable[[Row], tuple[str, str] | None] | None = None
    """(id, address) of the cell's own little form, where its value may be changed in place."""
    value: Callable[[Row], Any] | None = None
    """Works the shown value out of the row; then nothing is sorted unless `sort` says by what."""
    currency: str = ""
    """For kind money: the field that holds its currency; kroner without one."""

    @property
    def source(self) -> str:
        return self.field or self.key

    @property
    def order(self) -> str:
        return self.sort if self.sort is not None else ("" if self.value else self.source)

    def of(self, row: Row) -> Any:
        """The plain value in a row, states as their words."""
        found = self.value(row) if self.value else row[self.source]
        return str(self.states[found][0]) if found in self.states else found


@dataclass(frozen=True)
class Filter:
    """One filter above the list; `narrow(rows, value)` applies it."""

    key: str
    label: Text
    narrow: Callable[[Rows, str], Rows]
    choices: Choices | Callable[[], Choices] = ()
    kind: Literal["choice", "search", "flag", "hidden"] = "choice"
    """A hidden one has no menu: links lead to it, and it is shown, to be removed, when in force."""
    default: str = ""

    def options(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices

    def word(self, value: str) -> str:
        """How a chosen value reads."""
        return next((str(label) for key, label in self.options() if key == value), value)


def choice(
    key: str,
    label: Text,
    choices: Choices | Callable[[], Choices],
    *,
    field: str = "",
    default: str = "",
) -> Filter:
    """A menu of values; also for people (`field="owner_id"`). A value not offered is ignored."""

    def narrow(rows: Rows, value: str) -> Rows:
        offered = choices() if callable(choices) else choices
        return rows.filter(**{field or key: value}) if value in dict(offered) else rows

    return Filter(key, label, narrow, choices, default=default)


def search(label: Text, *fields: str) -> Filter:
    """Free text: every word must be found in one of the fields."""

    def narrow(rows: Rows, value: str) -> Rows:
        for word in value.split()[:8]:
            found = Q()
            for name in fields:
                found |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(found)
        return rows

    return Filter("q", label, narrow, kind="search")


def flag(key: str, label: Text, narrow: Callable[[Rows], Rows], *, on: bool = False) -> Filter:
    """A yes/no filter such as *overdue* or *mine*."""
    return Filter(key, label, lambda rows, _v: narrow(rows), kind="flag", default="1" if on else "")


@dataclass(frozen=True)
class Empty:
    """What an empty list says, and the one thing to do about it."""

    sentence: Text
    help: Text = ""
    icon: str = "list"


@dataclass(frozen=True)
class Bulk:
    """An action on the ticked rows: posts `pick` values to `url`."""

    label: Text
    url: str
    danger: bool = False


@dataclass(frozen=True)
class SavedView:
    name: str
    query: str


class SavedViews(Protocol):
    """Whoever keeps saved views answers in one query; `save_url` takes name, register, query."""

    def __call__(self, request: HttpRequest, register: str) -> Sequence[SavedView]: ...


@dataclass
class _Kept:
    views: SavedViews | None = None
    save_url: Callable[[], str] | None = None


_kept = _Kept()


def saved_views_come_from(views: SavedViews, save_url: Callable[[], str] | None = None) -> None:
    """Called once at start by the capability that stores saved views."""
    _kept.views, _kept.save_url = views, save_url


@dataclass(frozen=True)
class Register:
    """A list page, declared once at module level and answered with `respond`."""

    key: str
    title: Text
    columns: Sequence[Column]
    empty: Empty
    filters: Sequence[Filter] = ()
    order: Sequence[str] = ("pk",)
    row_link: Callable[[Row], str | None] | None = None
    """The address the first link column leads to."""
    overdue: Callable[[Row], bool] | None = None
    also: Sequence[str] = ()
    """Further fields that `row_link`, `value` and `overdue` need."""
    id_field: str = "pk"
    lead: Text = ""
    live: str = "*"
    """The capabilities whose changes make an open list of a project read itself again."""
    pickable: Callable[[Row], bool] | None = None
    """Whether a row may be ticked; every row that has a key when nothing is said."""
    complete: Callable[[list[Row]], None] | None = None
    """Adds to the rows that are shown what would cost too much to look up for all of them."""

    def respond(
        self,
        request: HttpRequest,
        rows: QuerySet[Any, Any],
        *,
        actions: Markup | str = "",
        empty_action: Markup | str = "",
        breadcrumbs: Sequence[tuple[str, str | None]] = (),
        quick_add: Any = None,
        bulk: Sequence[Bulk] = (),
        template: str = "ui/register.html",
        kept_total: Callable[[], int] | None = None,
        **context: Any,
    ) -> HttpResponse:
        """The page; under htmx the rows alone; with `?format=` a file. At most three queries, one
        more far into a long list or when filters leave nothing.

        `rows` is what the actor may see; `kept_total` says how many they are where that is kept.
        `actions` stands in the header, `quick_add` is a form posted to the list's own address
        below the rows.
        """
        chosen = Chosen(self, request.GET)
        narrowed = chosen.narrow(rows)
        if request.GET.get("format") in exports.KINDS:
            return self._export(request.GET["format"], chosen, narrowed)
        shown: dict[str, Any] = {
            "register": self,
            "chosen": chosen,
            **self._page_of(chosen, narrowed, None if chosen.active() else kept_total),
            "bulk": bulk,
            "empty_action": empty_action,
        }
        shown["nothing_yet"] = not shown["total"] and not (chosen.active() and _any(rows))
        if is_fragment(request):
            return fragment(request, "ui/_rows.html", **shown, **context)
        views = _kept.views(request, self.key) if _kept.views else ()
        save_url = _kept.save_url() if _kept.save_url else None
        around: dict[str, Any] = {
            "actions": actions,
            "breadcrumbs": breadcrumbs,
            "quick_add": quick_add,
        }
        saved: dict[str, Any] = {"views": views, "save_url": save_url}
        return page(request, template, **shown, **around, **saved, **context)

    def _fields(self, chosen: "Chosen") -> list[str]:
        named = [column.source for column in chosen.columns if not column.value]
        currencies = [column.currency for column in chosen.columns if column.currency]
        return list(dict.fromkeys([self.id_field, *named, *currencies, *self.also]))

    def _page_of(
        self, chosen: "Chosen", rows: Rows, kept_total: Callable[[], int] | None
    ) -> dict[str, Any]:
        """Count, then the rows of the page asked for, clamped to the last one."""
        total = kept_total() if kept_total else rows.order_by().count()
        pages = max(1, -(-total // PAGE_SIZE))
        number = min(chosen.page, pages)
        start = (number - 1) * PAGE_SIZE
        listed: Any = rows.order_by(*chosen.ordering())
        fields = self._fields(chosen)
        if not isinstance(listed, QuerySet):  # put together of several, as what people owe
            found = list(listed.values(*fields)[start : start + PAGE_SIZE])
        else:
            found = parts.part(listed, start, start + PAGE_SIZE, total, fields) if total else []
        if self.complete:
            self.complete(found)
        return {"rows": found, "total": total, "page": number, "pages": pages}

    def _read(self, chosen: "Chosen", rows: Rows) -> QuerySet[Any, Row]:
        return rows.order_by(*chosen.ordering()).values(*self._fields(chosen))

    def _export(self, kind: str, chosen: "Chosen", rows: Rows) -> HttpResponse:
        found = self._read(chosen, rows)[: exports.MOST_ROWS].iterator(chunk_size=CHUNK)
        columns = [*chosen.columns, *chosen.currencies()]
        table = ([column.of(row) for column in columns] for row in self._whole(found))
        headings = [(str(column.label), column.kind) for column in columns]
        return exports.respond(kind, str(self.title), headings, table)

    def _whole(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows of a file, completed so many at a time."""
        waiting = iter(rows)
        while some := list(islice(waiting, CHUNK)):
            if self.complete:
                self.complete(some)
            yield from some

    def shown(self, chosen: "Chosen", rows: list[Row], ui: Any) -> list[ShownRow]:
        return shown_rows(self, chosen.columns, rows, ui)

    def key_of(self, row: Row) -> Any:
        """What ticking the row sends, or None when it may not be ticked."""
        return row[self.id_field] if self.pickable is None or self.pickable(row) else None

    def is_overdue(self, row: Row) -> bool:
        return bool(self.overdue and self.overdue(row))

    def link(self, column: Column, row: Row) -> str | None:
        """Where a cell leads: the column's own address, or the row's for its link column."""
        if column.href:
            return column.href(row)
        return self.row_link(row) if column.kind == "link" and self.row_link else None


class Chosen:
    """What the address asks for; anything unknown in it is ignored."""

    def __init__(self, register: Register, query: QueryDict) -> None:
        self.register, self._query = register, query
        self.values = {
            known.key: query.get(known.key, known.default).replace("\x00", "").strip()[:200]
            for known in register.filters
        }
        self.page = _number(query.get("page", "1"))
        self.sort = self._known_sort(query.get("sort", ""))
        wanted = set(query.getlist("c"))
        self.columns = [
            column
            for column in register.columns
            if (column.key in wanted if wanted else column.default) or column.kind == "link"
        ]

    def currencies(self) -> list[Column]:
        """What a file says besides, so that nobody adds up amounts of different currencies."""
        shown = {column.source for column in self.columns}
        wanted = dict.fromkeys(column.currency for column in self.columns if column.currency)
        return [Column(name, _("Currency")) for name in wanted if name not in shown]

    def _known_sort(self, asked: str) -> str:
        sortable = {column.key for column in self.register.columns if column.order}
        return asked if asked.removeprefix("-") in sortable else ""

    def narrow(self, rows: Rows) -> Rows:
        for known in self.register.filters:
            if value := self.values[known.key]:
                rows = known.narrow(rows, value)
        return rows

    def ordering(self) -> list[str]:
        """The column asked for, else the own order; the key last, so that pages never overlap."""
        chosen = list(self.register.order)
        if self.sort:
            by = {column.key: column.order for column in self.register.columns}
            chosen = [("-" if self.sort[0] == "-" else "") + by[self.sort.lstrip("-")]]
        return chosen if {"pk", "-pk", "-id"} & {*chosen} else [*chosen, "pk"]

    def active(self) -> list[tuple[Filter, str]]:
        """Filters in force, with the word for their value."""
        chosen = ((known, self.values[known.key]) for known in self.register.filters)
        return [(known, known.word(value)) for known, value in chosen if value]

    def menus(self) -> list[Filter]:
        """The filters one chooses from a menu."""
        return [known for known in self.register.filters if known.kind in ("choice", "flag")]

    def in_force(self) -> set[str]:
        return {known.key for known, _word in self.active()}

    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the filter form must carry along: sorting and columns."""
        columns = [("c", key) for key in self._query.getlist("c")]
        return [*([("sort", self.sort)] if self.sort else []), *columns]

    def address(self, **changes: Any) -> str:
        """This list with something changed; None removes a part. A change leads to page 1."""
        parts: list[tuple[str, str]] = [
            (known.key, self.values[known.key])
            for known in self.register.filters
            if self.values[known.key] != known.default
        ]
        parts += self.hidden_fields()
        kept = [(key, value) for key, value in parts if key not in changes]
        added = [(key, str(value)) for key, value in changes.items() if value is not None]
        return "?" + urlencode(kept + added)

    def page_address(self, number: int) -> str:
        return self.address(page=number if number > 1 else None)

    def reset_address(self) -> str:
        """The list with every filter off, those on by default too."""
        return self.address(**dict.fromkeys(self.values, ""))

    def sort_address(self, column: Column) -> str:
        """Ascending first, then descending."""
        return self.address(sort=f"-{column.key}" if self.sort == column.key else column.key)

    def direction(self, column: Column) -> str:
        """The aria-sort value of a heading, empty when the list is not sorted by it."""
        if self.sort.lstrip("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"


def _any(rows: Rows) -> bool:
    """Whether an unnarrowed list holds anything: what tells *none yet* from *none of these*."""
    return rows.exists() if isinstance(rows, QuerySet) else rows.order_by().count() > 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < len(text) < 7 and int(text) else 1


def is_past(value: date | None, today: date) -> bool:
    """For `overdue`: a due date that has gone by."""
    return value is not None and value < today
