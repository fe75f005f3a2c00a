"""What stands in the letter: the same lists as on the page, in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.home import desk as desks
from tospann.home.letter.links import ANSWERS, STOP, Link
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.ui import formats
from tospann.ui.jinja import language

MOST_NEWS = 8


@dataclass(frozen=True)
class Line:
    """One thing: what, where, by when, where it is seen and how it is answered."""

    text: str
    href: str = ""
    note: str = ""
    answers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Part:
    """A heading and its lines."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Letter:
    """A letter to one person, ready to be written out."""

    person: Person
    parts: list[Part]
    news: list[Line] = field(default_factory=list)
    overdue: int = 0
    due: int = 0

    @property
    def subject(self) -> str:
        if self.overdue:
            words = _("Your week: %(due)s to do, %(overdue)s overdue")
        else:
            words = _("Your week: %(due)s to do")
        return words % {"due": self.due + self.overdue, "overdue": self.overdue}

    @property
    def stop(self) -> str:
        """Where the letter is declined, without signing in."""
        return _address(Link(self.person.pk, STOP))


def letter(person: Person) -> Letter | None:
    """The person's letter in the language in force; None when nothing is open."""
    actor = actor_for(person)
    if actor.person_id is None:
        return None
    desk = desks.desk(actor)
    parts: list[Part] = []
    for block in desk.main:
        parts += _week(person, block.rows) if block.name == "week" else _part(block)
    if not parts:
        return None
    news = [Line(f"{one['who']} {one['text']}") for one in desk.since_lines[:MOST_NEWS]]
    due = sum(len(g["items"]) for b in desk.main if b.name == "week" for g in _near(b.rows))
    return Letter(person, parts, news, desk.overdue, due - desk.overdue)


def _near(groups: list[Any]) -> list[Any]:
    return [group for group in groups if group["name"] != "later"]


def _week(person: Person, groups: list[Any]) -> list[Part]:
    """What is overdue, due today and due this week, each with its answers."""
    return [
        Part(group["title"], [_owed(person, item) for item in group["items"]])
        for group in _near(groups)
    ]


def _owed(person: Person, item: dict[str, Any]) -> Line:
    parts = [item["kind"], item["project"], item["when"], item["note"]]
    return Line(
        item["label"],
        settings.BASE_URL + item["href"] if item["href"] else "",
        " · ".join(part for part in parts if part),
        [
            (words()[answer], _address(Link(person.pk, answer, *_thing(item))))
            for answer in ANSWERS
            if answer in item["answers"]
        ],
    )


def _thing(item: dict[str, Any]) -> tuple[str, str, int]:
    return item["what"], item["key"], item["number"]


def words() -> dict[str, str]:
    """The answers as they are written on the links."""
    return {"done": _("done"), "late": _("3 days late"), "stuck": _("I am stuck")}


def _address(link: Link) -> str:
    return settings.BASE_URL + reverse("answer_letter", args=[link.token()])


def _part(block: desks.Block) -> list[Part]:
    titles = {
        "decide": _("For decision"),
        "prepare": _("For preparation"),
        "chase": _("Overdue with others"),
        "meetings": _("My meetings"),
    }
    if block.name not in titles or not block.rows:
        return []
    shown = _meeting if block.name == "meetings" else _waiting
    return [Part(titles[block.name], [shown(row) for row in block.rows])]


def _waiting(row: dict[str, Any]) -> Line:
    note = " · ".join(part for part in (row.get("note"), row.get("tag")) if part)
    return Line(row["label"], settings.BASE_URL + row["href"], note)


def _meeting(row: dict[str, Any]) -> Line:
    begins = timezone.localtime(row["begins"])
    day = formats.weekday_name(begins.date(), language())
    when = f"{day} {formats.date_and_time(begins, language())}"
    note = " · ".join(part for part in (when, row["project_name"], row["place"]) if part)
    return Line(row["title"], settings.BASE_URL + row["href"], note)
