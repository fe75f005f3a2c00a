"""Register rows as ready markup; each distinct value of a column is rendered once a page."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from tospann.ui import formats
from tospann.ui.jinja import language

if TYPE_CHECKING:
    from tospann.ui.register import Column, Register, Row

_LINK = Markup('<a class="ds-link" href="{}">{}</a>')
_EDIT = Markup(
    '<button class="cell-edit" type="button" id="{}" hx-get="{}" hx-target="closest td" '
    'hx-swap="innerHTML">{}<span class="ds-sr-only"> {}</span></button>'
)
_PERSON = Markup('<span class="person">{}<span>{}</span></span>')
_NUMBERS: dict[str, Callable[[Any, str], str]] = {
    "money": formats.money,
    "percent": formats.percent,
    "number": formats.number,
}
DASH = Markup("–")


class ShownRow(NamedTuple):
    key: Any
    overdue: bool
    cells: list[tuple[Markup, Markup]]
    """(opening tag, content) of each cell."""


def shown_rows(
    register: "Register", columns: Sequence["Column"], rows: Iterable["Row"], ui: Any
) -> list[ShownRow]:
    """`ui` is the templates' own component macros."""
    painters = [_Painter(column, register, ui) for column in columns]
    late = Markup('<span class="ds-sr-only"> {}</span>').format(_("overdue"))
    return [
        ShownRow(
            register.key_of(row),
            overdue := register.is_overdue(row),
            [
                (painter.opening, painter.paint(row, late if overdue else ""))
                for painter in painters
            ],
        )
        for row in rows
    ]


class _Painter:
    """Paints one column, remembering what it has painted."""

    def __init__(self, column: "Column", register: "Register", ui: Any) -> None:
        self.column, self.register, self.ui = column, register, ui
        opening = Markup('<td class="is-{}" data-label="{}">')
        self.opening = opening.format(column.kind, str(column.label))
        self.language = language()
        self.change = _("Edit")
        self.leads = bool(column.href or (column.kind == "link" and register.row_link))
        self._seen: dict[Any, Markup] = {}

    def paint(self, row: "Row", late: Markup | str) -> Markup:
        value = self.column.value(row) if self.column.value else row[self.column.source]
        if self.column.currency:
            inner = self._priced(value, row[self.column.currency])
        else:
            inner = self._plain(value)
        if late and self.column.kind == "date" and value:
            inner += late
        if self.leads and (address := self.register.link(self.column, row)):
            return _LINK.format(address, inner)
        if self.column.edit and (form := self.column.edit(row)):
            return _EDIT.format(*form, inner, self.change)
        return inner

    def _plain(self, value: Any) -> Markup:
        try:
            inner = self._seen.get(value)
        except TypeError:  # a list or another value that has no hash
            return self._content(value)
        if inner is None:
            inner = self._seen[value] = self._content(value)
        return inner

    def _priced(self, value: Any, currency: str) -> Markup:
        """An amount in the currency of its row."""
        inner = self._seen.get((value, currency))
        if inner is None:
            shown = DASH if value is None else escape(formats.money(value, self.language, currency))
            inner = self._seen[value, currency] = shown
        return inner

    def _content(self, value: Any) -> Markup:
        kind = self.column.kind
        if value is None or value == "":
            return escape(_("(no name)")) if kind == "link" else DASH
        if value in self.column.states:
            label, tone = self.column.states[value]
            return Markup(self.ui.tag(str(label), tone))  # noqa: S704 - a macro's own markup
        if kind == "state":
            return Markup(self.ui.tag(str(value)))  # noqa: S704 - a macro's own markup
        if kind == "date" and isinstance(value, date):
            return Markup(self.ui.day(value))  # noqa: S704 - a macro's own markup
        if kind == "person":
            return _PERSON.format(self.ui.avatar(str(value), "sm"), str(value))
        if kind == "key":
            return Markup('<span class="register-key">{}</span>').format(value)
        return escape(_NUMBERS[kind](value, self.language) if kind in _NUMBERS else value)
