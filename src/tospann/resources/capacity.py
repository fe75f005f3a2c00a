"""How many hours people have: employment, less public holidays, less absence."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from tospann.resources.models import HOURS_PER_DAY, Absence, Employment
from tospann.resources.weeks import Weeks, monday, sunday, weeks_of, working_days

DAY = float(HOURS_PER_DAY)


class Employed(NamedTuple):
    """Hours of a working day between two days (``last`` None: until further notice)."""

    first: date
    last: date | None
    hours: float


class Away(NamedTuple):
    """The share of the days between two days that somebody is away."""

    first: date
    last: date
    share: float


class Time(NamedTuple):
    """What is known of somebody's time. Whoever has no employment works full days."""

    employed: Sequence[Employed] = ()
    away: Sequence[Away] = ()

    def on(self, day: date) -> float:
        """Her hours that working day."""
        found = DAY if not self.employed else 0.0
        for one in self.employed:
            if one.first <= day and (one.last is None or day <= one.last):
                found += one.hours
        gone = sum(one.share for one in self.away if one.first <= day <= one.last)
        return found * max(0.0, 1 - gone)

    def in_week(self, week: int) -> float:
        return sum(self.on(day) for day in working_days(week))


def of_person(person: UUID, weeks: Weeks) -> list[float]:
    """Her hours in each of the weeks."""
    return of_people([person], weeks)[person]


def of_people(people: Collection[UUID], weeks: Weeks) -> dict[UUID, list[float]]:
    """The hours of each in each of the weeks: two queries, however many they are."""
    known = times(people, weeks)
    usual = [len(working_days(week)) * DAY for week in weeks]
    found = {}
    for pk in people:
        time = known.get(pk)
        found[pk] = usual if time is None else _hours(time, weeks)
    return found


def _hours(time: Time, weeks: Weeks) -> list[float]:
    """Quick for the weeks in which nothing changes: most of them."""
    first, last = monday(weeks[0]), sunday(weeks[-1])
    whole = next((one for one in time.employed if _covers(one, first, last)), None)
    if whole is None and time.employed:
        return [round(time.in_week(week), 2) for week in weeks]
    hours = whole.hours if whole else DAY
    found = [round(len(working_days(week)) * hours, 2) for week in weeks]
    for away in time.away:
        for week in weeks_of(max(away.first, first), min(away.last, last)):
            found[week - weeks[0]] = round(time.in_week(week), 2)
    return found


def _covers(one: Employed, first: date, last: date) -> bool:
    return one.first <= first and (one.last is None or last <= one.last)


def times(people: Iterable[UUID], weeks: Weeks) -> dict[UUID, Time]:
    """Employment and absence of those who have any, in these weeks: two queries."""
    first, last = monday(weeks[0]), sunday(weeks[-1])
    ids = list(people)
    employed: dict[UUID, list[Employed]] = defaultdict(list)
    rows = Employment.objects.filter(person__in=ids).order_by("starts_on")
    for pk, start, end, percent, hours in rows.values_list(
        "person_id", "starts_on", "ends_on", "percent", "hours_per_day"
    ):
        employed[pk].append(Employed(start, end, float(hours) * percent / 100))
    away: dict[UUID, list[Away]] = defaultdict(list)
    gone = Absence.objects.filter(person__in=ids, starts_on__lte=last, ends_on__gte=first)
    for pk, start, end, percent in gone.values_list("person_id", "starts_on", "ends_on", "percent"):
        away[pk].append(Away(start, end, percent / 100))
    return {pk: Time(employed.get(pk, ()), away.get(pk, ())) for pk in {*employed, *away}}


def away_days(people: Iterable[UUID], weeks: Weeks) -> Mapping[UUID, dict[int, int]]:
    """On how many working days of which weeks each is away, wholly or in part: one query."""
    first, last = monday(weeks[0]), sunday(weeks[-1])
    found: dict[UUID, dict[int, int]] = defaultdict(dict)
    rows = Absence.objects.filter(
        Q(starts_on__lte=last, ends_on__gte=first), person__in=list(people)
    )
    days: dict[tuple[UUID, int], set[date]] = defaultdict(set)
    for pk, start, end in rows.values_list("person_id", "starts_on", "ends_on"):
        for week in weeks:
            days[pk, week] |= {day for day in working_days(week) if start <= day <= end}
    for (pk, week), gone in days.items():
        if gone:
            found[pk][week] = len(gone)
    return found
