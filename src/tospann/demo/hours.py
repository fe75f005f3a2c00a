"""Hours of the IT project: three weeks approved, one that waits, and one that is begun."""

from datetime import date, timedelta
from decimal import Decimal

from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.people.actors import actor_for
from tospann.projects.models import Project
from tospann.timesheets import commands, filling, grid
from tospann.timesheets.models import Sheet, State, monday_of

KEY = "NSS"
WORKING = ("amina.said", "per.aas", "jonas.berg", "ingrid.lund")
LATE = "per.aas"
"""Has not sent last week's hours."""
COMMENTS = {"amina.said": "Gjennomgang med saksbehandlerne", "jonas.berg": "Oppsett av testmiljø"}
MEETINGS = Decimal("1.5")


def beside(cast: Cast, key: str) -> clock.Beside:
    """Every Friday the week is sent; on Monday it is approved."""
    if key != KEY:
        return
    today = clock.today().weekday()
    for back in (4, 3, 2, 1):
        friday = 4 - today - 7 * back
        yield friday, 14
        for who in WORKING:
            if back > 1 or who != LATE:
                _keep(cast, who, clock.today() + timedelta(days=friday), send=True)
        if back > 1:
            yield friday + 3, 9
            _approve(cast)
    if today > 1:
        yield -1, 15
        _keep(cast, "amina.said", clock.today(), days=today)


def _keep(cast: Cast, who: str, day: date, *, send: bool = False, days: int = 5) -> None:
    """As planned, with the weekly meeting on Tuesday."""
    person, monday = cast[who], monday_of(day)
    week = grid.kept(person.pk, monday)
    filling.as_planned(week)
    project = next((one for one in week.projects if one.key == KEY), None)
    if project is None:
        return
    for row in week.open_rows:
        for step in range(days, 7):
            row.put(step, Decimal(0))
    meeting = week.row_for(project.pk, None, "meetings", COMMENTS.get(who, ""))
    longest = max(week.open_rows, key=lambda row: row.hours[1])
    if meeting and longest.hours[1] > MEETINGS:
        longest.put(1, longest.hours[1] - MEETINGS)
        meeting.put(1, MEETINGS)
    actor = actor_for(person)
    commands.save_week(
        actor, person, monday=monday, lines=week.given(), on_holidays=True, send=send
    )


def _approve(cast: Cast) -> None:
    project = Project.objects.get(key=KEY)
    sent = Sheet.objects.filter(project=project, state=State.SUBMITTED)
    ids = list(sent.values_list("pk", flat=True))
    if ids:
        commands.approve_hours(actor_for(cast["kari.nordmann"]), project, sheets=ids)
