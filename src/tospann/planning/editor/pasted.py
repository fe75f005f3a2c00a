"""Rows copied in a spreadsheet become rows of the plan: with headings as an import has them, else
by what the columns hold.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.errors import Invalid
from tospann.planning.editor.ground import Sheet
from tospann.planning.editor.rows import after_row
from tospann.planning.editor.sent import Paste
from tospann.planning.spreadsheet import headings, reader
from tospann.planning.spreadsheet.failure import Unreadable

MOST = 500
_CONTROL = re.compile(r"[^\t\n\x20-\U0010ffff]")
_NUMBER = re.compile(r"\d+(\.\d+)*\.?")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"\d+([.,]\d+)?\s*(d|t|h|u|w|m)?\w*\??", re.IGNORECASE)
_PERCENT = re.compile(r"\d+([.,]\d+)?\s*%")


def paste(sheet: Sheet, operation: Paste) -> list[Edit]:
    """The copied rows after another row, with the outline and the links they have."""
    plan = _read(operation.text)
    parent, position = after_row(sheet.plan, operation.after)
    uids = {one.uid: sheet.reserve() for one in plan.activities}
    found: list[Edit] = []
    tops = 0
    for one in plan.activities:
        under = parent if one.parent is None else uids[one.parent]
        fresh = replace(one, uid=uids[one.uid], parent=under)
        at = None if one.parent is not None or position is None else position + tops
        tops += one.parent is None
        found.append(engine.AddActivity(fresh, at))
    links = (replace(one, predecessor=uids[one.predecessor], successor=uids[one.successor])
             for one in plan.links)  # fmt: skip
    return [*found, *(engine.AddLink(one) for one in links)]


def _read(text: str) -> engine.Plan:
    rows = [line.split("\t") for line in _lines(text)]
    if len(rows) > MOST:
        raise Invalid(
            _("At most %(most)s rows are pasted at once. Import a larger plan.") % {"most": MOST},
            "text",
        )
    if headings.find(rows) is None:
        rows.insert(0, _guessed(rows))
    try:
        return reader.read("\n".join("\t".join(row) for row in rows).encode()).plan
    except Unreadable:
        raise Invalid(_("There is no row with a name in what was pasted."), "text") from None


def _lines(text: str) -> list[str]:
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace('"', ""))
    return [line for line in plain.split("\n") if line.strip()]


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Headings by what stands below them; the first column of words is the name."""
    width = max(map(len, rows), default=1)
    found: list[str] = []
    for at in range(width):
        known = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        kinds = ["Nr"] if at == 0 and width > 1 else []
        kinds += ["Start", "Slutt", "Prosent", "Varighet", "Navn"]
        fits = (kind for kind in kinds if kind not in found and _LOOKS[kind](known))
        found.append(next(fits, ""))
    if "Navn" not in found:
        found[0] = "Navn"
    return found


def _all(pattern: re.Pattern[str]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: bool(cells) and all(pattern.fullmatch(cell) for cell in cells)


_LOOKS: Mapping[str, Callable[[Sequence[str]], bool]] = {
    "Nr": _all(_NUMBER),
    "Start": _all(_DAY),
    "Slutt": _all(_DAY),
    "Prosent": _all(_PERCENT),
    "Varighet": _all(_DURATION),
    "Navn": bool,
}
