"""What a week must satisfy; every refusal names the day and the project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid
from tospann.planning.models import Activity, Kind
from tospann.projects.models import Membership, Project, ProjectState
from tospann.timesheets import closing, kinds, lines
from tospann.timesheets.lines import Entry
from tospann.timesheets.models import Sheet
from tospann.ui import formats
from tospann.ui.holidays import public_holidays
from tospann.ui.jinja import language

MOST_A_DAY = Decimal(24)
AHEAD = timedelta(weeks=8)
BACK = timedelta(weeks=104)
Wanted = Mapping[UUID, list[Entry]]
"""The lines of each project."""


@dataclass(frozen=True)
class Place:
    """Whose week, and what was there before."""

    person: UUID
    monday: date
    before: Mapping[UUID, Sheet]

    def day(self, step: int) -> date:
        return self.monday + timedelta(days=step)

    def kept(self, project: UUID) -> list[Entry]:
        sheet = self.before.get(project)
        return lines.read(sheet.lines) if sheet else []

    def changed(self, wanted: Wanted) -> Iterable[tuple[UUID, date]]:
        """Each project and day whose hours become others."""
        for project, entries in wanted.items():
            was = lines.by_day(self.kept(project))
            now = lines.by_day(entries)
            yield from ((project, self.day(n)) for n in range(7) if was[n] != now[n])


def long_day(day: date) -> str:
    spoken = language()
    return f"{formats.weekday_name(day, spoken)} {formats.long_date(day, spoken)}"


def week_begins(monday: date) -> None:
    today = timezone.localdate()
    if monday.weekday():
        raise Invalid(gettext("A week begins on a Monday."), "monday")
    if not today - BACK <= monday <= today + AHEAD:
        raise Invalid(gettext("This week is too far away to keep hours for."), "monday")


def on_the_projects(place: Place, wanted: Wanted) -> dict[UUID, Project]:
    """The projects that get hours, all of them hers on the days she worked."""
    known = {one.pk: one for one in Project.objects.filter(pk__in=list(wanted))}
    until = _until(place.person, wanted)
    for project_id, entries in wanted.items():
        project = known.get(project_id)
        if project is None or project_id not in until:
            name = project.key if project and project_id in place.before else ""
            raise Invalid(_not_on(name), "lines")
        last = until[project_id]
        late = [n for n, hours in enumerate(lines.by_day(entries)) if hours]
        if last is not None and late and place.day(late[-1]) > last:
            said = gettext(
                "You left %(project)s on %(day)s. Hours after that cannot be kept there."
            )
            raise Invalid(said % {"project": project.key, "day": long_day(last)}, "lines")
        _open_for_hours(project)
    return known


def _not_on(name: str) -> str:
    if name:
        return gettext("You are no longer on %(project)s.") % {"project": name}
    return gettext("You are not on this project, so hours cannot be kept there.")


def _until(person: UUID, wanted: Wanted) -> dict[UUID, date | None]:
    """The projects she is on, and until when (None: no end)."""
    found: dict[UUID, date | None] = {}
    held = Membership.objects.filter(person=person, project__in=list(wanted))
    for project, until in held.exclude(role=Role.GUEST).values_list("project_id", "until"):
        if project not in found:
            found[project] = until
        else:
            before = found[project]
            found[project] = None if before is None or until is None else max(before, until)
    return found


def _open_for_hours(project: Project) -> None:
    if project.state == ProjectState.CLOSED:
        said = gettext("%(project)s is closed. Nothing more is recorded there.")
        raise Invalid(said % {"project": project.key}, "lines")


def known_work(place: Place, wanted: Wanted, projects: Mapping[UUID, Project]) -> None:
    """Every line is about a task of the plan or a type of work of that project."""
    uids = Q(pk__in=[])
    for project, entries in wanted.items():
        uids |= Q(project=project, uid__in=[one.uid for one in entries if one.uid])
    tasks = Activity.objects.filter(uids).exclude(kind=Kind.SUMMARY)
    there = set(tasks.values_list("project_id", "uid"))
    offered = kinds.of_projects(list(wanted))
    for project, entries in wanted.items():
        before = {(one.uid, one.kind) for one in place.kept(project)}
        for one in entries:
            if (one.uid, one.kind) in before:
                continue
            _is_known(one, projects[project], there, offered[project])


def _is_known(
    one: Entry, project: Project, there: set[tuple[UUID, int]], offered: Mapping[str, str]
) -> None:
    if one.uid is None and not one.kind:
        raise Invalid(gettext("Choose a task or a type of work for every line."), "lines")
    if one.uid is not None and (project.pk, one.uid) not in there:
        said = gettext("There is no such task in the plan of %(project)s.")
        raise Invalid(said % {"project": project.key}, "lines")
    if one.kind and one.kind not in offered:
        said = gettext("“%(kind)s” is no type of work in %(project)s.")
        raise Invalid(said % {"kind": one.kind, "project": project.key}, "lines")


def hours_of_a_day(place: Place, everything: Iterable[Entry]) -> None:
    for step, hours in enumerate(lines.by_day(everything)):
        if hours > MOST_A_DAY:
            raise Invalid(too_many(place.day(step), hours), "lines")


def too_many(day: date, hours: Decimal) -> str:
    said = gettext("%(day)s adds up to %(hours)s hours. A day has 24.")
    name = long_day(day)
    shown = formats.number(hours, language())
    return said % {"day": name[:1].upper() + name[1:], "hours": shown}


def holidays_are_meant(place: Place, wanted: Wanted) -> None:
    """Work on a public holiday happens; it is asked about once."""
    days = sorted({day for _p, day in place.changed(wanted) if day in public_holidays(day.year)})
    worked = lines.by_day(one for entries in wanted.values() for one in entries)
    days = [day for day in days if worked[(day - place.monday).days]]
    if days:
        said = gettext("%(days)s is a public holiday. Did you work then?")
        listed = ", ".join(long_day(day) for day in days)
        raise Invalid(said % {"days": listed[:1].upper() + listed[1:]}, "on_holidays")


def months_are_open(place: Place, wanted: Wanted) -> None:
    changed = list(place.changed(wanted))
    known = closing.closed({project for project, _day in changed}) if changed else {}
    for project, day in changed:
        if closing.is_closed(known, project, day):
            raise Invalid(month_is_closed(_key(project), day), "lines")


def month_is_closed(project: str, day: date) -> str:
    said = gettext("%(month)s is closed in %(project)s. Hours of %(day)s stay as they are.")
    month = formats.month(day, language())
    month = month[:1].upper() + month[1:]
    return said % {"month": month, "project": project, "day": long_day(day)}


def _key(project: UUID) -> str:
    return Project.objects.values_list("key", flat=True).get(pk=project)
