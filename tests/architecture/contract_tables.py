"""Who sees which page of contracts, and who may change what there; and things to try it on."""

from datetime import date, timedelta

from django.utils import timezone

from tospann.contracts import commands
from tospann.contracts.models import Contract
from tospann.foundation.ids import new_id

COO, MAN, OWN, STE, MEM = "coordinator", "manager", "owner", "steering", "member"
INSIDE = {COO, MAN, OWN, STE, MEM, "portfolio_leader", "auditor"}
KEEPING, SIGNING, PREPARING = {COO, MAN}, {COO, MAN, OWN}, {COO, MAN, OWN, MEM}

LISTS = ("contracts", "parties", "notices", "change_orders", "invoices", "procurements")
ONES = ("contract", "party", "notice", "change_order", "invoice", "procurement")
KEPT = (
    *("new_contract", "edit_contract", "new_party", "edit_party", "new_contract_term"),
    *("edit_contract_term", "settle_contract_term", "receive_notice", "new_notice"),
    *("edit_notice", "log_delivery", "new_change_order", "edit_change_order", "new_invoice"),
    *("edit_invoice", "check_invoice", "return_invoice", "new_procurement"),
    *("edit_procurement", "end_procurement", "edit_procurement_step"),
)
SIGNED = (
    *("sign_contract", "end_contract", "adjust_price", "answer_notice", "send_notice"),
    *("reject_change_order", "send_invoice"),
)
SEEN_BY = {
    **dict.fromkeys((*LISTS, *ONES), INSIDE),
    **dict.fromkeys(KEPT, KEEPING),
    **dict.fromkeys(SIGNED, SIGNING),
    "forward_change_order": PREPARING,
}
CHANGES = {
    **dict.fromkeys((*KEPT, "remove_contract_term"), (KEEPING, {})),
    **dict.fromkeys(SIGNED, (SIGNING, {})),
    "forward_change_order": (PREPARING, {"money": "none"}),
    "verify_invoice": ({MAN}, {}),
}


def things(of):
    """One of everything in the project, as (by id, by number), by the route's name."""
    who, project = of.actor("coordinator"), of.project
    party = commands.add_party(who, project, id=new_id(), name="Nordfjord Data AS")
    contract = commands.add_contract(
        who, project, id=new_id(), title="Drift", party=party.pk, value=100_000
    )
    commands.sign_contract(of.actor("manager"), contract, signed_on=date(2026, 1, 5))
    contract = Contract.objects.get(pk=contract.pk)
    term = commands.add_term(
        who, contract, id=new_id(), kind="instalment", title="Oppstart", amount=1_000
    )
    notice = commands.receive_notice(
        who,
        project,
        id=new_id(),
        contract=contract.pk,
        kind="change",
        title="Varsel",
        received_at=timezone.now() - timedelta(days=1),
    )
    about = {"id": new_id(), "contract": contract.pk}
    order = commands.raise_change_order(who, project, **about, title="Mer", amount=1_000)
    invoice = commands.receive_invoice(
        who,
        project,
        **about | {"id": new_id()},
        reference="1",
        invoiced_on=date(2026, 2, 1),
        due_on=date(2026, 3, 1),
        amount=1_000,
    )
    bought = commands.start_procurement(who, project, id=new_id(), title="Servere")
    pks = {
        **dict.fromkeys(("party", "edit_party"), party.pk),
        **dict.fromkeys(
            ("edit_contract_term", "settle_contract_term", "remove_contract_term"), term.pk
        ),
        "edit_procurement_step": bought.steps.get(kind="award").pk,
    }
    acts = {
        contract: ("", "edit_", "sign_", "end_"),
        notice: ("", "edit_", "send_", "answer_"),
        order: ("", "edit_", "forward_", "reject_"),
        invoice: ("", "edit_", "check_", "verify_", "send_", "return_"),
        bought: ("", "edit_", "end_"),
    }
    names = dict(zip(acts, ("contract", *ONES[2:]), strict=True))
    numbers = {f"{act}{names[row]}": row.number for row, listed in acts.items() for act in listed}
    under = ("adjust_price", "new_contract_term", "new_invoice")
    return pks, {
        **numbers,
        **dict.fromkeys(under, contract.number),
        "log_delivery": notice.number,
    }
