"""Reading what people see: tables of a page, text of a PDF, cells and formulas of a workbook."""

import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

import pypdfium2
from openpyxl import load_workbook

_NOTHING = {"", "–", "-"}


@dataclass
class Table:
    """A table of a page: its caption, its headings and its rows, all as text."""

    caption: str = ""
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    totals: list[bool] = field(default_factory=list)

    def column(self, heading):
        """The amounts under a heading (or in a place), without those of total rows."""
        place = self._place(heading)
        rows = zip(self.rows, self.totals, strict=True)
        return [amount(row[place]) for row, is_total in rows if not is_total]

    def total(self, heading):
        """What the total row says; counted from the end, as its first cell may span several."""
        place = self._place(heading) - len(self.headings)
        (row,) = [row for row, is_total in zip(self.rows, self.totals, strict=True) if is_total]
        return amount(row[place])

    def begins(self, heading):
        """The place of the heading that begins so: how a list is ordered is said after it."""
        return next(n for n, head in enumerate(self.headings) if head.startswith(heading))

    def _place(self, heading):
        return heading if isinstance(heading, int) else self.headings.index(heading)


class _Tables(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.cell, self.in_head, self.in_table = [], None, False, False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.found.append(Table())
            self.in_table = True
        elif self.in_table and tag == "thead":
            self.in_head = True
        elif self.in_table and tag == "tr" and not self.in_head:
            self.found[-1].rows.append([])
            self.found[-1].totals.append("is-total" in (dict(attrs).get("class") or ""))
        elif self.in_table and tag in {"td", "th", "caption"}:
            self.cell = []

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag == "table":
            self.in_table = False
        elif tag == "thead":
            self.in_head = False
        elif self.cell is not None and tag in {"td", "th", "caption"}:
            self._close(tag, " ".join("".join(self.cell).split()))
            self.cell = None

    def _close(self, tag, text):
        table = self.found[-1]
        if tag == "caption":
            table.caption = text
        elif self.in_head:
            table.headings.append(text)
        else:
            table.rows[-1].append(text)


def tables(html):
    """Every table of a page, by its caption."""
    reader = _Tables()
    reader.feed(html)
    return {table.caption: table for table in reader.found}


def amount(text):
    """The number in a cell of a Norwegian page; none is nothing."""
    found = re.match(r"[−-]?[\d\s\u00a0\u202f]*(?:,\d+)?", text.strip())[0]
    plain = re.sub(r"[\s\u00a0\u202f]", "", found).replace("−", "-").replace(",", ".")
    return Decimal(0) if plain in _NOTHING else Decimal(plain)


def plain(text):
    """Without any kind of space: drawn text has its own."""
    return re.sub(r"[\s\u00a0\u202f]", "", text)


def pdf_text(file):
    book = pypdfium2.PdfDocument(file)
    return plain("".join(page.get_textpage().get_text_range() for page in book))


class Workbook:
    """A workbook as it was written: values, and formulas with the cells they add up."""

    def __init__(self, content):
        self.values = load_workbook(io.BytesIO(content), data_only=True).worksheets
        self.formulas = load_workbook(io.BytesIO(content)).worksheets

    def column(self, sheet, place):
        """The values of a column (from 0) without heading and total, and the total; the total is
        the formula that adds up exactly those cells.
        """
        rows = list(self.values[sheet].iter_rows(values_only=True))
        found = [cents(row[place]) for row in rows[1:]]
        if not found:
            return [], Decimal(0)
        last = self.formulas[sheet].cell(len(rows), place + 1)
        letter = last.column_letter
        assert last.value == f"=SUM({letter}2:{letter}{len(rows) - 1})", last.value
        return found[:-1], found[-1]


def cents(value):
    return Decimal(0) if value is None else Decimal(f"{value:.2f}")
