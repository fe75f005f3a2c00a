"""What stored changes of money would do, in the reader's language."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from tospann.budget.commands import lines, many, reserves
from tospann.budget.models import Budget, BudgetLine
from tospann.foundation.authority import amount_text
from tospann.projects.models import Project

MOST_TOLD = 20
"""Lines that are told of one by one when many change together."""


def kroner(value: Any) -> str:
    return amount_text(Decimal(str(value)), "NOK")


@lines.add_line.told
def _added(_project: Project, given: Mapping[str, Any]) -> list[str]:
    words = {"name": given["name"], "amount": kroner(given["amount"])}
    return [gettext("New budget line “%(name)s”: %(amount)s.") % words]


@lines.change_line.told
def _changed(line: BudgetLine, given: Mapping[str, Any]) -> list[str]:
    now = Decimal(str(given["amount"]))
    words = {"name": line.name, "before": kroner(line.amount), "after": kroner(now)}
    if now != line.amount:
        return [gettext("“%(name)s”: from %(before)s to %(after)s.") % words]
    return [gettext("“%(name)s” is described anew; the amount stays %(before)s.") % words]


@many.change_lines.told
def _changed_together(head: Budget, given: Mapping[str, Any]) -> list[str]:
    known = {str(one.pk): one for one in BudgetLine.objects.filter(project_id=head.project_id)}
    said: list[str] = []
    for row in given["lines"][:MOST_TOLD]:
        line = known.get(str(row["id"]))
        said += _changed(line, row) if line else _added(head.project, row)
    if (rest := len(given["lines"]) - MOST_TOLD) > 0:
        words = ngettext("… and %(n)s more line.", "… and %(n)s more lines.", rest)
        said.append(words % {"n": rest})
    return said


@lines.remove_line.told
def _removed(line: BudgetLine, _given: Mapping[str, Any]) -> list[str]:
    words = {"name": line.name, "amount": kroner(line.amount)}
    return [gettext("The budget line “%(name)s” (%(amount)s) goes.") % words]


@lines.move_money.told
def _moved(line: BudgetLine, given: Mapping[str, Any]) -> list[str]:
    other = BudgetLine.objects.filter(project_id=line.project_id, pk=given["to"]).first()
    words = {
        "amount": kroner(given["amount"]),
        "name": line.name,
        "other": other.name if other else gettext("(removed)"),
    }
    said = gettext("%(amount)s moves from “%(name)s” to “%(other)s”.") % words
    return [said, *_reason(given)]


def _reason(given: Mapping[str, Any]) -> list[str]:
    """In the words of whoever asks."""
    return [given["reason"]] if given.get("reason") else []


@reserves.set_reserves.told
def _set(head: Budget, given: Mapping[str, Any]) -> list[str]:
    words = {
        "manager": kroner(given["manager_reserve"]),
        "owner": kroner(given["owner_reserve"]),
    }
    return [gettext("Manager's reserve %(manager)s, owner's reserve %(owner)s.") % words]


@reserves.approve_budget.told
def _approved(head: Budget, _given: Mapping[str, Any]) -> list[str]:
    return [gettext("The budget as it is becomes what it is measured against.")]


def _released(words: Callable[[], str]) -> Callable[[BudgetLine, Mapping[str, Any]], list[str]]:
    def told(line: BudgetLine, given: Mapping[str, Any]) -> list[str]:
        said = words() % {"amount": kroner(given["amount"]), "name": line.name}
        return [said, *_reason(given)]

    return told


reserves.release_managers_reserve.told(
    _released(lambda: gettext("%(amount)s of the manager's reserve goes to “%(name)s”."))
)
reserves.release_owners_reserve.told(
    _released(lambda: gettext("%(amount)s of the owner's reserve goes to “%(name)s”."))
)
