"""The responsibility matrix as it is shown: rows down, people across."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404

from tospann.people.models import Person
from tospann.planning.models import Activity, Kind
from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.team.models import Duty, Responsibility

MOST_TASKS = 300


@dataclass(frozen=True)
class Row:
    """One row: who answers for it, and the letters of everybody in it by person."""

    id: UUID
    title: str
    task_uid: int | None
    accountable: UUID
    letters: dict[str, str]


@dataclass(frozen=True)
class Matrix:
    """Rows, and across them everybody who has a letter or is on the team."""

    people: list[tuple[str, str]]
    rows: list[Row]

    def letters(self, row: Row, person: str) -> str:
        return row.letters.get(person, "")


def of(project: Project) -> Matrix:
    """Three queries, whatever the number of rows."""
    rows = Responsibility.objects.filter(project=project).order_by("position", "id")
    shown = rows.values("id", "title", "task_uid", "accountable_id", "accountable__name")
    found: list[dict[str, Any]] = [{**row} for row in shown]
    duties = Duty.objects.filter(project=project).order_by("-letter")
    letters: dict[UUID, dict[str, str]] = {row["id"]: {} for row in found}
    names = dict(team(project))
    for row in found:
        who = str(row["accountable_id"])
        letters[row["id"]][who] = "A"
        names.setdefault(who, row["accountable__name"])
    for duty in duties.values("responsibility_id", "person_id", "person__name", "letter"):
        who, held = str(duty["person_id"]), letters[duty["responsibility_id"]]
        held[who] = f"{held[who]} {duty['letter']}" if who in held else duty["letter"]
        names.setdefault(who, duty["person__name"])
    people = sorted(names.items(), key=lambda one: one[1])
    return Matrix(people, [_row(row, letters[row["id"]]) for row in found])


def _row(row: dict[str, Any], letters: dict[str, str]) -> Row:
    return Row(row["id"], row["title"], row["task_uid"], row["accountable_id"], letters)


def row(project: Project, pk: UUID) -> Responsibility:
    found = Responsibility.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise Http404
    return found


def duties(of_row: Responsibility) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {"R": [], "C": [], "I": []}
    for letter, who in Duty.objects.filter(responsibility=of_row).values_list(
        "letter", "person_id"
    ):
        found[letter].append(who)
    return found


def tasks(project: Project) -> list[tuple[str, str]]:
    """What of the plan has no row yet, for a menu."""
    has = Responsibility.objects.filter(project=project, task_uid__isnull=False)
    found = Activity.objects.filter(project=project, is_active=True)
    found = found.exclude(uid__in=has.values("task_uid")).order_by("position")
    rows = found.exclude(kind=Kind.MILESTONE).values_list("uid", "number", "name")[:MOST_TASKS]
    return [(str(uid), f"{number} {name}") for uid, number, name in rows]


def task_name(project: Project, uid: int) -> str:
    found = Activity.objects.filter(project=project, uid=uid).values_list("name", flat=True)
    return found.first() or ""


def accountable_count(person: Person) -> int:
    """How many rows the person answers for, in all projects."""
    return Responsibility.objects.filter(accountable=person).count()
