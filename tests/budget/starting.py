"""A project with a budget and the limits of a common authority matrix."""

from decimal import Decimal

from tests import making

from tospann.budget import commands
from tospann.budget.models import Budget, BudgetLine
from tospann.cases.models import AuthorityRule
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id

ROWS = (
    ("", ">", None, (Role.COORDINATOR, Role.MANAGER)),
    ("cost_change", ">", 0, (Role.MANAGER,)),
    ("cumulative_cost_change", ">", 250_000, (Role.OWNER,)),
    ("manager_reserve_released", ">", 0, (Role.MANAGER,)),
    ("contingency_left_percent", "<", 25, (Role.OWNER,)),
    ("owner_reserve_released", ">", 0, (Role.OWNER,)),
)


def project(**values):
    """With one person in each role, and who decides about money."""
    made = making.project(**values)
    for measure, operator, limit, deciders in ROWS:
        rule = AuthorityRule(
            project=made.project,
            kind="budget",
            measure=measure,
            operator=operator,
            limit=None if limit is None else Decimal(limit),
            deciders=[str(role) for role in deciders],
        )
        making.inside(rule.save, made.project)
    return made


def started(made, *amounts, manager=0, owner=0, approved=True):
    """A budget with a line of each amount; approved by the owner unless told otherwise."""
    lines = [
        commands.FirstLine(name=f"Post {number}", code=f"{number}", amount=Decimal(amount))
        for number, amount in enumerate(amounts, 1)
    ]
    commands.start_budget(
        made.coordinator,
        made.project,
        id=new_id(),
        lines=lines,
        manager_reserve=Decimal(manager),
        owner_reserve=Decimal(owner),
    )
    if approved:
        commands.approve_budget(made.owner, head(made))
    return list(BudgetLine.objects.filter(project=made.project).order_by("code"))


def head(made):
    return Budget.objects.get(project=made.project)


def values(line, **changed):
    """What a line is, as the arguments of ``change_line``, with this changed."""
    fields = ("name", "code", "amount", "starts_on", "ends_on", "activity_uid", "is_running")
    known = {name: getattr(line, name) for name in fields} | {"phase": line.phase_id}
    return known | changed
