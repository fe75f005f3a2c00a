"""What the pages of load and capacity show, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.queries import visible_projects
from tospann.resources import heat, keeping, queries
from tospann.resources.heat import Heat, Over, drawn
from tospann.resources.models import Absence, PersonSkill
from tospann.resources.weeks import Weeks, monday, number_of, sunday, weeks_from

TEAM_WEEKS, LINE_WEEKS, MOST_WEEKS = 12, 12, 52
PEOPLE = 200
"""On one page of the capacity of all."""
HERS = 50
"""On one page of a line manager's people, of whom much more is shown."""
MOST_OVER = 30


def weeks_asked(asked: Mapping[str, str], today: date, count: int) -> Weeks:
    """From the week of ``from`` (a date), or from this one."""
    try:
        first = date.fromisoformat(asked.get("from", ""))
    except ValueError:
        first = today
    nearest = min(max(first, today - timedelta(days=730)), today + timedelta(days=1460))
    return weeks_from(nearest, count)


@dataclass(frozen=True)
class Shown:
    """A heat map with what it says in words, and where the neighbouring weeks are."""

    heat: Heat
    overs: Sequence[Over]
    query: str = ""

    @property
    def drawn(self) -> Any:
        return drawn(self.heat)

    @property
    def first(self) -> date:
        return monday(self.heat.weeks[0])

    @property
    def last(self) -> date:
        return sunday(self.heat.weeks[-1])

    @property
    def earlier(self) -> str:
        return self._at(self.first - timedelta(weeks=len(self.heat.weeks)))

    @property
    def later(self) -> str:
        return self._at(self.first + timedelta(weeks=len(self.heat.weeks)))

    def _at(self, day: date) -> str:
        return f"?{urlencode({'from': day.isoformat()})}{self.query}"


@dataclass(frozen=True)
class Known:
    """What is known of somebody's time."""

    id: UUID
    name: str
    title: str
    percent: int
    skills: Sequence[PersonSkill]
    absences: Sequence[Absence]
    is_kept: bool
    """Whether the reader may change it."""


@dataclass(frozen=True)
class Team:
    """The load page of a project."""

    shown: Shown
    known: Sequence[Known]


def of_team(actor: Actor, project: Project, weeks: Weeks) -> Team:
    people = queries.team(project)
    found = heat.of(people, weeks, project.pk)
    return Team(Shown(found, _overs(actor, found)), known(actor, people))


@dataclass(frozen=True)
class Hers:
    """A line manager's people, fifty at a time."""

    people: Sequence[dict[str, Any]]
    number: int
    pages: int
    first: str

    @classmethod
    def of(cls, everybody: Sequence[dict[str, Any]], asked: Mapping[str, str]) -> "Hers":
        pages = max(1, -(-len(everybody) // HERS))
        number = min(_number(asked), pages)
        some = everybody[(number - 1) * HERS : number * HERS]
        return cls(some, number, pages, asked.get("from", ""))

    @property
    def ids(self) -> list[UUID]:
        return [one["id"] for one in self.people]

    def query(self) -> str:
        return f"&page={self.number}" if self.number > 1 else ""

    def at(self, number: int) -> str:
        kept = {"from": self.first} if self.first else {}
        return f"?{urlencode(kept | {'page': number})}"


def of_people(
    actor: Actor, people: Sequence[dict[str, Any]], weeks: Weeks, query: str = ""
) -> Shown:
    """A line manager's people."""
    found = heat.of(people, weeks)
    return Shown(found, _overs(actor, found), query)


def _overs(actor: Actor, found: heat.Heat, most: int = MOST_OVER) -> list[heat.Over]:
    """With the names of the projects the reader sees; of the others only that they are there."""
    worst = heat.overs(found, most)
    wanted = {project for one in worst for project in one.projects}
    if not wanted:
        return []
    seen = visible_projects(actor).filter(pk__in=wanted).values_list("pk", "name", "key")
    return heat.named(worst, {pk: (name, key) for pk, name, key in seen})


def known(actor: Actor, people: Sequence[dict[str, Any]]) -> list[Known]:
    """Share of full time, absence and skills of each: three queries, and what may be changed."""
    ids = [one["id"] for one in people]
    shares, skills, away = queries.shares_of(ids), queries.skills_of(ids), queries.absences_of(ids)
    keeps = keeping.whose(actor, ids)
    return [
        Known(
            one["id"],
            one["name"],
            one["title"],
            shares.get(one["id"], 100),
            skills.get(one["id"], ()),
            away.get(one["id"], ()),
            one["id"] in keeps,
        )
        for one in people
    ]


@dataclass(frozen=True)
class Asked:
    """Which people and weeks the capacity page is to show."""

    weeks: Weeks
    unit: UUID | None = None
    skill: UUID | None = None
    number: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str], today: date) -> "Asked":
        count = asked.get("weeks", "")
        weeks = weeks_asked(asked, today, int(count) if count in ("12", "26", "52") else MOST_WEEKS)
        return cls(weeks, _uuid(asked.get("unit")), _uuid(asked.get("skill")), _number(asked))

    def query(self) -> str:
        kept = {"unit": self.unit, "skill": self.skill, "weeks": len(self.weeks)}
        return "".join(f"&{urlencode({name: value})}" for name, value in kept.items() if value)

    def at(self, number: int) -> str:
        first = monday(self.weeks[0]).isoformat()
        return f"?{urlencode({'from': first, 'page': number})}{self.query()}"


@dataclass(frozen=True)
class Everybody:
    """The capacity page: two hundred people at a time."""

    shown: Shown
    asked: Asked
    total: int
    units: queries.Choices
    skills: queries.Choices

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PEOPLE))


def of_all(actor: Actor, asked: Asked) -> Everybody:
    people = queries.people_for_capacity(actor, asked.unit, asked.skill)
    total = people.count()
    asked = replace(asked, number=min(asked.number, max(1, -(-total // PEOPLE))))
    first = (asked.number - 1) * PEOPLE
    rows = [dict(row) for row in people.values("id", "name", "title")[first : first + PEOPLE]]
    found = heat.of(rows, asked.weeks)
    shown = Shown(found, _overs(actor, found, 10), asked.query())
    return Everybody(shown, asked, total, queries.units(), queries.skills())


def said_of_weeks(first: int, last: int) -> str:
    """“week 12” or “weeks 12–14”."""
    numbers = (number_of(first)[1], number_of(last)[1])
    if first == last:
        return gettext("week %(n)s") % {"n": numbers[0]}
    return gettext("weeks %(first)s–%(last)s") % {"first": numbers[0], "last": numbers[1]}


def _number(asked: Mapping[str, str]) -> int:
    """The page asked for."""
    page = asked.get("page", "")
    return max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 5 else 1


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
