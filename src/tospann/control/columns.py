"""Yearly amounts in columns, as people copy them from a spreadsheet. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from tospann.ui.formats import parse_number

MOST_YEARS, MOST_COLUMNS = 100, 20
_BETWEEN = re.compile("[\t;]")


class Unreadable(ValueError):
    """What was typed is no table of amounts: a sentence that says where."""


@dataclass(frozen=True)
class Table:
    """The amounts of each year, a column for each kind, and what the kinds are called."""

    names: tuple[str, ...]
    years: tuple[tuple[Decimal, ...], ...]

    @property
    def is_several(self) -> bool:
        return len(self.names) > 1

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The columns of the page's table."""
        return [(name or str(place), "money") for place, name in enumerate(self.names, 1)]

    @property
    def net(self) -> list[Decimal]:
        """What each year comes to."""
        return [sum(year, Decimal(0)) for year in self.years]

    @property
    def so_far(self) -> list[Decimal]:
        """What the years come to until each of them."""
        return list(accumulate(self.net))

    @property
    def totals(self) -> list[Decimal]:
        """What each column comes to."""
        return [sum(column, Decimal(0)) for column in zip(*self.years, strict=True)]


def read(text: str, language: str) -> Table:
    """One year a line, columns divided by tabs or semicolons. An empty cell is nothing.

    A first line without a single number holds the names. Raises ``Unreadable``.
    """
    lines = [_BETWEEN.split(line) for line in text.splitlines() if line.strip(" \t;\xa0")]
    numbered = list(enumerate(lines, 1))
    names: list[str] = []
    if numbered and not any(_is_amount(cell, language) for cell in lines[0]) and len(lines) > 1:
        names = [cell.strip() for cell in numbered.pop(0)[1]]
    if len(numbered) > MOST_YEARS:
        raise Unreadable(_("At most 100 years."))
    wide = max((len(cells) for _number, cells in numbered), default=0)
    if wide > MOST_COLUMNS:
        raise Unreadable(_("At most 20 columns."))
    years = [
        tuple(_amount(cell, number, language) for cell in [*cells, *[""] * (wide - len(cells))])
        for number, cells in numbered
    ]
    named = [*names, *[""] * wide][:wide]
    return Table(tuple(named), tuple(years))


def _is_amount(cell: str, language: str) -> bool:
    try:
        parse_number(cell, language)
    except ValueError:
        return False
    return True


def _amount(cell: str, number: int, language: str) -> Decimal:
    if not cell.strip():
        return Decimal(0)
    try:
        return parse_number(cell, language)
    except ValueError:
        said = _("Line %(number)s is not an amount.") % {"number": number}
        raise Unreadable(said) from None


def read_named(text: str, language: str) -> list[tuple[str, tuple[Decimal, ...]]]:
    """A name and three amounts a line, divided by tabs or semicolons. Raises ``Unreadable``.

    A first line without a single number holds headings.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in _BETWEEN.split(line)]
        if not any(cells) or (number == 1 and not any(_is_amount(c, language) for c in cells)):
            continue
        name, *amounts = cells
        if not name or len(amounts) != 3 or not all(amounts):
            said = _("Line %(number)s needs a name and three amounts, divided by semicolons.")
            raise Unreadable(said % {"number": number})
        found.append((name, tuple(_amount(cell, number, language) for cell in amounts)))
    return found


def read_pairs(text: str, language: str) -> list[tuple[str, str, Decimal]]:
    """Two names and a number a line, divided by tabs or semicolons. Raises ``Unreadable``."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in _BETWEEN.split(line)]
        if not any(cells):
            continue
        if len(cells) != 3 or not all(cells):
            said = _("Line %(number)s needs two names and a number, divided by semicolons.")
            raise Unreadable(said % {"number": number})
        found.append((cells[0], cells[1], _amount(cells[2], number, language)))
    return found
