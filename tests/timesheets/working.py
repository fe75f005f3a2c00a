"""A project whose plan has tasks for its member, and weeks of hours."""

from datetime import date, timedelta
from decimal import Decimal

import time_machine
from django.utils import timezone
from tests import making

import planengine as engine
from planengine.instants import DAY, HOUR
from tospann.foundation.authority import Role
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.resources.models import Rate
from tospann.timesheets import commands
from tospann.timesheets.models import Sheet, monday_of, week_name

FULL = (7.5, 7.5, 7.5, 7.5, 7.5, 0, 0)


def this_monday():
    return monday_of(timezone.localdate())


def project(tasks=2, rated=None, **values):
    """The member is responsible for every task; each runs from four weeks ago until in four."""
    today = this_monday()
    values = {"start": today - timedelta(weeks=8), "finish": today + timedelta(weeks=40)} | values
    made = making.project("Nytt <fagsystem>", **values)
    start = engine.day(today - timedelta(weeks=4)) * DAY + 8 * HOUR
    edits = []
    for uid in range(1, tasks + 1):
        row = engine.Activity(uid, f"Bygg <{uid}>", start=start, duration=40 * 8 * HOUR)
        edits.append(engine.AddActivity(row))
        edits.append(engine.SetResponsible(uid, str(made.people[Role.MEMBER].pk)))
    planning.start_plan(
        made.coordinator, made.project, edits=[engine.edit_to_json(one) for one in edits]
    )
    if rated is not None:
        rate = Rate(person=made.people[Role.MEMBER], amount=rated, valid_from=date(2020, 1, 1))
        making.inside(rate.save)
    return made


def plan(made):
    return Plan.objects.get(project=made.project)


def line(made, *hours, uid=1, kind="", comment=""):
    hours = [*hours, *[0] * (7 - len(hours))]
    return commands.HoursLine(
        project=made.project.pk,
        uid=uid,
        kind=kind,
        comment=comment,
        hours=[Decimal(str(one)) for one in hours],
    )


def save(made, *lines, role=Role.MEMBER, monday=None, **values):
    who = made.people[role]
    return commands.save_week(
        made.actor(role), who, monday=monday or this_monday(), lines=list(lines), **values
    )


def sent(made, *lines, **values):
    """The sheet of a week that is sent for approval."""
    week = save(made, *(lines or (line(made, *FULL),)), send=True, **values)
    return Sheet.objects.get(week=week, project=made.project)


__all__ = ["Decimal", "timedelta", "timezone", "week_name"]


def at(iso):
    return date.fromisoformat(iso)


def may():
    """The week of 17 May 2027, a Monday and a public holiday."""
    return time_machine.travel("2027-05-20T10:00:00+02:00", tick=False)
