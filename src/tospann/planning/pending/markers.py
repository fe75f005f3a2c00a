"""The pending decisions as rows of a list: when each is needed, and what waiting costs."""

from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import planengine as engine
from planengine.instants import DAY, MINUTE
from tospann.cases.models import OPEN_STATES
from tospann.foundation.authority import amount_text
from tospann.planning.models import PendingDecision
from tospann.planning.skeleton import ENDS
from tospann.projects.models import Project
from tospann.ui import formats
from tospann.ui.jinja import language

MOST = 5
MOST_IN_CHART = 100


def of_plan(project: Project) -> list[dict[str, Any]]:
    """The first needed of those that hold up the plan (one query)."""
    shown = _needed(project).values_list(
        "case__number", "case__title", "need_by", "slip_days", "cost_per_week"
    )
    today = timezone.localdate()
    return [
        {
            "label": title,
            "href": reverse("case", args=[project.key, number]),
            "tag": _("Needed by %(day)s") % {"day": formats.short_date(need_by, language())},
            "tone": "danger" if need_by and need_by < today else "info",
            "note": delay(slip, cost),
        }
        for number, title, need_by, slip, cost in shown[:MOST]
        if need_by
    ]


def in_chart(project: Project) -> list[dict[str, Any]]:
    """The same for the chart: which rows wait, and until when (one query). Times are minutes."""
    rows = _needed(project).values_list("case__number", "case__title", "need_by", "uids")
    words = _("%(case)s %(title)s: decision needed by %(day)s")
    return [
        {
            "uids": uids,
            "at": (engine.day(need_by) * DAY + ENDS) // MINUTE,
            "text": words
            % {
                "case": f"{project.key}-{number}",
                "title": title,
                "day": formats.short_date(need_by, language()),
            },
            "address": reverse("case", args=[project.key, number]),
        }
        for number, title, need_by, uids in rows[:MOST_IN_CHART]
        if need_by
    ]


def _needed(project: Project) -> QuerySet[PendingDecision]:
    rows = PendingDecision.objects.filter(
        project=project, case__state__in=OPEN_STATES, need_by__isnull=False
    )
    return rows.order_by(F("need_by"), "case__number")


def delay(slip_days: int, cost: Decimal) -> str:
    """“a week's delay: 5 working days, NOK 45 000”; nothing where the finish stands."""
    if not slip_days:
        return ""
    parts = [amount_text(Decimal(slip_days), "days")]
    if cost:
        parts.append(amount_text(cost, "NOK"))
    return _("a week's delay: %(cost)s") % {"cost": ", ".join(parts)}
