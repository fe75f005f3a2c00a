"""A project with a plan, a budget and a signed contract."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from tests.budget import starting as money

from tospann.contracts import commands
from tospann.contracts.models import Contract
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning import queries as plans
from tospann.planning.skeleton import PlannedRow, outline_edits

NUMBER = "991825827"
TASK = 2


def project(**values):
    """With a plan of two tasks, a budget of 1 000 000, and two reserves."""
    made = money.project(**values)
    rows = [
        PlannedRow("Grave", start=date(2027, 1, 4), finish=date(2027, 1, 15)),
        PlannedRow("Støpe", start=date(2027, 1, 18), finish=date(2027, 1, 29), after=(1,)),
    ]
    planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
    (made.line,) = money.started(made, 1_000_000, manager=200_000, owner=300_000)
    made.head = plans.plan(made.project)
    return made


def party(made, name="Bygg og Bad Entreprenør AS", number=NUMBER):
    return commands.add_party(
        made.coordinator, made.project, id=new_id(), name=name, organisation_number=number
    )


def contract(made, *, signed=True, of=None, **values):
    """With a party of its own, for half of the money unless told otherwise."""
    of = of or made.project.parties.first() or party(made)
    given = {
        "title": "Råbygg",
        "value": Decimal(500_000),
        "standard": "ns_8407",
        "line": made.line.pk,
        "activity_uid": TASK,
        "retained_percent": Decimal(10),
        "responsible": made.people[Role.COORDINATOR].pk,
    }
    found = commands.add_contract(
        made.coordinator, made.project, id=new_id(), party=of.pk, **given | values
    )
    if signed:
        commands.sign_contract(made.manager, found, signed_on=date(2026, 6, 1))
        found = Contract.objects.get(pk=found.pk)
    return found


def order(made, of, **values):
    given = {"title": "Mer armering", "amount": Decimal(40_000), "days": 3}
    return commands.raise_change_order(
        made.coordinator, made.project, id=new_id(), contract=of.pk, **given | values
    )


def invoice(made, of, **values):
    given = {
        "reference": f"F-{new_id().hex[-6:]}",
        "invoiced_on": date(2026, 7, 1),
        "due_on": date(2026, 8, 1),
        "amount": Decimal(100_000),
        "vat": Decimal(25_000),
    }
    return commands.receive_invoice(
        made.coordinator, made.project, id=new_id(), contract=of.pk, **given | values
    )


def whole(made):
    """One of everything."""
    of = contract(made)
    return SimpleNamespace(contract=of, order=order(made, of), invoice=invoice(made, of))
