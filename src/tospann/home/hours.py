"""My hours on my own page: this week, and the weeks that wait to be sent."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.projects.models import Project
from tospann.timesheets import queries
from tospann.timesheets.models import Sheet, State, Week, monday_of, week_name
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.round_trip import Lists, Row, Rows

Item = dict[str, Any]
BACK = 3
"""Whole weeks that are looked back on."""
MOST = 40


def first_monday(today: date) -> date:
    return monday_of(today) - timedelta(days=7 * BACK)


def rows(
    person: UUID, mine: Iterable[UUID], approved: Iterable[UUID], first: date
) -> dict[str, Rows]:
    """For the page's one query: where I keep hours, my latest weeks, and what waits for me."""
    keeping = queries.using(Project.objects.filter(pk__in=list(mine))).order_by("key")[:MOST]
    weeks = Week.objects.filter(person=person, monday__gte=first).order_by("monday")
    sent = Sheet.objects.filter(project__in=list(approved), state=State.SUBMITTED)
    others = sent.exclude(person=person).order_by().values("project__key", "project__name")
    return {
        "hours_in": Rows(keeping, start="start", created_at="created_at"),
        "hours": Rows(weeks, monday="monday", state="state", hours="hours"),
        "hours_sent": Rows(
            others.annotate(n=Count("pk")).order_by("project__key"),
            n="n",
            key="project__key",
            project_name="project__name",
        ),
    }


def mine(lists: Lists, today: date) -> Item | None:
    """The card of my hours; None for whoever keeps none."""
    if not lists["hours_in"]:
        return None
    by_week = {row["monday"]: row for row in lists["hours"]}
    states = {monday: row["state"] for monday, row in by_week.items()}
    now, first = monday_of(today), first_monday(today)
    mondays = [first + timedelta(days=7 * step) for step in range(BACK)]
    begun = [max(row["start"], row["created_at"].date()) for row in lists["hours_in"]]
    this = by_week.get(now)
    return {
        "week": week_name(now),
        "hours": Decimal(str(this["hours"])) if this else Decimal(0),
        "is_sent": states.get(now, State.OPEN) not in (State.OPEN, State.RETURNED),
        "waiting": [_waiting(monday) for monday in queries.waiting(mondays, states, begun)],
    }


def _waiting(monday: date) -> tuple[str, str]:
    name = formats.week(monday, language())
    return name[:1].upper() + name[1:], f"{reverse('hours')}?week={week_name(monday)}"


def to_approve(row: Row) -> Item:
    """Hours others have sent, in a project whose hours I approve."""
    n = row["n"]
    return {
        "label": _("Hours to approve"),
        "href": reverse("team_hours", args=[row["key"]]),
        "note": row["project_name"],
        "tag": ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n},
        "tone": "info",
    }
