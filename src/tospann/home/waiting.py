"""What waits for somebody: to be decided, to be prepared, to be answered, to be chased."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.cases import queries as cases
from tospann.foundation.authority import Actor, Power, rule
from tospann.home import between, hours, overview, posted, served
from tospann.planning.pending import queries as pending
from tospann.planning.pending.markers import delay
from tospann.projects.models import GateOutcome
from tospann.reports import queries as reports
from tospann.ui import formats
from tospann.ui.jinja import language, maybe_url
from tospann.ui.round_trip import Lists, Row

Item = dict[str, Any]


def to_decide(actor: Actor, lists: Lists) -> list[Item]:
    """Foundings to accept, cases to decide, what lies between projects, reports to sign."""
    signing = [_to_sign(row) for row in reports.to_sign(actor)]
    begun, others = _founding(actor, lists["founding"]), between.to_decide(actor, lists)
    return [*begun, *_cases(actor), *others, *signing]


def _cases(actor: Actor) -> list[Item]:
    """By what waiting costs: first what is needed within a week, the dearest at the top."""
    rows = cases.waiting_for(actor)
    costs = pending.of_cases({row["project_id"] for row in rows}) if rows else {}
    unknown = pending.Cost(None, 0, Decimal(0))
    known = [(costs.get((row["project_id"], row["number"]), unknown), row) for row in rows]
    known.sort(key=lambda one: _asked(*one).urgency)
    return [_case(row, _asked(cost, row)) for cost, row in known]


def _asked(cost: pending.Cost, row: Mapping[str, Any]) -> pending.Cost:
    """The day somebody asked for counts when it comes before the day the plan needs."""
    days = [day for day in (cost.need_by, row["need_by"]) if day is not None]
    return replace(cost, need_by=min(days, default=None))


def to_prepare(actor: Actor, lists: Lists) -> list[Item]:
    """Cases to complete, reports and minutes due, and owners who are stuck or ask for time."""
    return [
        *(_draft(row) for row in cases.to_prepare(actor)),
        *(_report(row) for row in reports.due(actor)),
        *(_minutes(row) for row in lists["minutes"]),
        *(_flag(row) for row in lists["flagged"]),
        *(hours.to_approve(row) for row in lists["hours_sent"]),
        *between.to_prepare(actor, lists),
        *posted.to_prepare(lists),
        *served.to_prepare(lists),
    ]


def chase(lists: Lists) -> list[Item]:
    """What others owe my projects and is overdue, for one reminder to everybody."""
    return [
        {
            "label": row["project_name"],
            "key": row["key"],
            "href": reverse("tasks", args=[row["key"]]) + "?overdue=1",
            "note": _overdue_text(row["n"], row["people"]),
            "count": row["n"],
        }
        for row in lists["chased"]
    ]


def _overdue_text(things: int, people: int) -> str:
    what = ngettext("%(n)s action overdue", "%(n)s actions overdue", things) % {"n": things}
    who = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
    return f"{what} · {who}"


def _founding(actor: Actor, projects: Iterable[Row]) -> list[Item]:
    return [
        {
            "label": _("Accept roles and authority matrix"),
            "href": maybe_url("accept_founding", row["key"])
            or reverse("overview", args=[row["key"]]),
            "note": row["name"],
            "tag": _("Founding"),
            "tone": "info",
        }
        for row in projects
        if rule(actor, Power.ACCEPT_FOUNDING, row["id"]).may_decide
    ]


def _case(row: Mapping[str, Any], cost: pending.Cost) -> Item:
    tag, tone = overview.need_by(cost.need_by)
    note = _("%(project)s · prepared by %(name)s") % {
        "project": row["project__name"],
        "name": row["prepared_by__name"],
    }
    said = [note, _advice(row), delay(cost.slip_days, cost.cost_per_week)]
    return {
        "label": row["title"],
        "href": reverse("case", args=[row["project__key"], row["number"]]),
        "note": " · ".join(part for part in said if part),
        "tag": tag,
        "tone": tone,
    }


def _advice(row: Mapping[str, Any]) -> str:
    """What is recommended in words; a proposal recommends itself, which needs no saying."""
    if row["kind"] == "gate" and row["recommended"] in set(GateOutcome):
        label = str(GateOutcome(row["recommended"]).label).lower()
        return _("recommends: %(what)s") % {"what": label}
    if row["kind"] == "other" and row["recommended_title"]:
        return _("recommends: %(what)s") % {"what": row["recommended_title"]}
    return ""


def _to_sign(row: Mapping[str, Any]) -> Item:
    note = _("%(project)s · prepared by %(name)s") % {
        "project": row["project_name"],
        "name": row["prepared_by_name"] or _("Somebody"),
    }
    tag, tone = overview.need_by(row["due_on"]) if row["due_on"] else (_("To sign"), "info")
    return {
        "label": _("Status report %(number)s") % {"number": row["number"]},
        "href": _report_address(row["project_key"], row["number"]),
        "note": note,
        "tag": tag,
        "tone": tone,
    }


def _report_address(key: str, number: int | None) -> str:
    found = maybe_url("report", key, number) if number else None
    return found or reverse("reports", args=[key])


def _draft(row: Mapping[str, Any]) -> Item:
    return {
        "label": row["title"],
        "href": reverse("case", args=[row["project__key"], row["number"]]),
        "note": row["project__name"],
        "tag": _("Being prepared") if row["state"] == "draft" else _("Answer a question"),
        "tone": "neutral" if row["state"] == "draft" else "warning",
    }


def _report(row: Mapping[str, Any]) -> Item:
    tag, tone = overview.need_by(row["due_on"])
    return {
        "label": _("Status report"),
        "href": _report_address(row["project_key"], row["number"]),
        "note": row["project_name"],
        "tag": tag,
        "tone": tone,
    }


def _minutes(row: Row) -> Item:
    day = timezone.localtime(row["starts_at"]).date()
    address = maybe_url("meeting", row["key"], row["number"])
    return {
        "label": _("Minutes of “%(title)s”") % {"title": row["title"]},
        "href": address or reverse("overview", args=[row["key"]]),
        "note": f"{row['project_name']} · {formats.short_date(day, language())}",
        "tag": _("To be sent"),
        "tone": "warning",
    }


def _flag(row: Row) -> Item:
    """“Kari står fast” or “Kari ber om 12.01.”, leading to the action where it is answered."""
    if row["stuck_since"]:
        tag, tone = _("Stuck"), "danger"
        said = row["stuck_text"][:120]
        if row["reply_by"]:
            day = formats.short_date(row["reply_by"], language())
            tag = _("Stuck, answer by %(day)s") % {"day": day}
    else:
        day = formats.short_date(row["proposed_due_on"], language())
        tag, tone = _("Asks for %(day)s") % {"day": day}, "warning"
        said = ""
    parts = [row["owner"] or _("Nobody yet"), row["project_name"], said]
    return {
        "label": row["title"],
        "href": reverse("action", args=[row["key"], row["number"]]),
        "note": " · ".join(part for part in parts if part),
        "tag": tag,
        "tone": tone,
    }
