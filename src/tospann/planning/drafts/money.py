"""Money in a draft: what lines of the budget would come to, beside the changes of the plan.

Only the amount is kept; the rest of a line is taken as it is when the draft is judged or applied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from tospann.budget import commands as budget
from tospann.budget.models import Budget, BudgetLine
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Operation
from tospann.foundation.errors import Gone, Invalid
from tospann.foundation.ids import new_id
from tospann.planning.drafts import drafting
from tospann.planning.drafts.models import Draft
from tospann.projects.models import Project

Item = dict[str, Any]
MOST = 200


class Shown(NamedTuple):
    """A line as the draft would have it."""

    key: str
    name: str
    before: Decimal | None
    after: Decimal
    is_gone: bool


def has_budget(project: Project) -> bool:
    return Budget.objects.filter(project=project).exists()


def choices(project: Project) -> list[tuple[str, str]]:
    rows = BudgetLine.objects.filter(project=project).order_by("code", "number")
    found = rows.values_list("pk", "code", "name")[:500]
    return [(str(pk), f"{code} {name}".strip()) for pk, code, name in found]


def set_amount(actor: Actor, draft: Draft, line: UUID | None, name: str, amount: Decimal) -> None:
    """What a line would come to: one of the budget's, or a new one of that name."""
    lines = BudgetLine.objects.filter(project_id=draft.project_id)
    if line is not None and not lines.filter(pk=line).exists():
        raise Gone
    item = {
        "key": str(line or new_id()),
        "new": line is None,
        "name": name,
        "amount": f"{amount:.2f}",
        "by": str(actor.person_id),
    }
    kept = [one for one in draft.money if one["key"] != item["key"]]
    if len(kept) >= MOST:
        raise Invalid(_("A draft changes at most %(most)s lines of the budget.") % {"most": MOST})
    drafting.change_money(draft, [*kept, item])


def take_out(draft: Draft, key: str) -> None:
    kept = [one for one in draft.money if one["key"] != key]
    if len(kept) == len(draft.money):
        raise Gone
    drafting.change_money(draft, kept)


def operations(project: Project, items: Sequence[Item]) -> list[Operation]:
    """The commands the items come to; a line that is gone is passed over."""
    lines = _lines(project, items)
    found = []
    for item in items:
        if item["new"]:
            said = {"id": item["key"], "name": item["name"], "amount": item["amount"]}
            made = budget.add_line.operation(project, said)
        elif (line := lines.get(item["key"])) is not None:
            made = budget.change_line.operation(line, {**_as_it_is(line), "amount": item["amount"]})
        else:
            continue
        found.append(replace(made, expected_version=None))
    return found


def shown(project: Project, items: Sequence[Item]) -> list[Shown]:
    lines = _lines(project, items) if items else {}
    return [_shown(item, lines.get(item["key"])) for item in items]


def _shown(item: Item, line: BudgetLine | None) -> Shown:
    after = Decimal(item["amount"])
    if item["new"]:
        return Shown(item["key"], item["name"], None, after, False)
    name = f"{line.code} {line.name}".strip() if line else item["name"]
    return Shown(item["key"], name, line.amount if line else None, after, line is None)


def _lines(project: Project, items: Sequence[Item]) -> Mapping[str, BudgetLine]:
    known = [item["key"] for item in items if not item["new"]]
    found = BudgetLine.objects.filter(project=project, pk__in=known) if known else ()
    return {str(line.pk): line for line in found}


def _as_it_is(line: BudgetLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "code": line.code,
        "phase": line.phase_id,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "activity_uid": line.activity_uid,
    }
