"""Finding by text, over everything the actor may see: the permission is part of every query."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from tospann.actions.models import Action
from tospann.budget.models import BudgetLine
from tospann.cases.models import Case, Decision
from tospann.foundation.authority import Actor
from tospann.people.models import Person
from tospann.planning.models import Activity
from tospann.projects.models import Goal
from tospann.projects.queries import visible_projects
from tospann.risks.models import Deviation, Problem, Risk
from tospann.stakeholders.models import Contact, Note, Promise
from tospann.ui.round_trip import Row

MOST = 50
"""So many of each kind."""
MOST_WORDS = 8
_OF_PROJECT = {"key": "project__key", "project": "project__name"}


def found(actor: Actor, text: str) -> dict[str, list[Row]]:
    """What holds every word of the text, by kind; a guest finds nothing that is not shared."""
    words = text.split()[:MOST_WORDS]
    mine = visible_projects(actor)
    if not words:
        return {}
    return {
        "projects": _rows(mine, words, ("name", "key", "purpose"), "key", "name"),
        "cases": _in(mine, Case, words, ("title", "situation"), "number", "title"),
        "decisions": _in(mine, Decision, words, ("title", "reason"), "number", "title"),
        "actions": _in(mine, Action, words, ("title", "description"), "number", "title"),
        "risks": _in(mine, Risk, words, ("title", "cause", "event"), "number", "title"),
        "problems": _in(mine, Problem, words, ("title", "description"), "number", "title"),
        "deviations": _in(mine, Deviation, words, ("title", "cause"), "number", "title"),
        "budget": _in(mine, BudgetLine, words, ("name", "code"), "number", "name"),
        "contacts": _in(mine, Contact, words, ("name", "organisation", "email"), "pk", "name"),
        "notes": _in(mine, Note, words, ("text", "contact__name"), "number", "text"),
        "promises": _in(mine, Promise, words, ("text", "to_name"), "number", "text"),
        "goals": _in(mine, Goal, words, ("description",), "description"),
        "tasks": _in(mine, Activity, words, ("name",), "uid", "name", "number", "kind"),
        "people": _people(actor, words),
    }


def _in(
    mine: QuerySet[Any], model: Any, words: Sequence[str], fields: Sequence[str], *shown: str
) -> list[Row]:
    rows = model._default_manager.filter(project__in=mine.order_by())
    return _rows(rows, words, fields, *shown, *_OF_PROJECT.values())


def _people(actor: Actor, words: Sequence[str]) -> list[Row]:
    if actor.kind == "guest":
        return []
    rows = Person.objects.filter(is_active=True)
    return _rows(rows, words, ("name", "email", "company"), "name", "email", "title", "company")


def _rows(
    rows: QuerySet[Any], words: Sequence[str], fields: Sequence[str], *shown: str
) -> list[Row]:
    for word in words:
        matches = Q()
        for name in fields:
            matches |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(matches)
    return list(rows.order_by(fields[0], "pk").values(*shown)[:MOST])
