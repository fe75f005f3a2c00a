"""A case as plain data in words, for the file that is sent to those who decide."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tospann.blanks.rich import blocks
from tospann.cases import comparing, gates, queries
from tospann.cases.models import Alternative, Case
from tospann.foundation.authority import Actor
from tospann.projects.models import CriterionState
from tospann.ui import formats
from tospann.ui.jinja import language

Data = dict[str, Any]
_LEFT_OUT = {
    "none": gettext_noop("This kind of file has no pages; open it in the portal."),
    "link": gettext_noop("It lies elsewhere; follow the link in the portal."),
    "locked": gettext_noop("The file is protected by a password; open it in the portal."),
    "no_office": gettext_noop(
        "Office files cannot be made into pages here; open it in the portal."
    ),
    "heavy": gettext_noop("The file is too large or too slow to be read; open it in the portal."),
    "failed": gettext_noop("The file may be damaged; open it in the portal."),
}


def why_left_out(because: str) -> str:
    return _(_LEFT_OUT.get(because, _LEFT_OUT["failed"])) if because else ""


def printed(case: Case, reader: Actor) -> Data:
    """Everything the first pages say but where the papers begin."""
    today, project = timezone.localdate(), case.project
    return {
        "language": project.language[:2],
        "key": f"{project.key}-{case.number}",
        "title": case.title,
        "project": project.name,
        "author": case.prepared_by.name,
        "date": [today.year, today.month, today.day],
        "facts": _facts(case),
        "situation": blocks(case.situation),
        "recommendation": blocks(case.recommendation),
        "points": [_point(one) for one in gates.checked(case.gate, case)] if case.gate else [],
        "alternatives": [_alternative(row) for row in queries.alternatives(case)],
        "figures": _figures(case, reader),
        "link": f"{settings.BASE_URL}/p/{project.key}/decisions/cases/{case.number}/decide",
        "words": _words(),
    }


def papers(listed: Sequence[Data]) -> list[Data]:
    """The list of papers: where each begins, or why it is not in the file."""
    return [
        {
            "number": str(one["number"]),
            "title": one["title"],
            "page": str(one["page"]) if one["page"] else "–",
            "note": why_left_out(one["because"]) or _("Version %(number)s") % {
                "number": one["version"]
            },
        }
        for one in listed
    ]  # fmt: skip


def _facts(case: Case) -> list[list[str]]:
    speech = language()
    day = formats.short_date(case.need_by, speech) if case.need_by else "–"
    return [
        [_("Prepared by"), case.prepared_by.name],
        [_("Decides"), queries.who_decides_case(case)],
        [_("Needed by"), day],
        [_("Printed"), formats.date_and_time(timezone.localtime(), speech)],
    ]


def _point(one: gates.Checked) -> Data:
    if one.waiver is not None and not one.is_met:
        state, note = _("Waived"), one.waiver.reason
    elif one.result is not None:
        state, note = (_("Holds") if one.is_met else _("Does not hold")), one.result.text
    else:
        state = str(CriterionState(one.criterion.state).label)
        note = one.criterion.reason
    return {"text": one.criterion.text, "state": state, "note": note}


def _alternative(row: Data) -> Data:
    one: Alternative = row["alternative"]
    said = [line for change in row["changes"] for line in change["sentences"]]
    return {
        "title": one.title if one.case.gate_id else str(one),
        "is_recommended": row["recommended"],
        "text": one.description,
        "changes": said,
    }


def _figures(case: Case, reader: Actor) -> Data:
    """The consequences side by side; nothing where nothing is computed."""
    rows = list(Alternative.objects.filter(case=case))
    found = comparing.side_by_side(case, rows, reader)
    if found is None or not found.lines:
        return {"heads": [], "rows": []}
    return {
        "heads": ["", *(f"{one.key}: {one.title}" for one in found.columns)],
        "rows": [[line.label, *(_cell(cell) for cell in line.cells)] for line in found.lines],
    }


def _cell(cell: comparing.Cell | None) -> str:
    if cell is None:
        return "…"
    return f"{cell.text} {cell.note}".strip()


def _words() -> Data:
    return {
        "situation": _("Situation"),
        "recommendation": _("Recommendation"),
        "points": _("The points of the gate"),
        "point": _("Point"),
        "state": _("State"),
        "note": _("What it says"),
        "alternatives": _("Alternatives"),
        "recommended": _("Recommended"),
        "figures": _("Consequences"),
        "papers": _("Papers"),
        "paper": _("Paper"),
        "page": _("Page"),
        "none": _("No papers are appended."),
        "decide": _("Decide here"),
        "nothing": _("Nothing written yet."),
    }
