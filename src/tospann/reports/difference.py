"""What has changed since a report was sent for signature: frozen figures against those of now."""

from typing import Any

from django.utils.translation import gettext as _

from tospann.reports.drafting import draft
from tospann.reports.drafting.words import day
from tospann.reports.models import StatusReport

Data = dict[str, Any]


def since_submission(report: StatusReport) -> list[Data]:
    """Rows of ``what, frozen, now``; empty while nothing has moved."""
    frozen = report.evidence
    now = draft.content(draft.ground(report))
    return [*_states(frozen, now), *_plan(frozen, now), *_milestones(frozen, now),
            *_texts(frozen, now)]  # fmt: skip


def _row(what: str, frozen: object, now: object) -> Data:
    return {"what": what, "frozen": str(frozen), "now": str(now)}


def _states(frozen: Data, now: Data) -> list[Data]:
    areas = {area["area"]: area for area in now["areas"]}
    pairs = [(frozen["overall"], now["overall"])]
    pairs += [(one, areas[one["area"]]) for one in frozen["areas"] if one["area"] in areas]
    return [
        _row(was["label"], was["proposed_word"], is_["proposed_word"])
        for was, is_ in pairs
        if was["proposed"] != is_["proposed"]
    ]


def _plan(frozen: Data, now: Data) -> list[Data]:
    was, is_ = frozen["facts"]["plan"] or {}, now["facts"]["plan"] or {}
    rows = []
    if was.get("percent") != is_.get("percent"):
        rows.append(_row(_("Progress"), f"{was.get('percent')} %", f"{is_.get('percent')} %"))
    if was.get("finish") != is_.get("finish"):
        finish = _("Finish in the plan")
        rows.append(_row(finish, day(was.get("finish")), day(is_.get("finish"))))
    return rows


def _milestones(frozen: Data, now: Data) -> list[Data]:
    known = {row["uid"]: row for row in now["facts"]["milestones"]}
    return [
        _row(row["name"], day(row["now"]), day(known[row["uid"]]["now"]))
        for row in frozen["facts"]["milestones"]
        if row["uid"] in known and known[row["uid"]]["now"] != row["now"]
    ]


def _texts(frozen: Data, now: Data) -> list[Data]:
    """Lines that the computed text of a section has gained or lost."""
    rows = []
    for was, is_ in zip(frozen["sections"], now["sections"], strict=True):
        if was["is_computed"] and is_["is_computed"] and was["text"] != is_["text"]:
            before, after = was["text"].splitlines(), is_["text"].splitlines()
            gone = [line for line in before if line not in after]
            came = [line for line in after if line not in before]
            rows.append(_row(was["title"], " · ".join(gone) or "–", " · ".join(came) or "–"))
    return rows
