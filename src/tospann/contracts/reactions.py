"""A change order whose case is over, and has not decided it, waits for nobody any more."""

from uuid import UUID

from tospann.cases.commands import decide, withdraw_case
from tospann.contracts.commands import take_back_change_order
from tospann.contracts.models import ChangeOrder, ChangeState
from tospann.contracts.queries import waits_for_a_decision
from tospann.foundation.authority import SYSTEM
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction


@reaction(decide, withdraw_case)
def free_change_orders(entry: AuditEntry) -> None:
    case = UUID(entry.subject.partition(":")[2])
    left = ChangeOrder.objects.filter(case=case, state=ChangeState.CASE)
    for order in left.select_related("case", "project"):
        if not waits_for_a_decision(order):
            take_back_change_order(SYSTEM, order)
